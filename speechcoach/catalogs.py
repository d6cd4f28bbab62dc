"""Compile the translations: `python -m speechcoach.catalogs SOURCE TARGET`.

A program of its own, so that no process of ours keeps Babel in its memory.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from speechcoach.translations import compiled_of


def compile_catalog(po: Path, mo: Path) -> None:
    """`mo` gets the time of `po`, and appears whole: others may start at the same moment."""
    written = po.stat().st_mtime_ns
    with po.open("rb") as source:
        catalog = read_po(source)
    mo.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=mo.parent, delete=False) as part:
        write_mo(part, catalog)
    os.utime(part.name, ns=(written, written))
    Path(part.name).replace(mo)


def main(source: Path, target: Path) -> None:
    for po, mo in compiled_of(source, target).items():
        compile_catalog(po, mo)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
