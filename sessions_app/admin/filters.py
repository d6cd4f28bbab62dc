"""Filters of the list of talks."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sessions_app.display.names import MODES, name_of
from sessions_app.models import PracticeSession
from sessions_app.stages.outputs import Mode


class ModeFilter(admin.SimpleListFilter):
    """By the rung of the ladder that wrote the report shown."""

    title = _("mode of the report")
    parameter_name = "mode"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(mode.value, name_of(MODES, mode)) for mode in Mode]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[PracticeSession]
    ) -> QuerySet[PracticeSession]:
        return queryset.filter(current_run__mode=self.value()) if self.value() else queryset


class DegradedFilter(admin.SimpleListFilter):
    """By whether the run that wrote the report had to step down the ladder."""

    title = _("degraded")
    parameter_name = "degraded"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", gettext("Yes")), ("no", gettext("No"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[PracticeSession]
    ) -> QuerySet[PracticeSession]:
        reported = queryset.filter(current_run__isnull=False)
        if self.value() == "yes":
            return reported.exclude(current_run__steps_down=[])
        return reported.filter(current_run__steps_down=[]) if self.value() == "no" else queryset


class RegeneratedFilter(admin.SimpleListFilter):
    """By whether the coaching shown was written anew after the second reading."""

    title = _("coaching regenerated")
    parameter_name = "regenerated"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("yes", gettext("Yes")),
            ("no", gettext("No")),
            ("unknown", gettext("Nothing to compare")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[PracticeSession]
    ) -> QuerySet[PracticeSession]:
        if self.value() not in _REGENERATED:
            return queryset
        return queryset.filter(
            current_run__isnull=False,
            current_run__coaching_regenerated=_REGENERATED[self.value() or ""],
        )


_REGENERATED = {"yes": True, "no": False, "unknown": None}
