"""Feature flags, changed here by staff."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from waffle.admin import FlagAdmin

from metrics_app.models import FeatureFlag


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
