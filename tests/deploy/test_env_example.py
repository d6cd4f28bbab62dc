"""The settings of a server, as Speech Coach, systemd and Compose read them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.deploy.installed import FOLDER

EXAMPLE = FOLDER / "env.example"
LINES = [line for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("# ")]
FOR_COMPOSE = {"POSTGRES_PASSWORD"}
PRINT = """
import json
from speechcoach import settings
database = settings.DATABASES["default"]
print(json.dumps([
    settings.HTTPS, settings.ALLOWED_HOSTS, settings.SITE_URL, settings.REDIS_URL,
    database["HOST"], database["NAME"], database["USER"], settings.EMAIL_HOST,
]))
"""


def name_of(line: str) -> str:
    return line.removeprefix("#").partition("=")[0]


def test_every_reader_understands_it_alike() -> None:
    plain = re.compile(r"""#?[A-Z0-9_]+=[^\s'"$`#\\]*""")
    assert [line for line in LINES if line != "#" and not plain.fullmatch(line)] == []


def test_all_that_it_sets_is_a_setting() -> None:
    listed = re.findall(r"^#([A-Z0-9_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.M)
    assert {name_of(line) for line in LINES} - FOR_COMPOSE <= set(listed)


def test_compose_asks_for_nothing_that_is_not_in_it() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (FOLDER / "compose.yaml").read_text()))
    assert asked == FOR_COMPOSE
    assert asked <= {name_of(line) for line in LINES}


def test_settings_are_read_from_it(tmp_path: Path) -> None:
    """The data folder aside, which is made where it is named."""
    text = EXAMPLE.read_text().replace("/var/lib/speechcoach", str(tmp_path))
    (tmp_path / "env").write_text(text)
    known = {"PATH": os.environ["PATH"], "ENV_FILE": str(tmp_path / "env")}
    answer = subprocess.run(
        [sys.executable, "-c", PRINT], env=known, cwd=settings.BASE_DIR,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(answer.stdout) == [
        True, ["coach.example.com", "127.0.0.1"], "https://coach.example.com",
        "redis://127.0.0.1:6379/0", "/var/run/postgresql", "speechcoach", "speechcoach",
        "mail.example.com",
    ]  # fmt: skip
