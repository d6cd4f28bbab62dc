"""Words for tests, said at an even pace unless told otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.notes import Notes
from sessions_app.speech.packs import LanguagePack, load_pack
from sessions_app.speech.words import Word


def english() -> LanguagePack:
    pack = load_pack("en")
    assert pack is not None
    return pack


def said(text: str, turn: int = 0) -> tuple[Word, ...]:
    """Words without times."""
    return tuple(Word(token, turn=turn) for token in text.split())


def timed(
    text: str, *, word_ms: int = 300, gaps: Mapping[int, int] | None = None, turn: int = 0
) -> tuple[Word, ...]:
    """Words end to end; `gaps` are silences in ms after words by index."""
    at, words = 0, []
    for index, token in enumerate(text.split()):
        words.append(Word(token, at, at + word_ms, turn=turn))
        at += word_ms + (gaps or {}).get(index, 0)
    return tuple(words)


def notes(words: tuple[Word, ...], pack: LanguagePack | None = None) -> Notes:
    return Notes(words, pack if pack is not None else english())


def labels(
    findings: tuple[Finding, ...] | list[Finding],
    kind: FindingKind,
    status: FindingStatus = FindingStatus.COUNTED,
) -> tuple[str, ...]:
    return tuple(f.label for f in findings if f.kind is kind and f.status is status)
