"""What stands in transcripts but is never spoken: tags, styling and sound markers."""

from __future__ import annotations

import html
import re

# Nothing may reach past the next opening of its kind: a text of openings alone would take for ever.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[\d:.]+>|\{\\[^{}]*\}")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:https?:|/|#)[^)\[]*\)")
_LONG_NUMBER = re.compile(r"&#\d{8,}")  # no character, and too much for `html.unescape`
_NOTES = re.compile(r"[♪♫♬]+")
_BRACKETED = re.compile(r"\[([^\[\]]*)\]|\(([^()]*)\)|\*([^*\n]+)\*")
_CLOCK = re.compile(r"^[\d:.,]+$")
# Stems of the sounds that transcribers note, in the languages we have fillers for.
_SOUND = re.compile(
    r"\b(?:voc)?noise|\b(?:music|musi[kq]|músic|muziek|applau|aplaus|palmas|laugh|lach|gelach|"
    r"gelächter|risas|risos|rires|risate|cough|sigh|silence|pause|inaudible|unintelligible|"
    r"indistinct|crosstalk|cheer|clap|sneez|breath|chuckl|blank.audio|background|beep|ringing|"
    r"throat|sniff|gasp|groan)",
    re.IGNORECASE,
)
_MAX_MARKER_WORDS = 5


def clean(text: str) -> str:
    """The spoken words of `text` on one line; markers are dropped, ordinary brackets are kept."""
    text = _LINK.sub(r"\1", _TAG.sub(" ", text))
    text = _BRACKETED.sub(_unless_marker, _NOTES.sub(" ", text))
    return " ".join(html.unescape(_LONG_NUMBER.sub(" ", text)).split())


def _unless_marker(match: re.Match[str]) -> str:
    square, rounded, starred = match.groups()
    inner = (square or rounded or starred or "").strip()
    if _is_marker(inner, square is not None):
        return " "
    # Square brackets mark an unsure or unfinished word, stars stress: the words were said.
    return match[0] if rounded is not None else inner


def _is_marker(inner: str, square: bool) -> bool:
    if not inner or _CLOCK.match(inner):
        return True
    if len(inner.split()) > _MAX_MARKER_WORDS:
        return False
    shouted = inner.isupper() and len(inner) > 1 and square
    return shouted or _SOUND.search(inner) is not None
