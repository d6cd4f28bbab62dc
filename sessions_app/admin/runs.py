"""One run: its stages on a timeline, the calls it made, and where its jobs are."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from sessions_app.admin.ledger import ledger_table
from sessions_app.admin.links import links_to_queue
from sessions_app.admin.read_only import ReadOnly
from sessions_app.checkpoints import steps_down_of
from sessions_app.display.agreement import agreement_of, agreement_text
from sessions_app.display.ladder import StepLine, step_lines
from sessions_app.display.text import seconds
from sessions_app.model_access import variants_of
from sessions_app.models import RunStage, SessionRun


class StageInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = RunStage
    verbose_name_plural = _("timeline")
    fields = ("stage", "state", "attempt", "started_at", "after", "duration")
    readonly_fields = fields
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[RunStage]:
        return super().get_queryset(request).defer("output")

    @admin.display(description=_("after the run's start"))
    def after(self, stage: RunStage) -> str:
        begun = stage.run.started_at
        return seconds(round((stage.started_at - begun).total_seconds() * 1000) if begun else None)

    @admin.display(description=_("duration"))
    def duration(self, stage: RunStage) -> str:
        return seconds(stage.duration_ms)


@admin.register(SessionRun)
class SessionRunAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = (
        "session",
        "number",
        "state",
        "problem",
        "mode",
        "coaching_regenerated",
        "attempts",
        "deaths",
        "total_time",
        "queued_at",
    )
    list_filter = ("state", "mode", "coaching_regenerated", "queue", "queued_at")
    list_per_page = 50
    list_select_related = ("session",)
    search_fields = ("session__title", "session__owner__email", "problem")
    show_full_result_count = False
    empty_value_display = _("not available")
    ordering = ("-queued_at",)
    inlines = (StageInline,)
    fieldsets: ClassVar = [
        (None, {"fields": ("session", "number", "from_stage", "state", "total_time")}),
        (
            _("AI"),
            {"fields": ("mode", "wanted_mode", "coaching_only", "flags", "steps", "coaching_said")},
        ),
        (_("Waiting"), {"fields": ("waiting_reason", "waiting_since", "next_try_at")}),
        (_("Problem"), {"fields": ("problem", "problem_detail")}),
        (_("Worker"), {"fields": ("jobs", "worker", "attempts", "deaths", "cancel_requested")}),
        (_("Dates"), {"fields": ("queued_at", "started_at", "finished_at")}),
        (_("Model calls"), {"fields": ("model_calls",)}),
    ]

    class Media:
        css: ClassVar = {"all": ("css/admin.css",)}

    @admin.display(description=_("total time"))
    def total_time(self, run: SessionRun) -> str:
        return seconds(run.processing_time_ms)

    @admin.display(description=_("flags"))
    def flags(self, run: SessionRun) -> str | Promise:
        """As they were when the run began."""
        if (variants := variants_of(run)) is None:
            return _("none")
        return ", ".join(f"{name}: {_('on') if on else _('off')}" for name, on in variants.items())

    @admin.display(description=_("steps down"))
    def steps(self, run: SessionRun) -> str | Promise:
        lines = step_lines(steps_down_of(run))
        if not lines:
            return _("none")
        return format_html_join(mark_safe("<br>"), "{}", ((_step(line),) for line in lines))

    @admin.display(description=_("coaching"))
    def coaching_said(self, run: SessionRun) -> str | Promise:
        """Both counts, their difference and the decision."""
        if (agreement := agreement_of(run)) is None:
            return _("nothing was compared")
        regenerated = run.coaching_regenerated is True
        return agreement_text(agreement, regenerated=regenerated, mode=run.mode)

    @admin.display(description=_("jobs"))
    def jobs(self, run: SessionRun) -> str:
        return links_to_queue(run.queue)

    @admin.display(description=_("calls"))
    def model_calls(self, run: SessionRun) -> str:
        return ledger_table(run)


def _step(line: StepLine) -> str:
    """What happened and what whoever runs the server can do, and what the server said."""
    detail = f" [{line.detail}]" if line.detail else ""
    return f"{line.text} {line.reason.happened} {line.reason.staff}".rstrip() + detail
