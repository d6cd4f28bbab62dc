"""What `make audit` makes of an answer of pip-audit."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings

SOUND = {"name": "redis", "version": "8.1.0", "vulns": []}
WEAK = {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "new", "skip_reason": "not found"}


def audited(answer: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "scripts/audit.py"],
        input=answer, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("packages", "code"),
    [
        ([SOUND], 0),
        ([SOUND, WEAK], 1),
        ([WEAK, UNKNOWN], 1),
        ([SOUND, UNKNOWN], 2),
        ([], 2),
    ],
)
def test_only_packages_that_were_looked_up_are_sound(
    packages: list[dict[str, Any]], code: int
) -> None:
    assert audited(json.dumps({"dependencies": packages}))[0] == code


def test_a_weakness_is_told_with_the_version_that_mends_it() -> None:
    assert "old 1.0: PYSEC-1 (1.1)" in audited(json.dumps({"dependencies": [WEAK]}))[1]


def test_no_answer_is_no_good_news() -> None:
    code, said = audited("")
    assert (code, "no answer" in said) == (2, True)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_its_hashes(name: str) -> None:
    text = (settings.BASE_DIR / name).read_text().replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(packages) > 30
    assert [
        line for line in packages if not re.match(r"[\w.-]+(\[.+\])?==\S+ .*--hash=sha256:", line)
    ] == []
