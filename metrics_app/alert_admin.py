"""Alerts and who was told of them, only read."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from metrics_app.admin import ReadOnly, ReadOnlyAdmin
from metrics_app.alerts.rules import title_of
from metrics_app.models import Alert, AlertDelivery


class AlertDeliveryInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = AlertDelivery
    fields = readonly_fields = ("at", "notice", "channel", "delivered", "detail")


@admin.register(Alert)
class AlertAdmin(ReadOnlyAdmin):
    list_display = ("opened_at", "title", "severity", "closed_at", "value", "threshold", "sample")
    list_filter = ("severity", "rule")
    date_hierarchy = "opened_at"
    inlines = (AlertDeliveryInline,)
    empty_value_display = "–"

    @admin.display(description=_("rule"), ordering="rule")
    def title(self, alert: Alert) -> str:
        return title_of(alert.rule)
