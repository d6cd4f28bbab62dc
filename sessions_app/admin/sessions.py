"""Every talk with the state of its latest run."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sessions_app.actions import delete_session
from sessions_app.admin.corrections import CorrectionInline
from sessions_app.admin.costs import calls_of_unknown_cost, cost_cell, cost_of_run
from sessions_app.admin.filters import DegradedFilter, ModeFilter, RegeneratedFilter
from sessions_app.admin.links import link_to_run
from sessions_app.admin.read_only import ReadOnly
from sessions_app.admin.run_actions import (
    cancel,
    release,
    reprocess,
    reprocess_coaching,
    reprocess_sequentially,
)
from sessions_app.display.text import MISSING, number, seconds
from sessions_app.models import PracticeSession, SessionRun


class RunInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = SessionRun
    fk_name = "session"
    fields = ("run", "state", "problem", "mode", "attempts", "queued_at", "total_time")
    readonly_fields = fields
    extra = 0

    @admin.display(description=_("run"))
    def run(self, run: SessionRun) -> str:
        return link_to_run(run)

    @admin.display(description=_("total time"))
    def total_time(self, run: SessionRun) -> str:
        return seconds(run.processing_time_ms)


@admin.register(PracticeSession)
class PracticeSessionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = (
        "title",
        "owner",
        "state",
        "mode",
        "regenerated",
        "total_time",
        "cost",
        "words",
        "language",
        "kind",
        "created_at",
    )
    list_filter = (
        "latest_run__state",
        ModeFilter,
        RegeneratedFilter,
        DegradedFilter,
        "language",
        "kind",
        "created_at",
    )
    list_per_page = 50
    search_fields = ("title", "owner__email")
    show_full_result_count = False
    empty_value_display = MISSING
    view_on_site = False
    actions = (reprocess, reprocess_sequentially, reprocess_coaching, cancel, release)
    inlines = (RunInline, CorrectionInline)
    fields = (
        "title",
        "owner",
        "state",
        "report_shown",
        "language",
        "kind",
        "target_seconds",
        "target_wpm",
        "media_filename",
        "media_bytes",
        "transcript_format",
        "created_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[PracticeSession]:
        talks: QuerySet[PracticeSession] = super().get_queryset(request)
        return (
            talks.select_related("owner", "latest_run", "current_run")
            .defer("transcript_text", "prompt")
            .annotate(
                word_count=F("current_run__metrics__word_count"),
                processing=F("latest_run__finished_at") - F("latest_run__started_at"),
                cost_known=cost_of_run("current_run"),
                cost_unknown=calls_of_unknown_cost("current_run"),
            )
        )

    def has_process_permission(self, request: HttpRequest) -> bool:
        """Who may start and end runs: whoever could change a talk if talks could be changed."""
        return request.user.has_perm("sessions_app.change_practicesession")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("sessions_app.delete_practicesession")

    @admin.display(description=_("state"), ordering="latest_run__state")
    def state(self, talk: PracticeSession) -> str:
        run = talk.latest_run
        return run.get_state_display() if run else str(_("Waiting for the owner to name a speaker"))

    @admin.display(description=_("mode"), ordering="current_run__mode")
    def mode(self, talk: PracticeSession) -> str | None:
        return talk.current_run.mode if talk.current_run else None

    @admin.display(
        description=_("regenerated"), ordering="current_run__coaching_regenerated", boolean=True
    )
    def regenerated(self, talk: PracticeSession) -> bool | None:
        return talk.current_run.coaching_regenerated if talk.current_run else None

    @admin.display(description=_("cost (USD)"), ordering="cost_known")
    def cost(self, talk: PracticeSession) -> str:
        return cost_cell(getattr(talk, "cost_known", None), getattr(talk, "cost_unknown", 0))

    @admin.display(description=_("total time"), ordering="processing")
    def total_time(self, talk: PracticeSession) -> str:
        return seconds(talk.latest_run.processing_time_ms if talk.latest_run else None)

    @admin.display(description=_("words"), ordering="word_count")
    def words(self, talk: PracticeSession) -> str:
        return number(getattr(talk, "word_count", None))

    @admin.display(description=_("report shown"))
    def report_shown(self, talk: PracticeSession) -> str | None:
        return link_to_run(talk.current_run) if talk.current_run else None

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """What the confirmation lists: the talks, not the thousands of rows below them."""
        talks = [str(talk) for talk in objs]
        return talks, {str(PracticeSession._meta.verbose_name_plural): len(talks)}, set(), []

    def delete_model(self, request: HttpRequest, obj: PracticeSession) -> None:
        delete_session(session=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[PracticeSession]) -> None:
        for talk in queryset:
            delete_session(session=talk)
