from __future__ import annotations

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from speechcoach import storage_checks


def found() -> list[str]:
    return [message.id or "" for message in run_checks() if str(message.id).startswith("speech")]


def test_a_bucket_with_its_packages_is_in_order(settings: Settings) -> None:
    settings.S3_BUCKET, settings.S3_ENDPOINT_URL = "talks", "https://minio.example.com"
    assert found() == []


def test_packages_that_are_missing_are_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage_checks, "PACKAGES", ("boto3", "not_installed"))
    assert found() == []
    settings.S3_BUCKET = "talks"
    assert found() == ["speechcoach.E018"]
    assert "missing: not_installed" in str(run_checks())


def test_an_address_is_on_the_web(settings: Settings) -> None:
    settings.S3_BUCKET, settings.S3_ENDPOINT_URL = "talks", "minio:9000"
    assert found() == ["speechcoach.E019"]


def test_a_proxy_finds_nothing_in_a_bucket(settings: Settings) -> None:
    settings.S3_BUCKET, settings.X_ACCEL_REDIRECT = "talks", "/recordings/"
    assert found() == ["speechcoach.E020"]
