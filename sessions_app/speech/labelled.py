"""Labelled texts: lines of JSON with a text and the character spans of its fillers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from sessions_app.speech.words import Word

_TOKEN = re.compile(r"\S+")
_GLUED = re.compile(r"[^\W\d_](?:[^\w\s.'’‐‑-]|\.{2,}|-{2,})+(?=[^\W\d_])")
_KEPT_INSIDE = "'’-‐‑"


class BadLine(ValueError):
    """A line that is no labelled text; the message says which and why."""


class LabelledText(BaseModel):
    """`filler_spans` are `(start, end, word)` in characters, end exclusive. `conv` names the
    conversation the text is from, where known."""

    model_config = ConfigDict(frozen=True)

    text: str
    filler_spans: tuple[tuple[int, int, str], ...]
    conv: str = ""

    @model_validator(mode="after")
    def _spans_lie_inside(self) -> LabelledText:
        for start, end, _ in self.filler_spans:
            if not 0 <= start < end <= len(self.text):
                raise ValueError(f"span {start}–{end} lies outside the text")
        return self


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text, and for every character of every word its place in the text."""

    words: tuple[Word, ...]
    places: tuple[Sequence[int], ...]

    def span(
        self, start_word: int, start_char: int, last_word: int, end_char: int
    ) -> tuple[int, int]:
        """Characters of the text from a place in one word to a place in another, exclusive."""
        return self.places[start_word][start_char], self.places[last_word][end_char - 1] + 1


def read_labelled(lines: Iterable[str]) -> Iterator[LabelledText]:
    """The texts of a JSON Lines file; empty lines are skipped. Raises `BadLine`."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield LabelledText.model_validate_json(line)
        except ValidationError as problem:
            first = problem.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            what = f"{where}: {first['msg']}" if where else first["msg"]
            raise BadLine(f"Line {number}: {what}") from problem


def tokenise(text: str, strip: bool = False) -> Tokens:
    """Words at whitespace; `strip` takes case and all marks except inside words, and words glued
    by a mark ("um,yes") come apart."""
    spaced = _GLUED.sub(_unglued, text) if strip else text
    cut = (_token(match, strip) for match in _TOKEN.finditer(spaced))
    kept = [(token, places) for token, places in cut if token]
    return Tokens(
        words=tuple(Word(token) for token, _ in kept), places=tuple(places for _, places in kept)
    )


def _unglued(match: re.Match[str]) -> str:
    """Spaces in the place of marks, so that every character keeps its place."""
    glued = match.group()
    return glued[0] + " " * (len(glued) - 1)


def _token(match: re.Match[str], strip: bool) -> tuple[str, Sequence[int]]:
    token = match.group()
    if not strip:
        return token, range(match.start(), match.end())
    kept = [at for at, char in enumerate(token) if char.isalnum() or char in _KEPT_INSIDE]
    while kept and not token[kept[0]].isalnum():
        kept.pop(0)
    while kept and not token[kept[-1]].isalnum():
        kept.pop()
    # one character in, one out: some capitals have a lower case of two
    letters = [token[at].lower() if len(token[at].lower()) == 1 else token[at] for at in kept]
    return "".join(letters), [match.start() + at for at in kept]
