"""How a report was made: mode, steps down, models, cost and times."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from metrics_app.queries import calls_of_run
from sessions_app.display.agreement import agreement_text
from sessions_app.display.calls import CallFacts, call_facts
from sessions_app.display.ladder import StepLine, step_lines
from sessions_app.display.names import MODES, TEXT_SOURCES, TIMINGS, name_of
from sessions_app.display.stage_lines import StageLine, stage_lines
from sessions_app.display.text import seconds
from sessions_app.models import SessionRun
from sessions_app.report import Report
from sessions_app.stages.outputs import Mode, TextSource, Timing


@dataclass(frozen=True, slots=True)
class Facts:
    """`agreement`, `mode` and `windows` are empty where there is nothing to say."""

    mode: str
    steps: tuple[StepLine, ...]
    agreement: str
    windows: str
    source: str
    timing: str
    engine: str
    run_number: int
    attempts: int
    processing_time: str
    stages: tuple[StageLine, ...]
    calls: CallFacts | None


def facts_of(run: SessionRun, report: Report) -> Facts:
    return Facts(
        mode=mode_text(report),
        steps=step_lines(report.steps_down),
        agreement=_agreement(report),
        windows=_windows(report),
        source=name_of(TEXT_SOURCES, report.source),
        timing=name_of(TIMINGS, report.timing),
        engine=_engine(report),
        run_number=run.number,
        attempts=run.attempts,
        processing_time=seconds(report.processing_time_ms),
        stages=stage_lines(run, report.timings),
        calls=call_facts(calls_of_run(run.pk)),
    )


def _engine(report: Report) -> str:
    """Empty where none was needed for the times: there are none, or the transcript has them."""
    own = report.source == TextSource.OWN and report.timing == Timing.CUES
    return "" if own or report.timing == Timing.NONE else report.engine


def mode_text(report: Report) -> str:
    """Empty before the mode is known."""
    if report.mode == Mode.SEQUENTIAL and not _read_again(report):
        return _("Words read by rules, coaching by AI")
    return name_of(MODES, report.mode) if report.mode else ""


def coaching_source(report: Report, model: str) -> str:
    """Who wrote the coaching, and from what; `model` is empty where it is not known."""
    if report.mode == Mode.RULE_BASED:
        return _("Written by rules from the measures of this talk, without AI.")
    writer = _("AI (%(model)s)") % {"model": model} if model else _("AI")
    if _read_again(report) and (report.mode == Mode.SEQUENTIAL or report.regenerated):
        text = _("Written by %(writer)s from the findings after the AI's second reading.")
    else:
        text = _("Written by %(writer)s from the findings of the rules.")
    return " ".join((text % {"writer": writer}, _("Every figure is filled in from the measures.")))


def _read_again(report: Report) -> bool:
    """Nothing was where new coaching alone was asked for a report made by rules, nor where every
    call was lost.
    """
    return report.windows is not None and report.windows.missing < report.windows.total


def _agreement(report: Report) -> str:
    if report.agreement is None:
        return ""
    return agreement_text(report.agreement, regenerated=report.regenerated, mode=report.mode)


def _windows(report: Report) -> str:
    if report.windows is None:
        return ""
    read = report.windows.total - report.windows.missing
    return _(
        "%(read)s of %(total)s passages; %(dropped)s remarks dropped as unsure, %(lost)s as "
        "pointing at nothing"
    ) % {
        "read": read,
        "total": report.windows.total,
        "dropped": report.windows.unsure,
        "lost": report.windows.unresolved,
    }
