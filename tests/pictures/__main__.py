"""Take pictures of every page, wide and narrow, light and (of some) dark, and list them.

    python -m tests.pictures [--to FOLDER] [--only NAME …]

Everything is made for it and gone afterwards: a data folder, the processes of `manage.py up`, and
talks in every state, some of them read by the simulated model server.
"""

from __future__ import annotations

from tests.pictures import ground  # noqa: F401 - before anything that has models

# isort: split
import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.acceptance.microphone import launched, listening_to, spoken
from tests.environment import DATA_DIR
from tests.gallery import RECORDING
from tests.pictures import index
from tests.pictures.camera import Camera
from tests.pictures.tour import tour

SPOKEN_SECONDS = 20
DOCS = Path(__file__).parents[2] / "docs" / "screenshots"


def main() -> None:
    given = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        heard = spoken(Path(folder) / "heard.wav", RECORDING, SPOKEN_SECONDS)
        with launched(*listening_to(heard)) as browser:
            tour(Camera(browser, Path(folder), frozenset(given.only)))
        _replace(given.to, Path(folder), everything=not given.only)
    index.write(given.to)
    shutil.rmtree(DATA_DIR, ignore_errors=True)
    sys.stdout.write(f"{len(list(given.to.glob('*.webp')))} pictures in {given.to}\n")


def _replace(old: Path, new: Path, *, everything: bool) -> None:
    """Only when all of them could be taken are the old ones given up."""
    old.mkdir(parents=True, exist_ok=True)
    for picture in old.glob("*.webp"):
        if everything:
            picture.unlink()
    for picture in new.glob("*.webp"):
        shutil.move(picture, old / picture.name)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("--to", type=Path, default=DOCS)
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME")
    return parser.parse_args()


if __name__ == "__main__":
    main()
