"""Where notices of alerts go, and the page they lead to."""

from __future__ import annotations

from django.urls import reverse

from metrics_app.alerts import channels
from metrics_app.alerts.delivery import Delivery
from speechcoach.site import full_address


def delivery() -> Delivery:
    """By every channel that is configured. To be closed."""
    return Delivery(channels.configured(), full_address(reverse("dashboard")))
