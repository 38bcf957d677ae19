"""The reference reading of markup: BeautifulSoup's tree, walked node by node, apart from the fast one."""

from __future__ import annotations

from enrich import html
from enrich.lines import DROP_OFF, DROP_ON


def marked_text(source: str) -> str:
    """Text with the marks of :data:`enrich.html.MARKS`, as the fast parser's path gives it; never recursive."""
    from bs4 import BeautifulSoup
    from bs4.element import NavigableString, PreformattedString, Tag

    try:
        soup = BeautifulSoup(source, "lxml")
    except Exception:  # the parser gave up: what is left of the markup without a tree
        return html._from_tags(source)
    out: list[str] = []
    closers: list[tuple[Tag, str]] = []
    dropped: Tag | None = None
    pre = 0
    for node in soup.descendants:
        parent = node.parent
        while closers and closers[-1][0] is not parent:
            tag, mark = closers.pop()
            out.append(mark)
            pre -= tag.name == "pre"
            if tag is dropped:
                dropped = None
        if isinstance(node, Tag):
            opening, closing = html.marks_of(node.name, str(node.get("style") or ""))
            if dropped is None and html.is_unseen(node.name, node.attrs):
                dropped = node
                out.append(DROP_ON)
                closing = DROP_OFF
            else:
                out.append(opening)
            pre += node.name == "pre"
            if node.contents:
                closers.append((node, closing))
            else:
                out.append(closing)
                pre -= node.name == "pre"
                dropped = None if dropped is node else dropped
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            out.append(str(node) if pre else str(node).replace("\n", " "))
    out += [mark for _, mark in reversed(closers)]
    return html._without_unseen("".join(out))
