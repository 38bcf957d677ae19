"""Names in a plain list of technologies that no table knows: "Tech stack: Java, Foo"."""

from __future__ import annotations

import re

from enrich.result import Skill
from enrich.skill_words import Words

CONFIDENCE = 0.4
_PART = re.compile(r"[^,;|/•·\n]+")
_NAME = re.compile(r"[A-Z][\w.+#-]*(?: [A-Z0-9][\w.+#-]*){0,2}")


def unknown_skills(text: str, known: list[Skill], vocabulary: Words) -> list[Skill]:
    """Capitalised names of at most three words in a line such as "Stack: ...", where a known skill stands beside them.

    Each has the category ``"unknown"`` and a low confidence.
    """
    spans = sorted(span for skill in known for span in skill.spans)
    found: dict[str, Skill] = {}
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        colon = line.find(":", 0, 60)
        if colon > 0 and line[:colon].strip(" -*").lower() in vocabulary.unknown:
            inside = [s for s in spans if start <= s[0] < end]
            for part in _PART.finditer(text, start + colon + 1, end) if inside else ():
                name = part[0].strip(" .()")
                at = part.start() + part[0].find(name)
                taken = any(s < at + len(name) and at < e for s, e in inside)
                if not taken and _NAME.fullmatch(name):
                    skill = found.setdefault(name, Skill(name, "unknown", [name], CONFIDENCE))
                    skill.spans.append((at, at + len(name)))
        start = end + 1
    return list(found.values())
