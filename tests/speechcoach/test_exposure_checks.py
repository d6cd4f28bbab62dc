from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings as project
from django.core.checks import run_checks
from pytest_django import Settings

from tests.environment import OWN_SETTINGS

PRODUCTION = {
    "SECRET_KEY": "vK3-jZ8_pQ0rX5tB7yN2mW4cL6sD9fG1hJ-kT_aEuIoRqSxYzVbNm",
    "ALLOWED_HOSTS": "coach.example.com",
    "CSRF_TRUSTED_ORIGINS": "https://coach.example.com",
    "SITE_URL": "https://coach.example.com",
    "HTTPS": "true",
    "TRUSTED_PROXY_COUNT": "1",
}
"""What docs/operations.md asks for."""


@pytest.fixture(autouse=True)
def home(settings: Settings) -> None:
    """The hosts as they are by default; those of the test client are somebody else's."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]


def found(*, deploy: bool = False) -> list[str]:
    messages = run_checks(include_deployment_checks=deploy)
    return [message.id or "" for message in messages if str(message.id).startswith("speech")]


def check(**changed: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check --deploy` of an installation for others, with changes."""
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={**os.environ, **OWN_SETTINGS, **PRODUCTION, **changed},
        cwd=project.BASE_DIR, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_production_settings_are_in_order() -> None:
    checked = check()
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"DEBUG": "true"}, "speechcoach.E002"),
        ({"HTTPS": "false"}, "speechcoach.E013"),
        ({"HTTPS": "false", "SITE_URL": "", "CSRF_TRUSTED_ORIGINS": ""}, "security.W012"),
        ({"ALLOWED_HOSTS": "*"}, "speechcoach.E014"),
        ({"SECRET_KEY": "secret"}, "speechcoach.E015"),
        ({"TRUSTED_PROXY_COUNT": "0"}, "speechcoach.W017"),
    ],
)
def test_unsafe_ones_are_named(changed: dict[str, str], named: str) -> None:
    checked = check(**changed)
    assert checked.returncode == 1
    assert named in checked.stderr
    assert PRODUCTION["SECRET_KEY"] not in checked.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "coach.example.com"])
def test_the_inside_is_not_shown_to_others(settings: Settings, host: str) -> None:
    settings.DEBUG, settings.WEB_HOST = True, host
    assert found() == ["speechcoach.E002"]


@pytest.mark.parametrize("host", ["coach.example.com", ".example.com", "192.0.2.1"])
def test_a_proxy_in_front_brings_others_as_well(settings: Settings, host: str) -> None:
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["localhost", host]
    assert found() == ["speechcoach.E002"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost", "a.localhost"])
def test_at_home_it_may_be_seen(settings: Settings, host: str) -> None:
    settings.DEBUG, settings.WEB_HOST = True, host
    assert found() == []


def test_without_debug_any_host_will_do(settings: Settings) -> None:
    settings.WEB_HOST = "0.0.0.0"
    assert found() == []


@pytest.mark.parametrize(
    "key", ["secret", "a" * 100, "django-insecure-" + PRODUCTION["SECRET_KEY"], "x" * 49]
)
def test_a_key_that_can_be_guessed_will_not_do_where_others_come_by(
    settings: Settings, key: str
) -> None:
    settings.SECRET_KEY = key
    assert found() == []
    settings.ALLOWED_HOSTS = ["coach.example.com"]
    assert found() == ["speechcoach.E015"]
    assert key not in str(run_checks())


def test_plain_addresses_need_no_https(settings: Settings) -> None:
    settings.SITE_URL, settings.CSRF_TRUSTED_ORIGINS = "http://coach.lan", ["http://coach.lan"]
    assert found() == []
    settings.CSRF_TRUSTED_ORIGINS = ["http://coach.lan", "https://coach.example.com"]
    assert found() == ["speechcoach.E013"]


@pytest.mark.parametrize("path", ["recordings/", "/recordings", "/", "https://host/recordings/"])
def test_the_place_of_recordings_is_a_location(settings: Settings, path: str) -> None:
    settings.X_ACCEL_REDIRECT = path
    assert found() == ["speechcoach.E016"]
    settings.X_ACCEL_REDIRECT = "/recordings/"
    assert found() == []
