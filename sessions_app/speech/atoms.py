"""Atoms: the spoken units inside written words.

Writers glue ("um,like"), hyphenate ("um-like") and decorate ("'uh...'"); rules look at atoms, each
with the place it was written at and the break that surrounds it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from sessions_app.speech.words import Word

_APOSTROPHES = "'’‘ʼ"
_HYPHENS = "-‐‑"
_TERMINAL = re.compile(r"[.?!。？！؟।]")
_ELLIPSIS = re.compile(r"\.{2,}|…")
_SILENT = "'’‘\"“”«»*_<>[]{}"  # quotes and the brackets of "[laughs]" are no breaks
_CUT_OFF = re.compile(r"^[-‐‑](?![-‐‑])")
_ADDRESS = re.compile(r"://|@|^www\.", re.IGNORECASE)
_STRETCHED = re.compile(r"(.)\1{2,}")


class Break(IntEnum):
    """What stands between two atoms, weakest first."""

    NONE = 0
    HYPHEN = 1
    CUT = 2  # the atom before was broken off: "wh- what"
    ELLIPSIS = 3
    COMMA = 4  # any mark inside a sentence
    TERMINAL = 5
    EDGE = 6  # a turn or the talk begins or ends


class Atom(NamedTuple):
    """`text[start:end]` of word number `word`; `norm` is lower case with plain apostrophes
    and composed letters.

    `gap_before` is the silence before the word in ms: 0 inside a word, `None` where unknown.
    There are thousands in a talk, and a tuple is made faster than a frozen dataclass.
    """

    word: int
    start: int
    end: int
    norm: str
    upper: bool
    turn: int
    before: Break
    after: Break
    mark_after: str
    gap_before: int | None
    gap_after: int | None


_Joint = tuple[Break, str, int | None]  # what stands between two atoms, as written, ms


class _Piece(NamedTuple):
    word: int
    start: int
    end: int


Divider = Callable[[str, Sequence[str]], bool]
"""Whether a hyphenated word, given whole and in parts, is to be divided into the parts."""


def never(whole: str, parts: Sequence[str]) -> bool:
    """The divider that leaves every hyphenated word whole."""
    return False


def atomise(words: Sequence[Word], divides: Divider = never) -> tuple[Atom, ...]:
    """Atoms of all words in order; words without a letter or digit have none."""
    pieces = [piece for index, word in enumerate(words) for piece in _pieces(index, word, divides)]
    breaks = [_between(words, left, right) for left, right in pairwise(pieces)]
    edge: _Joint = (Break.EDGE, "", None)
    joints = [edge, *breaks, (Break.EDGE, _ending(words, pieces[-1]) if pieces else "", None)]
    return tuple(
        _atom(words, piece, joints[index], joints[index + 1]) for index, piece in enumerate(pieces)
    )


@lru_cache(maxsize=4)
def atoms_of(words: tuple[Word, ...], divides: Divider = never) -> tuple[Atom, ...]:
    """The same, kept for the next who asks: a dozen rules look at the words of one talk, at some
    with hyphens divided and at some without, and once more at these as their speaker edited them.
    """
    return atomise(words, divides)


@lru_cache(maxsize=2)
def has_marks(words: tuple[Word, ...]) -> bool:
    """Whether the atoms of these words are punctuated."""
    return is_punctuated(atoms_of(words))


def is_punctuated(atoms: Sequence[Atom]) -> bool:
    """True when the writer used marks, at least one to 25 atoms; the hyphen of "uh-huh" is none."""
    marked = (atom.mark_after for atom in atoms if atom.after is not Break.HYPHEN)
    marks = sum(_classify(mark) >= Break.ELLIPSIS for mark in marked)
    return marks > 0 and marks * 25 >= len(atoms)


def unstretched(norm: str) -> tuple[str, ...]:
    """Spellings to look a norm up under: itself, then "ummmm" as "ummm", "umm" and "um".

    The longest first: drawn out a word may be a sound that it is not when short ("mm", "este").
    """
    if not _STRETCHED.search(norm):
        return (norm,)
    shorter = (_STRETCHED.sub(kept, norm) for kept in (r"\1\1\1", r"\1\1", r"\1"))
    return tuple(dict.fromkeys((norm, *shorter)))


def _atom(
    words: Sequence[Word],
    piece: _Piece,
    left: _Joint,
    right: _Joint,
) -> Atom:
    written = words[piece.word].text[piece.start : piece.end]
    return Atom(
        word=piece.word,
        start=piece.start,
        end=piece.end,
        norm=_plain(written),
        upper=len(written) > 1 and written.isupper(),
        turn=words[piece.word].turn,
        before=left[0],
        after=right[0],
        mark_after=right[1],
        gap_before=left[2],
        gap_after=right[2],
    )


def _plain(written: str) -> str:
    lowered = written.lower()
    if lowered.isascii():
        return lowered
    for mark in _APOSTROPHES:
        lowered = lowered.replace(mark, "'")
    return unicodedata.normalize("NFC", lowered)


def _pieces(index: int, word: Word, divides: Divider) -> Iterator[_Piece]:
    text = word.text
    if text.isalnum():
        yield _Piece(index, 0, len(text))
        return
    if _ADDRESS.search(text):
        yield _Piece(index, 0, len(text))
        return
    for start, end in _spans(text):
        for part_start, part_end in _hyphen_parts(text, start, end, divides):
            yield _Piece(index, part_start, part_end)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of letters, digits and marks, joined by single inner apostrophes or hyphens."""
    start: int | None = None
    for position, char in enumerate(text):
        if is_letter(char):
            start = position if start is None else start
        elif start is not None and not _joins(text, position):
            yield start, position
            start = None
    if start is not None:
        yield start, len(text)


