"""Thin bridges to tables, engines and spaCy: they move records and decide nothing. Each needs its own extra."""
