"""A posting at work: what came in and what has been read of it so far. Fields read it, the pipeline fills it."""

from __future__ import annotations

from dataclasses import dataclass, field

from enrich.lines import Text
from enrich.phrases import Hit, fold, languages_of, search_of_text
from enrich.posting import Posting
from enrich.result import Evidence, Language, Places, Problem, Remote, Salary, Section, Skill, Title


@dataclass(slots=True)
class Job:
    """Filled from top to bottom, in the order of :data:`enrich.pipeline.FIELDS`; a field reads what stands above it."""

    posting: Posting
    document: Text = field(default_factory=Text, repr=False)
    """The description's lines and what its markup says of them."""
    text: str = ""
    """The description as clean text (NFC)."""
    sections: list[Section] = field(default_factory=list)
    language: Language = field(default_factory=lambda: Language(None, None))
    title_language: str | None = None
    places: Places = field(default_factory=Places)
    title: Title = field(default_factory=Title)
    remote: Remote = field(default_factory=Remote)
    salary: Salary = field(default_factory=Salary)
    employment_type: str | None = None
    experience_years_min: float | None = None
    skills: list[Skill] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _folded: str | None = field(default=None, repr=False)
    _hits: dict[str, list[Hit]] | None = field(default=None, repr=False)

    @property
    def folded(self) -> str:
        """The text as phrases are looked for in it (see :func:`enrich.phrases.fold`), folded once a posting."""
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded

    def hits(self, topic: str) -> list[Hit]:
        """The phrases of a topic of :data:`enrich.phrases.IN_TEXT` in the text, found once for all of them.

        Ask when the language is known: its words alone are looked for.
        """
        if self._hits is None:
            self._hits = search_of_text(languages_of(self)).find(self.text, self.folded)
        return self._hits[topic]

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-2 of the primary place, or of the hint where no place is known."""
        for place in self.places.locations:
            if place.country_code:
                return place.country_code
        hint = (self.posting.country_hint or "").strip().upper()
        return hint if len(hint) == 2 and hint.isalpha() else None

    def section_at(self, position: int) -> Section | None:
        """The section that the code point ``position`` of the text lies in."""
        low, high = 0, len(self.sections)
        while low < high:
            middle = (low + high) // 2
            if self.sections[middle].end <= position:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sections) and self.sections[low].start <= position:
            return self.sections[low]
        return None
