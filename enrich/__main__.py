"""``python -m enrich``: the command line."""

from enrich.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
