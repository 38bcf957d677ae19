"""spaCy: the pipe ``enrich`` puts a posting's skills on a ``Doc`` as spans, and the whole record in ``Doc._.enrich``.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("enrich")
>>> doc = nlp("You know Python and PostgreSQL.")
>>> [(span.text, span.label_) for span in doc.spans["sc"]]
[('Python', 'SKILL'), ('PostgreSQL', 'SKILL')]
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from enrich.pipeline import Enricher

COLORS = {"SKILL": "#8fbc8f"}
"""For displaCy: ``displacy.render(doc, style="span", options={"colors": COLORS})``."""


class EnrichComponent:
    """Reads ``doc.text`` as a posting's description; fields of a posting beside it may stand in ``doc.user_data``."""

    def __init__(self, enricher: Enricher, spans_key: str) -> None:
        self.enricher = enricher
        self.spans_key = spans_key
        if not Doc.has_extension("enrich"):
            Doc.set_extension("enrich", default=None)

    def __call__(self, doc: Doc) -> Doc:
        fields = {k: v for k, v in doc.user_data.items() if isinstance(k, str)}
        record = self.enricher.enrich({**fields, "description": doc.text})
        doc._.enrich = record
        found: list[Any] = []
        if record.text == doc.text:  # spans count in the clean text: only there do they stand where they stand here
            for skill in record.skills:
                found += [doc.char_span(a, b, label="SKILL", alignment_mode="expand") for a, b in skill.spans]
        doc.spans[self.spans_key] = sorted((s for s in found if s is not None), key=lambda s: s.start)
        return doc


@Language.factory("enrich", default_config={"spans_key": "sc"})
def create_component(nlp: Language, name: str, spans_key: str) -> EnrichComponent:
    """The factory that the entry point ``spacy_factories`` names."""
    return EnrichComponent(Enricher(), spans_key)
