"""Settings that follow from others, as a fresh process reads them."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache import caches

from speechcoach.shared_cache import OWN
from tests.environment import OWN_SETTINGS

PRINT = """
import json
from speechcoach import settings
print(json.dumps({
    "timeouts": {name: queue["DEFAULT_TIMEOUT"] for name, queue in settings.RQ_QUEUES.items()},
    "form": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
    "analysis": settings.AI_MODEL_ANALYSIS,
    "proxies": settings.ALLAUTH_TRUSTED_PROXY_COUNT,
    "modes": [settings.FILE_UPLOAD_PERMISSIONS, settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS],
}))
"""


def read(**given: str) -> dict[str, object]:
    answer = subprocess.run(
        [sys.executable, "-c", PRINT],
        env={**os.environ, **OWN_SETTINGS, **given}, cwd=settings.BASE_DIR,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    values: dict[str, object] = json.loads(answer.stdout)
    return values


def test_the_queue_waits_longer_than_the_deadline_of_its_runs() -> None:
    given = {"RUN_DEADLINE_SECONDS": "4000", "DRAFT_DEADLINE_SECONDS": "9000"}
    assert read(**given)["timeouts"] == {
        "default": 4300,
        "drafts": 9300,
        "bulk": 4300,
        "low": 4300,
    }


def test_the_form_reads_more_than_the_longest_transcript() -> None:
    assert read(TRANSCRIPT_MAX_KB="9000")["form"] == (9000 + 512) * 1024


def test_proxies_are_trusted_only_when_told() -> None:
    assert read()["proxies"] == 0
    assert read(TRUSTED_PROXY_COUNT="2")["proxies"] == 2


def test_recordings_are_open_to_our_group_only_where_a_proxy_sends_them() -> None:
    assert read()["modes"] == [0o600, 0o700]
    assert read(X_ACCEL_REDIRECT="/recordings/")["modes"] == [0o640, 0o750]


def test_a_flood_of_addresses_washes_out_no_limit() -> None:
    own = caches[OWN]
    own.set("first", "counted")
    for number in range(1000):
        own.set(f"other-{number}", "counted")
    assert own.get("first") == "counted"


@pytest.mark.parametrize(
    ("name", "value"), [("AI_PRICES", "{"), ("AI_CONCURRENCY", "many"), ("PARALLEL_SECONDS", "")]
)
def test_a_setting_that_cannot_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(subprocess.CalledProcessError) as failed:
        read(**{name: value})
    assert f"The setting {name} cannot be read" in failed.value.stderr


def test_the_older_name_of_the_analysis_model_is_honoured_below_the_newer() -> None:
    assert read(AI_MODEL_COACH="old")["analysis"] == "old"
    assert read(AI_MODEL_COACH="old", AI_MODEL_ANALYSIS="new")["analysis"] == "new"
    assert read()["analysis"] == "gpt-5.4"