def is_letter(char: str) -> bool:
    """Or a digit, or a mark that belongs to the letter before it: an accent, a vowel sign."""
    return char.isalnum() or unicodedata.category(char)[0] == "M"


def _joins(text: str, position: int) -> bool:
    """An apostrophe or hyphen with a letter on both sides; the left one is known to be there."""
    joint = text[position] in _APOSTROPHES or text[position] in _HYPHENS
    has_next = position + 1 < len(text) and is_letter(text[position + 1])
    return joint and has_next


def _hyphen_parts(text: str, start: int, end: int, divides: Divider) -> Iterator[tuple[int, int]]:
    cuts = [at for at in range(start, end) if text[at] in _HYPHENS]
    edges = list(zip([start, *(at + 1 for at in cuts)], [*cuts, end], strict=True))
    norms = [_plain(text[left:right]) for left, right in edges]
    if cuts and divides(_plain(text[start:end]), norms):
        yield from edges
    else:
        yield start, end


def _between(words: Sequence[Word], left: _Piece, right: _Piece) -> _Joint:
    if left.word == right.word:
        mark = words[left.word].text[left.end : right.start]
        return (Break.HYPHEN if mark in _HYPHENS else _classify(mark)), mark, 0
    if words[left.word].turn != words[right.word].turn:
        return Break.EDGE, _ending(words, left, right.word), None
    tail = words[left.word].text[left.end :]
    apart = [word.text for word in words[left.word + 1 : right.word]]
    mark = "".join([tail, *apart, words[right.word].text[: right.start]])
    kind = Break.CUT if _CUT_OFF.match(tail) else _classify(mark)
    return kind, mark, _gap(words[left.word], words[right.word])


def _ending(words: Sequence[Word], last: _Piece, stop: int | None = None) -> str:
    """What is written after a turn's last piece, marks that stand apart ("Bon ?") included."""
    turn = words[last.word].turn
    apart = [word.text for word in words[last.word + 1 : stop] if word.turn == turn]
    return "".join([words[last.word].text[last.end :], *apart])


def _gap(left: Word, right: Word) -> int | None:
    if left.end_ms is None or right.start_ms is None:
        return None
    return max(0, right.start_ms - left.end_ms)


def _classify(mark: str) -> Break:
    if not mark:
        return Break.NONE
    if _ELLIPSIS.search(mark):
        return Break.ELLIPSIS
    if _TERMINAL.search(mark):
        return Break.TERMINAL
    return Break.NONE if mark.strip(_SILENT) == "" else Break.COMMA
