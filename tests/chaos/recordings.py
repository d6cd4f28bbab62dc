"""Short recordings, no two of them alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from tests.media_files import talk, write

KINDS: Final = ("webm", "m4a", "mp3", "wav")


def recordings(folder: Path, count: int, random: Random) -> Iterator[Path]:
    """Each is made when it is asked for: some 32 to 46 s of sound, enough to be read by a model."""
    for number in range(count):
        sound = talk(phrases=random.randint(15, 20), phrase=1.5 + number / 1000)
        yield write(folder / f"talk-{number}.{random.choice(KINDS)}", sound)
