"""Which sentences of coaching are about fillers, in whatever words they say how many there are."""

from __future__ import annotations

import re
from collections.abc import Collection

_NAMES = {
    "en": r"\b(?:filler|hesitat|crutch|ums?\b|uhs?\b)",
    "de": r"\b(?:füll(?:wort|wört|laut)|äh|verlegenheit|zöger)",
    "es": r"\b(?:muletilla|relleno|vacilaci|titube)",
    "fr": r"\b(?:mots? parasite|tics? de langage|béquille|hésitation|remplissage)",
    "it": r"\b(?:intercalar|riempitiv|esitazion)",
    "nl": r"\b(?:stopwoord|stopklank|vulwoord|aarzel)",
    "pt": r"\b(?:muleta|vícios? de linguagem|preenchimento|hesita)",
}
_QUOTED = re.compile(r"[\"“”„«»‘'’]\s*([^\"“”„«»]{1,30}?)[.,;:!?…]?\s*[\"“”»’']")


def names_fillers(sentence: str, language: str) -> bool:
    """Also where nobody can tell: in a language without a table of its own."""
    names = _NAMES.get(language[:2].casefold())
    return names is None or re.search(names, sentence, re.IGNORECASE) is not None


def quotes(sentence: str, labels: Collection[str]) -> bool:
    """Whether one of the labels stands in quotation marks."""
    wanted = {label.casefold() for label in labels}
    return any(match.group(1).casefold() in wanted for match in _QUOTED.finditer(sentence))
