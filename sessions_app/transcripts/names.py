"""Who a line of a transcript says is speaking, and whether to believe it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

# Lines like "Note: this is…" name no speaker.
_LABELS = (
    "note notes nb ps tip tips hint warning caution important remember reminder example examples "
    "summary conclusion introduction intro agenda title date topic subject todo fyi update goal "
    "problem solution result results step fact spoiler disclaimer bonus first second third"
)
_NOT_NAMES = frozenset(_LABELS.split())
_LOWER = "van von de der den of the da del della di la le el al bin ibn y e"
_PARTICLES = frozenset(_LOWER.split())
_PREFIX = re.compile(
    r"^(?:>>+|[-–—])?\s*(?P<name>[^\s:：][^:：\n]{0,49}?)\s*[:：](?:\s+|$)(?P<rest>.*)$"
)
_MAX_NAME_WORDS = 5
LONGEST_NAME = 100
"""Characters of a name; longer ones in voice tags are cut off."""


def looks_like_name(text: str) -> bool:
    """Up to five words that begin like names do: "Dr. Jane Smith", "speaker 1"."""
    words = text.split()
    if not words or len(words) > _MAX_NAME_WORDS or words[0].casefold() in _NOT_NAMES:
        return False
    if re.fullmatch(r"speaker\s*\w{1,3}", text, re.IGNORECASE):
        return True
    return words[0][0].isalpha() and all(_name_word(word) for word in words)


def _name_word(word: str) -> bool:
    if word in _PARTICLES:
        return True
    core = word.strip("().'’\"")
    letters = re.sub(r"['’.\-&]", "", core)
    return bool(letters) and letters.isalnum() and not core[0].islower()


def split_prefix(line: str) -> tuple[str, str]:
    """Name and rest of "Name: text"; the name is empty where the line has none."""
    match = _PREFIX.match(line)
    if match and looks_like_name(match["name"]):
        return match["name"], match["rest"]
    return "", line


def believed(prefixes: Iterable[str], first_line_named: bool) -> dict[str, str]:
    """Accepted names: each spelling (case-folded) with the form to show.

    One label proves nothing. Names are believed when one of them comes back, or when there are
    at least two and the text opens with one.
    """
    found = list(prefixes)
    counts = Counter(name.casefold() for name in found)
    repeated = any(count > 1 for count in counts.values())
    if not repeated and not (len(counts) > 1 and first_line_named):
        return {}
    shown: dict[str, str] = {}
    for name in found:
        shown.setdefault(name.casefold(), name)
    return shown
