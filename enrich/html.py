"""Any description to clean text: HTML, escaped HTML, Markdown or plain text in; NFC text with its headings' marks out.

The text's form: a line for each block, list item (``- `` before it), table row (cells parted by a tab) and ``<br>``;
one blank line between paragraphs; no space at a line's ends, no run of spaces inside. Inline tags leave no trace.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

PARSERS = ("lexbor", "soup")
"""``lexbor`` (selectolax) is fast; ``soup`` (BeautifulSoup) is the reference that tests hold it equal to."""

BOLD, HEADING = 1, 2
MAX_DEPTH = 400
"""Markup nested deeper than this is read without a tree."""
FEW_TAGS = 2000
"""So few tags are harmless however they are nested."""

# Marks that travel through the text until its lines are made. C0 controls: none is left in the source by then.
_H_ON, _H_OFF, _B_ON, _B_OFF, _ITEM, _CELL, _DROP_ON, _DROP_OFF, _LINE = "\x01\x02\x03\x04\x05\x06\x07\x08\x0b"

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
    marks = {"br": "\n", "li": _LINE + _ITEM, "/li": _LINE, "td": _CELL, "th": _CELL}
    for names, mark in ((_PARAGRAPHS, "\n\n"), (_LINES, _LINE)):
        for name in names.split():
            marks[name] = marks["/" + name] = mark
    for name in _BOLDS.split():
        marks[name], marks["/" + name] = _B_ON, _B_OFF
    for level in "123456":
        marks["h" + level], marks["/h" + level] = f"\n\n{_H_ON}", f"{_H_OFF}\n\n"
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
_PLAIN_TAG = re.compile(r"""(/?[a-z][a-z1-6]*+)((?:\s[^"']*+(?:"[^"]*+"[^"']*+|'[^']*+'[^"']*+)*+)?/?)""")
_PAIRS = "b strong i em u a span font h1 h2 h3 h4 h5 h6"
_PAIRED = frozenset(_PAIRS.split())
"""Plain tags that must close as often as they open."""
_BLOCKS = "p div ul ol li section sup sub small label center"
_PLAIN = frozenset(["br", "hr", "img", *(end + name for name in (_PAIRS + " " + _BLOCKS).split() for end in ("", "/"))])
"""Tags whose marks need no tree."""
_PLAIN_MARKS: dict[str | None, str] = {name: MARKS.get(name, "") for name in _PLAIN}
_COMMON = {"&nbsp;": "\xa0", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&rsquo;": "’"}
_TAG_NAME = re.compile(r"<(/?[a-zA-Z][^\s/>]*+)")
_VOID = frozenset(["br", "hr", "img", "input", "meta", "link", "wbr", "p", "li", "td", "tr", "th", "b", "strong"])
_RAW_CONTENT = re.compile(rf"<({'|'.join(RAW)})(?=[\s/>]).*?</\1\s*>", re.S | re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.I)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\x80-\x84\x86-\x9f]")
_C0 = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_ASCII = bytes(range(128))
_TAME = re.compile(
    "[\xa0-\xac\xae-\u02ff\u0388-\u0482\u048a-\u0590\u05d0-\u05ea\u0620-\u064a\u2010-\u2027\u2030-\u205e\u20a0-\u20cf"
    "\u2100-\u2125\u212c-\u2328\u232b-\u2adb\u3001-\u3029\u3041-\u3098\u309b-\u30ff\u3400-\u9fff\uac00-\ud7a3\ufe0f"
    "\uff01-\uffef\U0001f300-\U0001faff]*"
)
"""Characters beyond ASCII that are visible, no space but NBSP, and NFC wherever they stand."""
_SPACES = re.compile("[\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)
_MOJIBAKE = re.compile(
    "Ã[\u0080-\u00bfƒŠšŽžŸ€‚„…†‡ˆ‰‹Œ‘’“”•–—˜™›œ]|Â[\u00a0-\u00bf]|â(?:€|\u0080)[\u0080-\u00bf\u2010-\u203a\u2122œŽžšŠ™¦]|ðŸ|ï¿½|ï»¿"
)
_CONTROLS_BUT_MARKS = re.compile(r"[\x00\x0e-\x1f\x7f-\x84\x86-\x9f]")
_DROPS = re.compile(f"([{_DROP_ON}{_DROP_OFF}])")
_MARK_SPLIT = re.compile(f"([{_H_ON}{_H_OFF}{_B_ON}{_B_OFF}])")
_WORD = re.compile(r"\w")
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.S)
_INLINE = frozenset(["span", "font", "a", "em", "i", "u", "small", "big", "mark", "code"])
_CLOSES: dict[str | None, str] = {name: "/" + name for name in _INLINE}
_ITEM_RUN = re.compile(rf"{_ITEM}[\s{_ITEM}{_CELL}]*")
_BULLETS = frozenset("-•·∙▪▫◦‣⁃●○■□◆◇►▶➢➤➔→✓✔✅☑❖※*–—−=_~.")
_BULLET = re.compile(r"^(?:- +)?[•·∙▪▫◦‣⁃●○■□◆◇►▶➢➤➔→✓✔✅☑❖※*–—−](?:(?<![*–—−])\s*|\s+)(?=[^\s*])")
_ONLY_MARKS = re.compile(r"[-•·*_=~–—.]+|- ")

# Markdown
_MD_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S[^\n]*?)[ \t#]*$", re.M)
_MD_BOLD = re.compile(r"\*\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*\*|(?<!\w)__(?=\S)([^_\n]{1,300}?)(?<=\S)__(?!\w)")
_MD_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,300}?)(?<=\S)\*(?![\w*])")
_MD_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\((?:https?:|mailto:|/|#)[^)\s]{0,500}(?: \"[^\"\n]{0,200}\")?\)")
_MD_ESCAPE = re.compile(r"\\([-\\`*_{}\[\]()#+.!&|>~])")


@dataclass(slots=True)
class Text:
    """Clean text and what the markup said of its lines.

    ``headings`` maps a line's first code point to :data:`HEADING` (``<h1>`` .. ``<h6>``, ``##``) or :data:`BOLD`
    (the whole line is bold).
    """

    text: str = ""
    headings: dict[int, int] = field(default_factory=dict)


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
    data = source.encode("utf-8", "surrogatepass")
    if data.translate(None, _C0) != data or _C1.search(data):
        source = _CONTROLS.sub(_control, source)
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    if "<" in source and _HTML.search(source):
        marked = _from_html(source, parser)
    else:
        marked = _INVISIBLE.sub("", html.unescape(source) if "&" in source else source)
        marked = _CONTROLS.sub("", marked) if "&#" in source else marked
        marked = marked.replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\x85", "\n")
    return _finish(marked)


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
    if "\n" in source and not _BREAKING.search(source):
        source = source.replace("\n", "<br>")  # lines kept by newlines, tags only inside them
    if parser == "lexbor":
        plain = _from_plain(source)
        if plain is not None:
            return plain
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
                node.insert_before(_DROP_ON)
                node.insert_after(_DROP_OFF)
    if "font-weight" in source or "FONT-WEIGHT" in source:
        for node in tree.css("[style*=font-weight i]"):
            if node.tag in _INLINE and _BOLD_STYLE.search(node.attributes.get("style") or ""):
                node.insert_before(_B_ON)
                node.insert_after(_B_OFF)
    body = tree.body
    markup = (body.html if body is not None else tree.html) or ""
    if "<!--" in markup:
        markup = _COMMENT.sub("", markup)
    text = _from_markup(markup)
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\xa0").replace("&amp;", "&")
    return text


def _from_plain(source: str) -> str | None:
    """As :func:`_from_html` without a tree, for markup of nothing but well-formed plain tags; else None."""
    if "\n" in source:
        source = source.replace("\n", " ")
    start, *others = source.split("<")
    tags, ends, texts = zip(*[piece.partition(">") for piece in others], strict=True)
    if "" in ends or source.count(">") != len(tags):
        return None
    known = {tag: _plain_tag(tag) for tag in set(tags)}
    if None in known.values():
        return None
    names = [known[tag] for tag in tags]
    for name in _PAIRED.intersection(names):
        if names.count(name) != names.count("/" + name):
            return None
    marks = [_PLAIN_MARKS[name] for name in names]
    bold = {tag for tag in known if "font-weight" in tag.lower() and _BOLD_STYLE.search(tag)}
    if bold:
        _mark_bold_styles(names, tags, bold, marks)
    parts = [start] * (2 * len(tags) + 1)
    parts[1::2] = marks
    parts[2::2] = texts
    return _decoded("".join(parts))


def _plain_tag(tag: str) -> str | None:
    """The name of what stands between ``<`` and ``>`` where it is a plain tag that hides nothing."""
    match = _PLAIN_TAG.fullmatch(tag)
    if not match or match[1] not in _PLAIN or "hidden" in tag or "display" in tag.lower():
        return None
    return match[1]


def _mark_bold_styles(names: list[str | None], tags: Sequence[str], bold: set[str], marks: list[str]) -> None:
    """Puts the marks of bold type at inline tags whose style makes it so."""
    still_open: list[tuple[str, str]] = []
    for i, name in enumerate(names):
        closes = _CLOSES.get(name)
        if closes is not None:
            if tags[i] in bold:
                marks[i] = _B_ON
                still_open.append((closes, _B_OFF))
            else:
                still_open.append((closes, ""))
        elif still_open and still_open[-1][0] == name:
            marks[i] = still_open.pop()[1]


def _decoded(text: str) -> str:
    """Entities as the characters that they name."""
    if text.count("&") > 20:
        for name, char in _COMMON.items():
            text = text.replace(name, char)
    return html.unescape(text)


def marks_of(name: str, style: str) -> tuple[str, str]:
    """What a tag leaves where it opens and where it closes."""
    if name in _INLINE and _BOLD_STYLE.search(style):
        return _B_ON, _B_OFF
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
    if _DROP_ON in text:
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
        if part == _DROP_ON:
            depth += 1
        elif part == _DROP_OFF:
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(part)
    return "".join(kept)


def _finish(text: str) -> Text:
    """From marked text to lines, bullets made alike, and the headings' places."""
    if "&" in text and _ENTITY.search(text):
        text = _CONTROLS_BUT_MARKS.sub("", html.unescape(text))
    if not text.isascii():
        text = _tame(text)
    if text.startswith(("#", "* ", "+ ")) or _has_markdown(text):
        text = _markdown(text)
    if _LINE in text:
        pieces = [piece for piece in [x.strip(" ") for x in text.split(_LINE)] if piece]
        text = "".join([piece if piece[-1] == "\n" else piece + "\n" for piece in pieces])
    if _ITEM in text:
        text = _ITEM_RUN.sub("- ", text)
    return _lines(text)


def _tame(text: str) -> str:
    """Invisible characters out, mojibake mended, separators as newlines, spaces plain, NFC; nothing where all is so."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    if _MOJIBAKE.search(rest):
        text = _mend(_INVISIBLE.sub("", text))
    elif _TAME.fullmatch(rest):
        return text
    else:
        text = _INVISIBLE.sub("", text)
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\x85", "\n")
    text = _SPACES.sub("\xa0", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _has_markdown(text: str) -> bool:
    """Whether some sign of Markdown stands in the text; looks for its rare characters first."""
    return (
        ("*" in text and ("**" in text or "\n * " in text or "\n* " in text))
        or ("](" in text)
        or ("#" in text and ("\n#" in text or "\n #" in text))
        or ("_" in text and "__" in text)
        or ("+" in text and "\n+ " in text)
    )


def _mend(text: str) -> str:
    """Mojibake undone, line by line, where a line shows its signature."""
    import ftfy

    return "\n".join([ftfy.fix_encoding(x) if _MOJIBAKE.search(x) else x for x in text.split("\n")])


def _markdown(text: str) -> str:
    """Markdown's headings and bold as marks, its links as their words, its escapes undone."""
    text = _MD_HEADING.sub(rf"\n{_H_ON}\1{_H_OFF}\n", text)
    text = _MD_BOLD.sub(lambda m: f"{_B_ON}{m[1] or m[2]}{_B_OFF}", text)
    if "](" in text:
        text = _MD_LINK.sub(r"\1", text)
    text = _MD_ITALIC.sub(r"\1", text)
    return _MD_ESCAPE.sub(r"\1", text) if "\\" in text else text


def _single_spaced(text: str) -> str:
    """Every run of blanks one space; linear, for every pass halves the runs."""
    for blank in "\xa0\t\x0c":
        if blank in text:
            text = text.replace(blank, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _lines(text: str) -> Text:
    """Lines tidied, blank ones made one, marks taken out and kept as hints."""
    out: list[str] = []
    headings: dict[int, int] = {}
    position = 0
    bold = heading = 0
    blank, item = True, False
    for line in [raw.strip(" ") for raw in _single_spaced(text).split("\n")]:
        if not line:
            blank = True
            continue
        hint = 0
        if bold or heading or _B_ON in line or _H_ON in line or _B_OFF in line or _H_OFF in line:
            line, hint, bold, heading = _unmarked(line, bold, heading)
        if _CELL in line:
            line = "\t".join([cell for cell in map(str.strip, line.split(_CELL)) if cell])
        if line[:1] in _BULLETS and not (line.startswith("- ") and line[2:3].isalnum()):
            line = _BULLET.sub("- ", line)
            if _ONLY_MARKS.fullmatch(line):
                line = ""
        if not line:
            blank = True
            continue
        listed = line.startswith("- ")
        if blank and out and not (item and listed):
            out.append("")
            position += 1
        if hint and not listed:
            headings[position] = hint
        out.append(line)
        position += len(line) + 1
        blank, item = False, listed
    return Text("\n".join(out), headings)


def _unmarked(line: str, bold: int, heading: int) -> tuple[str, int, int, int]:
    """A line without its marks; whether it is a heading or wholly bold; what is still open at its end."""
    kept: list[str] = []
    plain = strong = titled = False
    for part in _MARK_SPLIT.split(line):
        if part == _B_ON:
            bold += 1
        elif part == _B_OFF:
            bold = max(0, bold - 1)
        elif part == _H_ON:
            heading = 1
        elif part == _H_OFF:
            heading = 0
        elif part:
            kept.append(part)
            if _WORD.search(part):
                titled = titled or heading > 0
                strong = strong or bold > 0
                plain = plain or not bold
    return " ".join("".join(kept).split()), (HEADING if titled else BOLD if strong and not plain else 0), bold, heading
