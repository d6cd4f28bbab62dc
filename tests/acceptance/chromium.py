"""The browser of the machine."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
ON_MACOS = Path("/Applications/Chromium.app/Contents/MacOS/Chromium")


def executable() -> str:
    """Raises `RuntimeError` when there is none."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    if sys.platform == "darwin" and ON_MACOS.exists():
        return str(ON_MACOS)
    raise RuntimeError("The tests need Chromium: apt-get install chromium.")
