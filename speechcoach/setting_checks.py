"""Settings that do not go together, found by `manage.py check` and before every command."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

WEB = ("https://", "http://")


@register
def heartbeat_within_lease(**kwargs: Any) -> list[CheckMessage]:
    """A worker may miss one sign of life and still keep its run."""
    if 0 < settings.HEARTBEAT_SECONDS * 2 <= settings.LEASE_SECONDS:
        return []
    return [
        Error(
            f"HEARTBEAT_SECONDS={settings.HEARTBEAT_SECONDS} does not fit "
            f"LEASE_SECONDS={settings.LEASE_SECONDS}: living workers would lose their talks.",
            hint="Set LEASE_SECONDS to at least twice HEARTBEAT_SECONDS, and both above 0.",
            id="speechcoach.E001",
        )
    ]


@register
def open_to_addresses(**kwargs: Any) -> list[CheckMessage]:
    """A name would be looked up by nobody."""
    wrong = [address for address in settings.METRICS_OPEN_TO if not _is_network(address)]
    return [
        Error(
            f"METRICS_OPEN_TO has {address!r}, which is neither an address nor a network.",
            hint="Write addresses such as 10.0.0.7, or networks such as 10.0.0.0/24.",
            id="speechcoach.E010",
        )
        for address in wrong
    ]


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


@register
def alerts_that_can_be_told(**kwargs: Any) -> list[CheckMessage]:
    """The address of the webhook is not shown: it is the key to it."""
    found: list[CheckMessage] = []
    if settings.ALERT_SECONDS <= 0:
        found.append(
            Error(
                f"ALERT_SECONDS={settings.ALERT_SECONDS} leaves no time between two looks.",
                hint="Set ALERT_SECONDS to 60, or to another number above 0.",
                id="speechcoach.E011",
            )
        )
    if settings.ALERT_WEBHOOK_URL and not settings.ALERT_WEBHOOK_URL.startswith(WEB):
        found.append(
            Error(
                "ALERT_WEBHOOK_URL is no address on the web.",
                hint="It begins with https:// or http://.",
                id="speechcoach.E012",
            )
        )
    return found
