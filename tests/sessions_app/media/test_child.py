from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

LEFT_TO_IMPORT = """
import importlib, pkgutil, sys
import sessions_app.media.child
import av
before = set(sys.modules)
for module in pkgutil.walk_packages(av.__path__, "av."):
    if module.name not in ("av.__main__", "av.datasets"):
        importlib.import_module(module.name)
print(*(name for name in sys.modules if name.startswith("av.") and name not in before))
"""

HEAVY = """
import sys
import sessions_app.media.child
print(*({"django", "pydantic", "pocketsphinx", "openai"} & set(sys.modules)))
"""


def output_of(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_nothing_of_pyav_is_left_to_import_once_confined() -> None:
    assert output_of(LEFT_TO_IMPORT) == ""


def test_starts_light() -> None:
    assert output_of(HEAVY) == ""
