"""The image holds all of the product, by parsing: no image is built here."""

from __future__ import annotations

import re

from django.conf import settings

from speechcoach import checks
from tests.deploy.installed import FOLDER, INSTALLED

TEXT = re.sub(r"^#.*\n", "", (FOLDER / "Dockerfile").read_text(), flags=re.MULTILINE)
STEPS = [line.split(maxsplit=1) for line in TEXT.replace("\\\n", " ").splitlines() if line]
NOT_SHIPPED = {"benchmarks", "tests"}
RESOURCES = {"locale", "static", "templates"}


def steps(kind: str) -> list[str]:
    return [rest for name, rest in STEPS if name == kind]


def copied() -> set[str]:
    own = [words.split() for words in steps("COPY") if not words.startswith("--")]
    return {source for *sources, _ in own for source in sources}


def test_every_package_of_the_product_is_in_it() -> None:
    packages = {path.parent.name for path in settings.BASE_DIR.glob("*/__init__.py")}
    product = (packages - NOT_SHIPPED) | RESOURCES | {"manage.py", "requirements-s3.txt"}
    assert copied() == product
    assert all((settings.BASE_DIR / name).exists() for name in copied())


def test_python_is_one_that_speech_coach_runs_on() -> None:
    versions = [re.match(r"python:(\d+)\.(\d+)-", image) for image in steps("FROM")]
    found = {(int(version[1]), int(version[2])) for version in versions if version}
    assert len(versions) == 2
    assert len(found) == 1
    assert found <= set(checks.PYTHONS)


def test_packages_are_those_that_were_pinned() -> None:
    (install,) = (step for step in steps("RUN") if "pip install" in step)
    assert "--require-hashes -r requirements-s3.txt" in install
    assert "--only-binary=:all:" in install


def test_nobody_is_root() -> None:
    assert steps("USER") == ["speechcoach"]
    last = [name for name, _ in STEPS].index("USER")
    assert not {"RUN", "COPY"} & {name for name, _ in STEPS[last:]}


def test_it_is_where_the_commands_look_for_it() -> None:
    assert set(steps("WORKDIR")) == {INSTALLED}
