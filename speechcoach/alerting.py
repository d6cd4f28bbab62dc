"""Where notices of alerts go, and the page they lead to."""

from __future__ import annotations

from typing import Final

from metrics_app.alerts import channels
from metrics_app.alerts.delivery import Delivery
from speechcoach.site import full_address

DASHBOARD: Final = "/staff/metrics/"


def delivery() -> Delivery:
    """By every channel that is configured. To be closed."""
    return Delivery(channels.configured(), full_address(DASHBOARD))
