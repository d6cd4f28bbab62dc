"""How long a person may have recordings kept: what they can choose between."""

from __future__ import annotations

from django.conf import settings

DAYS = (7, 30, 90, 365)


def choices() -> tuple[int, ...]:
    """Days, none of them longer than the server keeps recordings."""
    limit: int = settings.MEDIA_RETENTION_DAYS
    return tuple(days for days in DAYS if not limit or days < limit)


def days_kept(own: int | None) -> int | None:
    """Days that recordings are kept for somebody who chose `own`; `None` for ever."""
    bounds = [days for days in (own, settings.MEDIA_RETENTION_DAYS) if days]
    return min(bounds, default=None)
