"""The reference talks: of five minutes, one whose coaching is kept and one where it is not; and
of one and of thirty minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.names import LONG, SHORT
from benchmarks.progress import say
from benchmarks.talk import Making, Talk, make_talk

KEPT = Making("kept", (2,))
REGENERATED = Making("regenerated", (1,), contested=True)
ONE_MINUTE = Making("short", (15,), sentences=11, length=SHORT)
HALF_AN_HOUR = Making("long", (3, 4, 5, 6, 7, 8), length=LONG)


@dataclass(frozen=True, slots=True)
class Talks:
    """`short` and `long` are `None` in a quick run."""

    kept: Talk
    regenerated: Talk
    short: Talk | None
    long: Talk | None

    @property
    def all(self) -> list[Talk]:
        made = (self.short, self.kept, self.regenerated, self.long)
        return [talk for talk in made if talk is not None]


def reference_talks(folder: Path, *, quick: bool) -> Talks:
    say("speaking the reference talks")
    return Talks(
        kept=make_talk(folder, KEPT),
        regenerated=make_talk(folder, REGENERATED),
        short=None if quick else make_talk(folder, ONE_MINUTE),
        long=None if quick else make_talk(folder, HALF_AN_HOUR),
    )
