"""Any description to clean text: HTML, escaped HTML, Markdown or plain text in; NFC text with its headings' marks out.

The text's form: a line for each block, list item (``- `` before it), table row (cells parted by a tab) and ``<br>``;
one blank line between paragraphs; no space at a line's ends, no run of spaces inside. Inline tags leave no trace.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache

from enrich.lines import (
    B_OFF,
    B_ON,
    CELL,
    DROP_OFF,
    DROP_ON,
    H_OFF,
    H_ON,
    INVISIBLE,
    ITEM,
    ITEM_END,
    LINE,
    Text,
    finish,
)

PARSERS = ("lexbor", "soup")
"""``lexbor`` (selectolax) is fast; ``soup`` (BeautifulSoup) is the reference that tests hold it equal to."""

MAX_DEPTH = 400
"""Markup nested deeper than this is read without a tree."""
FEW_TAGS = 2000
"""So few tags are harmless however they are nested."""
MOST_TAGS = 512
"""So many different tags are kept in mind, with their attributes."""

_PARAGRAPHS = (
    "p ul ol dl table blockquote pre hr section article header footer main aside nav form fieldset figure address "
    "details"
)
_LINES = "div dt dd tr caption thead tbody tfoot summary figcaption legend center option optgroup body html dir menu"
_BOLDS = "b strong"
RAW = ["script", "style", "template", "noscript", "iframe", "textarea", "title", "head", "xmp", "noembed", "noframes"]
"""Elements whose content is no text; none of them holds another of its kind."""
UNSEEN = [
    "svg",
    "math",
    "select",
    "object",
    "canvas",
    "audio",
    "video",
    "datalist",
    "[hidden]",
    "[style*=display]",
    "[style*=visibility]",
]
"""Elements that a reader does not see; those with a style only where it hides them."""


def _marks() -> dict[str, str]:
    marks = {"br": "\n", "li": LINE + ITEM, "/li": ITEM_END + LINE, "td": CELL, "th": CELL}
    for names, mark in ((_PARAGRAPHS, "\n\n"), (_LINES, LINE)):
        for name in names.split():
            marks[name] = marks["/" + name] = mark
    for name in _BOLDS.split():
        marks[name], marks["/" + name] = B_ON, B_OFF
    for level in "123456":
        marks["h" + level], marks["/h" + level] = f"\n\n{H_ON}", f"{H_OFF}\n\n"
    return marks


MARKS = _marks()
"""What each tag leaves in the text; a tag that is not here leaves nothing."""

_NAMES = (
    "p|br|div|span|ul|ol|li|b|strong|i|em|u|a|h[1-6]|table|tbody|thead|tr|td|th|font|img|hr|pre|code|blockquote|section|"
    "article|header|footer|html|body|head|style|script|dl|dt|dd|sup|sub|small|s|strike|del|ins|mark|center|label|meta|"
    "link|iframe|figure|main|address|o:p|time|button|input|form|svg|template|noscript"
)
_HTML = re.compile(rf"<(?:/?(?:{_NAMES})(?=[\s/>])[^<>]*>|!--|!doctype)", re.I)
_ESCAPED = re.compile(rf"&(?:amp;)*(?:lt|#60|#x3c);/?(?:{_NAMES})(?=[\s/&])", re.I)
_BREAKING = re.compile(
    r"<(?:p|br|div|ul|ol|li|h[1-6]|table|tr|td|section|article|blockquote|dl|dt|dd|pre|hr|body)(?=[\s/>])", re.I
)
_TAG = re.compile(r'<(/?[a-zA-Z!?][^\s/>]*+)(?:[^>"]++|"[^"]*+")*+>')
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.S)
_NO_TEXT = re.compile(rf"<(?:{'|'.join([*RAW, *(name for name in UNSEEN if name[0] != '[')])})(?=[\s/>])", re.I)
_TAG_SIGN = "\x1a"
"""Stands before each tag while its code is sought: a character that no text holds."""
_PLAIN_TAG = re.compile(r"""\x1a(/?[a-z][a-z1-6]*+)((?:\s[^"']*+(?:"[^"]*+"[^"']*+|'[^']*+'[^"']*+)*+)?/?)""")
_PAIRS = "span font a em i u b strong h1 h2 h3 h4 h5 h6"
_BLOCKS = "p div ul ol li section sup sub small label center"
_END, _BOLD = 40, 80
_INLINE = frozenset(["span", "font", "a", "em", "i", "u", "small", "big", "mark", "code"])
_OPENING = sorted([*_PAIRS.split(), *_BLOCKS.split(), "br", "hr", "img"], key=lambda name: name not in _INLINE)
_CODES = {name: code for code, name in enumerate(_OPENING)}
_CODES |= {"/" + name: _CODES[name] + _END for name in (_PAIRS + " " + _BLOCKS).split()}
"""Tags whose marks need no tree, each with a byte; that of an end tag is :data:`_END` more, of one in bold type
:data:`_BOLD` more."""
_PAIRED_CODES = frozenset([_CODES[name] for name in _PAIRS.split()])
"""Plain tags that must close as often as they open."""
_ODD = 255
"""What is no plain tag."""
_MARKS_OF_CODES = {code: MARKS.get(name, "") for name, code in _CODES.items()}
_PLAIN_MARKS = [_MARKS_OF_CODES.get(code if code < _BOLD else code - _BOLD, "") for code in range(_BOLD + _END)]
_BOLD_CODE = re.compile(rb"[\x%02x-\xff]" % _BOLD)
_PARAGRAPH_SIGNS = {_CODES["p"]: "p", _CODES["/p"]: "/", **{_CODES[name]: "d" for name in ("div", "li", "center")}}
_IN_PARAGRAPH = bytes([ord(_PARAGRAPH_SIGNS.get(code, "-")) for code in range(256)])
_NOT_IN_PARAGRAPH = bytes([code for code in range(256) if code not in _PARAGRAPH_SIGNS])
_COMMON = {"&nbsp;": "\xa0", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&rsquo;": "’"}
_TAG_NAME = re.compile(r"<(/?[a-zA-Z][^\s/>]*+)")
_VOID = frozenset(["br", "hr", "img", "input", "meta", "link", "wbr", "p", "li", "td", "tr", "th", "b", "strong"])
_RAW_CONTENT = re.compile(rf"<({'|'.join(RAW)})(?=[\s/>]).*?</\1\s*>", re.S | re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.I)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_C0 = frozenset([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
_NO_CONTROLS = bytes([byte for byte in range(256) if byte not in _C0])
"""All bytes but control characters."""
_C1 = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_DROPS = re.compile(f"([{DROP_ON}{DROP_OFF}])")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.S)
_INLINE_CODES = sum(name in _INLINE for name in _CODES)
"""The codes below this one are inline tags."""


def strip_html(source: str, *, parser: str = "lexbor") -> str:
    """The clean text of a description: HTML, escaped HTML, Markdown or plain text.

    Args:
        source: the description as a board sends it, of any length.
        parser: ``"lexbor"`` or ``"soup"``, see :data:`PARSERS`.

    Raises:
        ValueError: an unknown ``parser``.

    >>> strip_html("<p>We use Ja<b>va</b>&nbsp;&amp; SQL.</p><ul><li>Docker</li><li>AWS</li></ul>")
    'We use Java & SQL.\\n\\n- Docker\\n- AWS'
    >>> strip_html("&lt;p&gt;R&amp;amp;D&lt;/p&gt;")
    'R&D'
    """
    return read(source, parser=parser).text


def read(source: str, *, parser: str = "lexbor") -> Text:
    """As :func:`strip_html`, with the lines that the markup makes headings.

    >>> read("<h3>Your tasks</h3><p>Code</p>").headings
    {0: 2}
    """
    if parser not in PARSERS:
        raise ValueError(f"unknown parser {parser!r}; choose one of {', '.join(PARSERS)}")
    source = _unescaped(source)
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    if parser == "lexbor" and "<" in source and _HTML.search(source):
        plain = _from_plain(_with_breaks(source))
        if plain is not None:
            return finish(plain)
    source = _without_controls(source)
    if "<" in source and _HTML.search(source):
        marked = _from_html(_with_breaks(source), parser)
    else:
        marked = INVISIBLE.sub("", html.unescape(source) if "&" in source else source)
        marked = _CONTROLS.sub("", marked) if "&#" in source else marked
        marked = marked.replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\x85", "\n")
    return finish(marked)


def _with_breaks(source: str) -> str:
    """Newlines as breaks, where they keep the lines and tags stand only inside them."""
    return source.replace("\n", "<br>") if "\n" in source and not _BREAKING.search(source) else source


def _without_controls(source: str) -> str:
    """``source`` without the control characters that are neither blanks nor newlines."""
    data = source.encode("utf-8", "surrogatepass")
    if data.translate(None, _NO_CONTROLS) or (b"\xc2" in data and _C1.search(data)):
        return _CONTROLS.sub(_control, source)
    return source


def _control(match: re.Match[str]) -> str:
    """C1 controls are Windows-1252 characters gone astray; C0 controls are nothing."""
    char = match[0]
    if char < "\x80":
        return " " if char in "\x1c\x1d\x1e\x1f" else ""
    return char.encode("latin-1").decode("cp1252", "ignore")


def _unescaped(source: str) -> str:
    """Markup that was escaped as text (once or more often) is markup again, where most tags are escaped."""
    for _ in range(3):
        if "&" not in source:
            break
        escaped = sum(1 for _ in _ESCAPED.finditer(source))
        if not escaped:
            break
        real = sum(1 for _ in _HTML.finditer(source))
        if real and (escaped < 3 or escaped < 2 * real):
            break
        source = html.unescape(source)
    return source


def _from_html(source: str, parser: str) -> str:
    """Text with marks (see :data:`MARKS`) where the tags were."""
    if source.count("<") > FEW_TAGS and _depth(source) > MAX_DEPTH:
        return _from_tags(source)
    if parser == "soup":
        from enrich.html_soup import marked_text

        return marked_text(source)
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    unread = _NO_TEXT.search(source)
    if unread:
        tree.strip_tags(RAW)
    if unread or "hidden" in source or "display" in source or "DISPLAY" in source:
        for node in tree.css(",".join(UNSEEN)):
            style = node.attributes.get("style")
            if style is None or "hidden" in node.attributes or _HIDDEN_STYLE.search(style):
                node.insert_before(DROP_ON)
                node.insert_after(DROP_OFF)
    if "font-weight" in source or "FONT-WEIGHT" in source:
        for node in tree.css("[style*=font-weight i]"):
            if node.tag in _INLINE and _BOLD_STYLE.search(node.attributes.get("style") or ""):
                node.insert_before(B_ON)
                node.insert_after(B_OFF)
    body = tree.body
    markup = (body.html if body is not None else tree.html) or ""
    if "<!--" in markup:
        markup = _COMMENT.sub("", markup)
    text = _from_markup(markup)
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\xa0").replace("&amp;", "&")
    return text


def _from_plain(source: str) -> str | None:
    """As :func:`_from_html` without a tree, for markup of nothing but well-formed plain tags; else None.

    A tag is one byte (see :data:`_CODES`) in what is looked at.
    """
    if _TAG_SIGN in source:
        return None
    parts = source.replace("\n", " ").replace("<", ">" + _TAG_SIGN).split(">")
    if len(parts) % 2 == 0:
        return None
    codes = bytes(map(_tag_codes().__getitem__, parts[1::2]))
    present = frozenset(codes)
    if _ODD in present:
        return None
    text = "".join(parts[::2]).encode("utf-8", "surrogatepass")
    if text.translate(None, _NO_CONTROLS):
        return None  # control characters, or a "<" without its ">"
    if b"\xc2" in text and _C1.search(text):
        return _from_plain(_CONTROLS.sub(_control, source))
    for opening in _PAIRED_CODES.intersection([code % _END for code in present]):
        if codes.count(opening) + codes.count(opening + _BOLD) != codes.count(opening + _END):
            return None
    if b"pd" in codes.translate(_IN_PARAGRAPH, _NOT_IN_PARAGRAPH):
        return None  # a block closes the paragraph it lies in
    marks = list(map(_PLAIN_MARKS.__getitem__, codes))
    if max(present) >= _BOLD:
        _mark_bold_styles(codes, marks)
    parts[1::2] = marks
    return _decoded("".join(parts))


class _TagCodes(dict[str, int]):
    """The codes of tags as :func:`_plain_tag` gives them, those of the :data:`MOST_TAGS` last seen kept."""

    def __missing__(self, tag: str) -> int:
        if len(self) >= MOST_TAGS:
            self.clear()
        code = self[tag] = _plain_tag(tag)
        return code


@lru_cache(maxsize=1)
def _tag_codes() -> _TagCodes:
    return _TagCodes()


def _plain_tag(tag: str) -> int:
    """The code of what stands between :data:`_TAG_SIGN` and ``>``, if a plain tag that hides nothing; else `_ODD`."""
    match = _PLAIN_TAG.fullmatch(tag) if len(tag) < 1000 else None
    if not match or match[1] not in _CODES or "hidden" in tag or "display" in tag.lower():
        return _ODD
    if _CONTROLS.search(tag, 1):
        return _ODD
    code = _CODES[match[1]]
    bold = match[1] in _INLINE and "font-weight" in tag.lower() and _BOLD_STYLE.search(tag)
    return code + _BOLD if bold else code


def _mark_bold_styles(codes: bytes, marks: list[str]) -> None:
    """Puts the marks of bold type at inline tags whose style makes it so, each at its own end tag."""
    found = _BOLD_CODE.search(codes)
    while found:
        i = found.start()
        last = codes[i] - _BOLD + _END
        still_open = [(last, B_OFF)]
        marks[i] = B_ON
        while still_open and (i := i + 1) < len(codes):
            code = codes[i]
            if code == last:
                marks[i] = still_open.pop()[1]
                last = still_open[-1][0] if still_open else -1
            elif code >= _BOLD:
                last = code - _BOLD + _END
                still_open.append((last, B_OFF))
                marks[i] = B_ON
            elif code < _INLINE_CODES:
                last = code + _END
                still_open.append((last, ""))
        found = _BOLD_CODE.search(codes, i + 1)


def _decoded(text: str) -> str:
    """Entities as the characters that they name."""
    if text.count("&") > 20:
        for name, char in _COMMON.items():
            text = text.replace(name, char)
    return html.unescape(text)


def marks_of(name: str, style: str) -> tuple[str, str]:
    """What a tag leaves where it opens and where it closes."""
    if name in _INLINE and _BOLD_STYLE.search(style):
        return B_ON, B_OFF
    return MARKS.get(name, ""), MARKS.get("/" + name, "")


def is_unseen(name: str, attributes: Mapping[str, object]) -> bool:
    """Whether a reader sees nothing of an element."""
    style = attributes.get("style")
    hidden = "hidden" in attributes or bool(style and _HIDDEN_STYLE.search(str(style)))
    return hidden or name in RAW or name in UNSEEN


def _depth(source: str) -> int:
    """How deep tags may lie in one another at most, counted without a tree."""
    depth = deepest = 0
    for name in _TAG_NAME.findall(source):
        if name[0] == "/":
            depth = max(0, depth - 1)
        elif name.lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    return deepest


def _from_tags(source: str) -> str:
    """As :func:`_from_html` without a tree, for markup so deep that building one takes time with its square."""
    return html.unescape(_from_markup(_RAW_CONTENT.sub("", _COMMENT.sub("", source))))


def _from_markup(markup: str) -> str:
    """Marks for tags (see :data:`MARKS`); entities stay."""
    if "\n" in markup:
        markup = _flow(markup)
    parts = _TAG.split(markup)
    get = MARKS.get
    parts[1::2] = [get(name, "") for name in parts[1::2]]
    text = "".join(parts)
    if DROP_ON in text:
        text = _without_unseen(text)
    return text


def _flow(markup: str) -> str:
    """A newline in markup is a space, but in ``<pre>``."""
    if "<pre" not in markup:
        return markup.replace("\n", " ")
    parts = _PRE.split(markup)
    parts[::2] = [part.replace("\n", " ") for part in parts[::2]]
    return "".join(parts)


def _without_unseen(text: str) -> str:
    """``text`` without what lies between the marks of unseen elements, which may lie in one another."""
    kept, depth = [], 0
    for part in _DROPS.split(text):
        if part == DROP_ON:
            depth += 1
        elif part == DROP_OFF:
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(part)
    return "".join(kept)
