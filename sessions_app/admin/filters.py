"""Filters of the list of talks."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
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
