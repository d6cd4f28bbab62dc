"""What may not stand in a text of the model: figures, unknown slots, words nobody said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sessions_app.coaching.figures import find_figures
from sessions_app.coaching.sentences import sentences
from sessions_app.speech.words import Word

LONGEST = 700
"""Characters of a text; nobody reads more in a card."""

QUOTED_WORDS = 3
"""From here on quotation marks claim that somebody said it; below they set off a word."""

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_FORM = re.compile(r"[^\W\d_][^\W\d_ '’-]*(?:[ '’-][^\W\d_]+)*")
_FORMS = (0, 2)
_BEFORE = re.compile(r"(?:^|[\s(\"“„«‚‘'¿¡—–])$")
_AFTER = re.compile(r"$|\s|[.,;:!?…)\"”“»’'—–](?![\w{])")
# What would make another number of the one shown.
_UNIT = re.compile(
    r"\s*(?:[%‰°{]|per ?cent|prozent|por ?cien|por ?cento|pour ?cent|procent)", re.IGNORECASE
)
_QUOTES = re.compile(r"[\"“”„‟«»]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class House:
    """The rules of the house for one kind of text.

    `slots` are the slots it may use. `said` is the whole transcript as `folded`, for what is
    quoted to be found in; `None` where anything may stand in quotation marks.
    """

    language: str
    slots: frozenset[str] = frozenset()
    said: str | None = None

    def without_slots(self) -> House:
        return replace(self, slots=frozenset())

    def without_quotations(self) -> House:
        return replace(self, said=None)


def folded(words: tuple[Word, ...]) -> str:
    """The words of a talk, for quotations to be looked up in."""
    return _folded(" ".join(word.text for word in words))


def plain(text: str) -> str:
    """`text` on one line, without control characters."""
    spaced = "".join(" " if char.isspace() else char for char in text)
    shown = "".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cf"})
    return " ".join(shown.split())


def faults(text: str, house: House) -> tuple[str, ...]:
    """What is wrong with `text`, in words its writer can act on."""
    return tuple(fault for _, found in _examined(text, house) for fault in found)


def kept(text: str, house: House) -> str:
    """`text` less the sentences with faults, and less what is too long."""
    shown = ""
    for sentence, found in _examined(text, house):
        longer = f"{shown} {sentence}".strip()
        if not found and len(longer) <= LONGEST:
            shown = longer
    return shown


def _examined(text: str, house: House) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each sentence with its faults. A quotation may go on from one sentence to the next."""
    inside = False
    for sentence in sentences(plain(text)):
        found = [f"the figure “{figure}”" for figure in find_figures(sentence, house.language)]
        found += _braces(sentence, house.slots)
        if house.said is not None:
            found += _quotations(sentence, house.said, inside)
        inside ^= len(_QUOTES.findall(sentence)) % 2 == 1
        yield sentence, tuple(found)


def _braces(sentence: str, slots: frozenset[str]) -> Iterator[str]:
    for match in _BRACES.finditer(sentence):
        if match.group(1) is None:
            yield "a brace without its other half"
            continue
        name, *forms = match.group(1).split("|")
        if name not in slots:
            yield f"the slot {match.group()}, which was not offered here"
        elif len(forms) not in _FORMS or not all(_FORM.fullmatch(form) for form in forms):
            yield f"the forms of {match.group()}: two in words, for one and for many, or none"
        elif not _stands_alone(sentence[: match.start()], sentence[match.end() :]):
            yield f"what stands beside {match.group()}: a slot stands alone, as a number does"


def _stands_alone(before: str, after: str) -> bool:
    apart = _BEFORE.search(before) and _AFTER.match(after)
    return apart is not None and _UNIT.match(after) is None


def _quotations(sentence: str, said: str, inside: bool) -> Iterator[str]:
    for at, part in enumerate(_QUOTES.split(sentence)):
        quoted = (at % 2 == 1) != inside
        words = _folded(part)
        if quoted and len(words.split()) >= QUOTED_WORDS and f" {words} " not in f" {said} ":
            yield f"the quotation “{part.strip()}”, which nobody said: point at words instead"


def _folded(text: str) -> str:
    return " ".join(word.casefold().replace("’", "'") for word in _WORD.findall(text))
