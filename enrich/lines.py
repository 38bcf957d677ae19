"""From text with marks, which the reading of markup leaves, to clean lines: what :mod:`enrich.html` ends with.

Bullets are made alike, Markdown is read, invisible characters, mojibake and odd spaces are mended.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass, field

BOLD, HEADING = 1, 2

# Marks that travel through the text until its lines are made. C0 controls: none is left in the source by then.
H_ON, H_OFF, B_ON, B_OFF, ITEM, CELL, DROP_ON, DROP_OFF, LINE = "\x01\x02\x03\x04\x05\x06\x07\x08\x0b"
ITEM_END = "\x0e"

_ASCII = bytes(range(128))
_TAME = re.compile(
    "[\xa0-\xac\xae-\u02ff\u0388-\u0482\u048a-\u0590\u05d0-\u05ea\u0620-\u064a\u2010-\u2027\u2030-\u205e\u20a0-\u20cf"
    "\u2100-\u2125\u212c-\u2328\u232b-\u2adb\u3001-\u3029\u3041-\u3098\u309b-\u30ff\u3400-\u9fff\uac00-\ud7a3\ufe0f"
    "\uff01-\uffef\U0001f300-\U0001faff]*"
)
"""Characters beyond ASCII that are visible, no space but NBSP, and NFC wherever they stand."""
_SPACES = re.compile("[\u1680\u2000-\u200a\u202f\u205f\u3000]")
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.I)
_MOJIBAKE = re.compile(
    "Ã[\u0080-\u00bfƒŠšŽžŸ€‚„…†‡ˆ‰‹Œ‘’“”•–—˜™›œ]|Â[\u00a0-\u00bf]|â(?:€|\u0080)[\u0080-\u00bf\u2010-\u203a\u2122œŽžšŠ™¦]|ðŸ|ï¿½|ï»¿"
)
_CONTROLS_BUT_MARKS = re.compile(r"[\x00\x0f-\x1f\x7f-\x84\x86-\x9f]")
_MARK_SPLIT = re.compile(f"([{H_ON}{H_OFF}{B_ON}{B_OFF}])")
_WORD = re.compile(r"\w")
_EMPTY_ITEM = re.compile(rf"{ITEM}[\s{ITEM}{CELL}{B_ON}{B_OFF}]*{ITEM_END}")
_ITEM_SIGNS = frozenset([ITEM, CELL, B_OFF, ITEM_END])
_ITEM_RUN = re.compile(rf"{ITEM}[\s{ITEM}{CELL}]*")
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


def finish(text: str) -> Text:
    """From marked text to lines, bullets made alike, and the headings' places."""
    if "&" in text and _ENTITY.search(text):
        text = _CONTROLS_BUT_MARKS.sub("", html.unescape(text))
    if not text.isascii():
        text = _tame(text)
    if text.startswith(("#", "* ", "+ ")) or _has_markdown(text):
        text = _markdown(text)
    behind = {piece[:1] for piece in text.split(ITEM)[1:]}  # what stands right behind the marks of items
    runs = any(not char or char in _ITEM_SIGNS or char.isspace() for char in behind)
    if ITEM_END in text:
        text = (_EMPTY_ITEM.sub("", text) if runs or B_ON in behind else text).replace(ITEM_END, "")
    if LINE in text:
        pieces = [piece for raw in text.split(LINE) if (piece := raw.strip(" "))]
        text = "".join([piece if piece[-1] == "\n" else piece + "\n" for piece in pieces])
    if behind:
        text = _ITEM_RUN.sub("- ", text) if runs else text.replace(ITEM, "- ")
    return _lines(text)


def _tame(text: str) -> str:
    """Invisible characters out, mojibake mended, separators as newlines, spaces plain, NFC; nothing where all is so."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    if _MOJIBAKE.search(rest):
        text = _mend(INVISIBLE.sub("", text))
    elif _TAME.fullmatch(rest):
        return text
    else:
        text = INVISIBLE.sub("", text)
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\x85", "\n")
    text = _SPACES.sub("\xa0", text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _has_markdown(text: str) -> bool:
    """Whether some sign of Markdown stands in the text; looks for its rare characters first."""
    return (
        ("*" in text and ("**" in text or "\n * " in text or "\n* " in text))
        or ("[" in text and "](" in text)
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
    text = _MD_HEADING.sub(rf"\n{H_ON}\1{H_OFF}\n", text)
    text = _MD_BOLD.sub(lambda m: f"{B_ON}{m[1] or m[2]}{B_OFF}", text)
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
    hints: list[tuple[int, int]] = []
    bold = heading = 0
    blank, item = True, False
    cells, titles = CELL in text, H_ON in text or H_OFF in text
    for raw in _single_spaced(text).split("\n"):
        if not raw or not (line := raw.strip(" ")):
            blank = True
            continue
        hint = 0
        if bold or heading or B_ON in line or B_OFF in line or (titles and (H_ON in line or H_OFF in line)):
            line, hint, bold, heading = _unmarked(line, bold, heading)
        if cells and CELL in line:
            line = "\t".join([cell for cell in map(str.strip, line.split(CELL)) if cell])
        if not line:
            blank = True
            continue
        listed = False
        if line[0] in _BULLETS:
            listed = line[:2] == "- "
            if not (listed and line[2:3].isalnum()):
                line = _BULLET.sub("- ", line)
                if _ONLY_MARKS.fullmatch(line):
                    blank = True
                    continue
                listed = line[:2] == "- "
        if blank:
            if out and not (item and listed):
                out.append("")
            blank = False
        if hint and not listed:
            hints.append((len(out), hint))
        out.append(line)
        item = listed
    headings: dict[int, int] = {}
    done = position = 0
    for number, hint in hints:
        position += sum(map(len, out[done:number])) + number - done
        headings[position] = hint
        done = number
    return Text("\n".join(out), headings)


def _unmarked(line: str, bold: int, heading: int) -> tuple[str, int, int, int]:
    """A line without its marks; whether it is a heading or wholly bold; what is still open at its end."""
    first = line.find(B_ON)
    if first >= 0 and not (bold or heading or H_ON in line or H_OFF in line):
        before, inner = line[:first], line[first + 1 :]
        inner, mark, rest = inner.partition(B_OFF)
        if mark and B_ON not in inner and B_ON not in rest and B_OFF not in rest and B_OFF not in before:
            strong = (inner[:1].isalnum() or _WORD.search(inner)) and not (rest and _WORD.search(rest))
            hint = BOLD if strong and not (before and _WORD.search(before)) else 0
            return _single_spaced(before + inner + rest).strip(" "), hint, 0, 0
    kept: list[str] = []
    plain = strong = titled = False
    for part in _MARK_SPLIT.split(line):
        if part == B_ON:
            bold += 1
        elif part == B_OFF:
            bold = max(0, bold - 1)
        elif part == H_ON:
            heading = 1
        elif part == H_OFF:
            heading = 0
        elif part:
            kept.append(part)
            if _WORD.search(part):
                titled = titled or heading > 0
                strong = strong or bold > 0
                plain = plain or not bold
    return " ".join("".join(kept).split()), (HEADING if titled else BOLD if strong and not plain else 0), bold, heading
