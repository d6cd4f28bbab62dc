from __future__ import annotations

import pytest
from pytest_django import Settings

from accounts_app.retention import choices, days_kept


@pytest.mark.parametrize(
    ("server", "offered"),
    [(0, (7, 30, 90, 365)), (365, (7, 30, 90)), (30, (7,)), (7, ()), (3, ())],
)
def test_nothing_is_offered_that_the_server_would_not_keep(
    server: int, offered: tuple[int, ...], settings: Settings
) -> None:
    settings.MEDIA_RETENTION_DAYS = server
    assert choices() == offered


@pytest.mark.parametrize(
    ("server", "own", "kept"),
    [(0, None, None), (0, 30, 30), (90, None, 90), (90, 30, 30), (90, 365, 90)],
)
def test_the_shorter_time_counts(
    server: int, own: int | None, kept: int | None, settings: Settings
) -> None:
    settings.MEDIA_RETENTION_DAYS = server
    assert days_kept(own) == kept
