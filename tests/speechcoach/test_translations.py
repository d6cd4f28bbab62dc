from __future__ import annotations

import gettext
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from speechcoach import translations
from speechcoach.catalogs import compile_catalog
from tests.environment import OWN_SETTINGS

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nLanguage: de\\n"

msgid "Talk"
msgstr "{talk}"

#, fuzzy
msgid "Run"
msgstr "Lauf"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO.format(talk="Vortrag"))
    return tmp_path / "locale"


def reading(target: Path) -> gettext.NullTranslations:
    return gettext.translation("django", target, ["de"])


def po_of(source: Path) -> Path:
    return source / "de" / "LC_MESSAGES" / "django.po"


def test_a_fresh_copy_has_its_translations_before_anybody_asks(
    source: Path, tmp_path: Path
) -> None:
    translations.provide(source, tmp_path / "compiled")
    assert reading(tmp_path / "compiled").gettext("Talk") == "Vortrag"


def test_what_is_only_a_guess_is_not_shown(source: Path, tmp_path: Path) -> None:
    translations.provide(source, tmp_path / "compiled")
    assert reading(tmp_path / "compiled").gettext("Run") == "Run"


@pytest.mark.parametrize("seconds", [60, -60])
def test_what_was_changed_is_compiled_again_also_back_to_an_older_one(
    source: Path, tmp_path: Path, seconds: int
) -> None:
    translations.provide(source, tmp_path)
    po = po_of(source)
    then = po.stat().st_mtime + seconds
    po.write_text(PO.format(talk="Rede"))
    os.utime(po, (then, then))
    translations.provide(source, tmp_path)
    found = gettext.GNUTranslations(po_in(tmp_path).open("rb"))
    assert found.gettext("Talk") == "Rede"


def po_in(target: Path) -> Path:
    return target / "de" / "LC_MESSAGES" / "django.mo"


def test_what_is_compiled_already_is_left_alone(source: Path, tmp_path: Path) -> None:
    translations.provide(source, tmp_path)
    before = po_in(tmp_path).stat().st_ino
    translations.provide(source, tmp_path)
    assert po_in(tmp_path).stat().st_ino == before


def test_a_folder_nobody_may_write_costs_only_the_language(
    source: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    target = tmp_path / "file"
    target.write_text("no folder")
    translations.provide(source, target)
    assert "could not be compiled" in caplog.text


def test_no_half_written_file_is_left(source: Path, tmp_path: Path) -> None:
    compile_catalog(po_of(source), po_in(tmp_path))
    assert [path.name for path in po_in(tmp_path).parent.iterdir()] == ["django.mo"]


def test_babel_stays_out_of_the_memory_of_web_server_and_workers() -> None:
    started = "import speechcoach.wsgi, sessions_app.worker, sys; print('babel' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", started], env={**os.environ, **OWN_SETTINGS},
        cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert answer.stdout.strip() == "False"
