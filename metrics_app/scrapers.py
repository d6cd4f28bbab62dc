"""Who may read `/metrics`: staff, programs with a token, and the machines of `METRICS_OPEN_TO`."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from metrics_app.tokens import user_of

BEARER = "bearer "
MARKS: Final = ("Forwarded", "X-Real-Ip", "Via")
FORWARDED: Final = "X-Forwarded-"  # -For, -Host, -Proto, -Port, -Server …


def may_scrape(request: HttpRequest) -> bool:
    """The machine is asked for first: it needs no database."""
    return is_open_to(request) or _has_token(request) or bool(getattr(request.user, "is_staff", 0))


def is_open_to(request: HttpRequest) -> bool:
    """Never what a proxy passes on: it would come from this machine whoever asked."""
    address = None if _is_passed_on(request) else _address(request.META.get("REMOTE_ADDR", ""))
    return address is not None and any(
        address in ip_network(network, strict=False) for network in settings.METRICS_OPEN_TO
    )


def _is_passed_on(request: HttpRequest) -> bool:
    """Each of these alone is a proxy's mark: some are set up to say the scheme only."""
    names = set(request.headers)
    return not names.isdisjoint(MARKS) or any(name.startswith(FORWARDED) for name in names)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """`None` for a connection without one, such as by a socket file."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "")
    if not given.lower().startswith(BEARER):
        return False
    user = user_of(given[len(BEARER) :])
    return user is not None and user.is_staff
