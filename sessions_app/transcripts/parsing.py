"""From the text of a transcript to passages with speakers and times."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sessions_app.transcripts.cues import Cue, read_cues
from sessions_app.transcripts.length import refuse_long_text, refuse_many_words
from sessions_app.transcripts.markup import clean
from sessions_app.transcripts.names import LONGEST_NAME, believed, split_prefix
from sessions_app.transcripts.passages import ParsedTranscript, Passage
from sessions_app.transcripts.plain import read_plain

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^\s<>][^<>]*)>", re.IGNORECASE)
_DASHES = re.compile(r"^\s*(?:>>+|[-–—](?=\s|\S))\s*")


def parse(text: str, format: str) -> ParsedTranscript:
    """Reads "txt", "srt" or "vtt". A subtitle file without a single cue is read as text.

    Raises InputProblem: TRANSCRIPT_TOO_LONG.
    """
    refuse_long_text(text)
    cues = read_cues(text) if format in {"srt", "vtt"} else ()
    parsed = ParsedTranscript(tuple(_from_cues(cues)) if cues else read_plain(text))
    refuse_many_words(parsed)
    return parsed


def speakers(text: str, format: str) -> tuple[str, ...]:
    """Names to choose from: at least two, or none. Raises InputProblem: TRANSCRIPT_TOO_LONG."""
    names = parse(text, format).speakers
    return names if len(names) > 1 else ()


@dataclass(frozen=True, slots=True)
class _Said:
    """A piece of a cue: what one person says in it, names not yet judged."""

    cue: Cue
    voice: str
    prefix: str
    rest: str
    line: str


def _from_cues(cues: Iterable[Cue]) -> list[Passage]:
    said = [piece for cue in cues for piece in _pieces(cue)]
    prefixes = [piece.prefix for piece in said if piece.prefix]
    names = believed(prefixes, bool(said and said[0].prefix))
    passages = []
    speaker = ""
    for piece in said:
        named = names.get(piece.prefix.casefold(), "")
        # Subtitles name a speaker when they change, not in every cue.
        speaker = piece.voice or named or speaker
        text = clean(piece.rest if named else piece.line)
        if text:
            passages.append(Passage(text, speaker, piece.cue.start_ms, piece.cue.end_ms))
    return passages


def _pieces(cue: Cue) -> list[_Said]:
    """Splits at voice tags and at lines that open with a name or a dialogue dash."""
    pieces: list[_Said] = []
    voice = ""
    for line in cue.lines:
        parts = _VOICE.split(line)
        for position, part in enumerate(parts):
            if position % 2:
                voice = " ".join(part.split())[:LONGEST_NAME]
            elif clean(part):
                _add(pieces, cue, voice, part)
    return pieces


def _add(pieces: list[_Said], cue: Cue, voice: str, part: str) -> None:
    line = _DASHES.sub("", clean(part))
    prefix, rest = ("", line) if voice else split_prefix(line)
    pieces.append(_Said(cue, voice, prefix, rest, line))
