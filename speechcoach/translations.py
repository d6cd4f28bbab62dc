"""The translations of `locale/`, compiled into the data folder before anybody asks for them."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

logger = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parent.parent


def provide(source: Path, target: Path) -> None:
    """Compile all if any was edited since; without what could not be compiled, pages are English.

    Whoever starts first does it: the web server, a worker, a command or a test.
    """
    if all(_is_of(mo, po) for po, mo in compiled_of(source, target).items()):
        return
    command = (sys.executable, "-m", "speechcoach.catalogs", str(source), str(target))
    if subprocess.run(command, cwd=_ROOT, check=False).returncode:  # noqa: S603
        logger.warning("The translations could not be compiled into %s.", target)


def compiled_of(source: Path, target: Path) -> dict[Path, Path]:
    """Every `.po` file below `source` with its `.mo` file below `target`."""
    found = sorted(source.glob("*/LC_MESSAGES/*.po"))
    return {po: target / po.relative_to(source).with_suffix(".mo") for po in found}


def _is_of(mo: Path, po: Path) -> bool:
    """By its time, which is that of the `.po` file: going back to an older version counts too."""
    return mo.exists() and mo.stat().st_mtime_ns == po.stat().st_mtime_ns
