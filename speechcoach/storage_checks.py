"""Settings of a bucket that cannot work, found by `manage.py check` and before every command.

Whether it answers is asked by `manage.py check_storage` alone: a bucket that is away for a minute
stops nobody from reading reports.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

PACKAGES: Final = ("boto3", "storages")
ON_THE_WEB: Final = ("https://", "http://")


@register
def bucket_can_be_used(**kwargs: Any) -> list[CheckMessage]:
    if not settings.S3_BUCKET:
        return []
    return [*_packages(), *_address(), *_proxy()]


def _packages() -> list[CheckMessage]:
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if not missing:
        return []
    return [
        Error(
            f"S3_BUCKET is set, and the packages for it are missing: {', '.join(missing)}.",
            hint="Run: make venv REQUIREMENTS=requirements-s3.txt",
            id="speechcoach.E018",
        )
    ]


def _address() -> list[CheckMessage]:
    address: str = settings.S3_ENDPOINT_URL
    if not address or address.startswith(ON_THE_WEB):
        return []
    return [
        Error(
            f"S3_ENDPOINT_URL={address!r} is no address on the web.",
            hint="It begins with https://, or http:// within one network.",
            id="speechcoach.E019",
        )
    ]


def _proxy() -> list[CheckMessage]:
    """It would look for the recording in a folder."""
    if not settings.X_ACCEL_REDIRECT:
        return []
    return [
        Error(
            "X_ACCEL_REDIRECT is for recordings in a folder, and S3_BUCKET puts them elsewhere.",
            hint="Leave one of the two out; from a bucket the pages send recordings themselves.",
            id="speechcoach.E020",
        )
    ]
