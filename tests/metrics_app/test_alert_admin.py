from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from metrics_app.models import Alert, AlertDelivery
from tests.metrics_app.alerts.notices import kept

pytestmark = pytest.mark.django_db


def test_staff_see_alerts_with_who_was_told_and_change_nothing(admin_client: Client) -> None:
    kept()
    AlertDelivery.objects.create(
        alert=Alert.objects.get(),
        notice="opened",
        channel="webhook",
        delivered=False,
        detail="HTTP 500",
    )
    page = admin_client.get(reverse("admin:metrics_app_alert_changelist")).content.decode()
    assert "Failed runs" in page
    url = reverse("admin:metrics_app_alert_change", args=[Alert.objects.get().pk])
    page = admin_client.get(url).content.decode()
    assert "HTTP 500" in page
    assert admin_client.post(url, {"rule": "x"}).status_code == 403
    assert admin_client.get(reverse("admin:metrics_app_alert_add")).status_code == 403
