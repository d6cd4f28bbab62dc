"""Feature flags, changed here by staff, and the record of model calls, only read."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest
from waffle.admin import FlagAdmin

from metrics_app.models import Call, FeatureFlag


@admin.register(FeatureFlag)
class FeatureFlagAdmin(FlagAdmin):
    """Shows only the fields that `FeatureFlag` honours."""

    list_display = (
        "name",
        "note",
        "everyone",
        "percent",
        "superusers",
        "staff",
        "authenticated",
        "modified",
    )
    ordering = ("name",)
    filter_horizontal = ("groups",)
    readonly_fields = ("created", "modified")
    fields: ClassVar = [
        "name",
        "everyone",
        "users",
        "groups",
        "superusers",
        "staff",
        "authenticated",
        "percent",
        "note",
        "created",
        "modified",
    ]


@admin.register(Call)
class CallAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = (
        "started_at",
        "run_kind",
        "purpose",
        "model",
        "outcome",
        "attempt",
        "tokens_in",
        "tokens_cached",
        "tokens_out",
        "cost_usd",
        "latency_ms",
        "cache_hit",
    )
    list_filter = ("outcome", "purpose", "model", "run_kind", "cache_hit")
    search_fields = ("run_id",)
    date_hierarchy = "started_at"
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Call | None = None) -> bool:
        return False
