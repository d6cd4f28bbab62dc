"""The books of runs, model calls and corrections, only read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from metrics_app.models import (
    EVERYBODY,
    Call,
    CorrectionEvent,
    HourlyCalls,
    HourlyRuns,
    KeptAnswer,
    Run,
    Spending,
    StageTiming,
)


class ReadOnly:
    """What the books say can be looked at, and changed by nobody."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    show_full_result_count = False


class StageTimingInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = StageTiming
    fields = ("stage", "state", "duration_ms")
    ordering = ("id",)


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = (
        "finished_at",
        "kind",
        "queue",
        "mode",
        "outcome",
        "problem",
        "degraded",
        "regenerated",
        "agreement_difference",
        "waited_ms",
        "total_ms",
    )
    list_filter = ("kind", "outcome", "mode", "queue", "degraded", "regenerated")
    search_fields = ("run_id",)
    date_hierarchy = "finished_at"
    empty_value_display = _("not available")
    inlines = (StageTimingInline,)


@admin.register(StageTiming)
class StageTimingAdmin(ReadOnlyAdmin):
    list_display = ("stage", "state", "duration_ms", "run")
    list_filter = ("stage", "state")
    list_select_related = ("run",)
    ordering = ("-id",)
    empty_value_display = _("not available")


@admin.register(HourlyRuns)
class HourlyRunsAdmin(ReadOnlyAdmin):
    list_display = (
        "hour",
        "kind",
        "queue",
        "mode",
        "outcome",
        "runs",
        "degraded",
        "checked",
        "regenerated",
        "total_ms",
    )
    list_filter = ("kind", "outcome", "mode", "queue")
    date_hierarchy = "hour"


@admin.register(HourlyCalls)
class HourlyCallsAdmin(ReadOnlyAdmin):
    list_display = (
        "hour",
        "run_kind",
        "purpose",
        "model",
        "outcome",
        "cache_hit",
        "calls",
        "could_hit",
        "unpriced",
        "tokens_in",
        "tokens_cached",
        "tokens_out",
        "cost_usd",
        "latency_ms",
    )
    list_filter = ("purpose", "model", "outcome", "run_kind", "cache_hit")
    date_hierarchy = "hour"


@admin.register(Call)
class CallAdmin(ReadOnlyAdmin):
    list_display = (
        "started_at",
        "run_kind",
        "purpose",
        "model",
        "outcome",
        "detail",
        "attempt",
        "tokens_in",
        "tokens_cached",
        "tokens_out",
        "audio_ms",
        "cost_usd",
        "latency_ms",
        "cache_hit",
        "could_hit",
    )
    list_filter = ("outcome", "purpose", "model", "run_kind", "cache_hit")
    search_fields = ("run_id",)
    date_hierarchy = "started_at"
    empty_value_display = _("not available")


@admin.register(CorrectionEvent)
class CorrectionEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "made", "kind", "source", "label", "language")
    list_filter = ("made", "kind", "source", "language")
    search_fields = ("run_id",)
    date_hierarchy = "at"


@admin.register(KeptAnswer)
class KeptAnswerAdmin(ReadOnlyAdmin):
    """Without the answer itself: it speaks of a person's talk."""

    list_display = ("key", "owner_id", "about", "expires_at")
    search_fields = ("about",)
    ordering = ("-expires_at",)
    exclude = ("answer",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[KeptAnswer]:
        return super().get_queryset(request).defer("answer")


@admin.register(Spending)
class SpendingAdmin(ReadOnlyAdmin):
    list_display = ("day", "spender", "usd")
    search_fields = ("owner_id",)
    ordering = ("-day", "owner_id")

    @admin.display(description=_("spender"), ordering="owner_id")
    def spender(self, row: Spending) -> str:
        return str(_("all together")) if row.owner_id == EVERYBODY else str(row.owner_id)
