from __future__ import annotations

import ast
from pathlib import Path

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def imports(module: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
            found.add(str(node.module))
    return found


def test_only_programs_change_their_process() -> None:
    """Whatever a test imports must not: logging, settings and the database are shared by all."""
    importers = {
        path.stem for path in BENCHMARKS.glob("*.py") if "benchmarks.ground" in imports(path)
    }
    assert importers == {"__main__", "cpu"}
