"""A report as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app.coaching.schemas import PlanStep
from sessions_app.display.agreement import agreement_text
from sessions_app.display.caveats import caveat_texts
from sessions_app.display.coaching import CoachingCard, FocusCard, coaching_card
from sessions_app.display.content_review import RemarkLine, ReviewCard, review_card
from sessions_app.display.facts import mode_text
from sessions_app.display.ladder import step_lines
from sessions_app.display.measures import measure_groups
from sessions_app.display.names import KINDS, STAGES, TEXT_SOURCES, TIMINGS, name_of
from sessions_app.display.scores import score_cards
from sessions_app.display.text import MISSING, clock, seconds
from sessions_app.report import Report
from sessions_app.speech.findings import Finding, FindingStatus

WIDTH = 88
LABEL = 26


def plain_text(report: Report) -> str:
    """`report` as its speaker reads it, figures filled into its coaching."""
    sections = (
        _head(report),
        _section(_("Please note"), _caveats(report)),
        _section(_("Scores"), _scores(report)),
        _section(_("Measures"), _measures(report)),
        _section(_("Findings"), _findings(report)),
        _section(_("Coaching"), _coaching(coaching_card(report))),
        _section(_("Content, reviewed by AI"), _review(review_card(report))),
        _section(_("AI"), _ladder(report)),
        _section(_("Processing"), _timings(report)),
    )
    return "\n\n".join("\n".join(section) for section in sections if section)


def _section(title: str, lines: Iterable[str]) -> list[str]:
    body = list(lines)
    return [title, "-" * len(title), *body] if body else []


def _head(report: Report) -> list[str]:
    return [
        report.title,
        "=" * len(report.title),
        _pair(_("Mode"), mode_text(report) or str(MISSING)),
        _pair(_("Words"), name_of(TEXT_SOURCES, report.source)),
        _pair(_("Times of words"), name_of(TIMINGS, report.timing)),
    ]


def _caveats(report: Report) -> Iterator[str]:
    for caveat in caveat_texts(report):
        yield _paragraph(caveat, "! ")


def _scores(report: Report) -> Iterator[str]:
    for card in score_cards(report.scores, report.metrics):
        value = str(MISSING) if card.value is None else f"{card.value:3} {card.band_name}"
        yield _pair(card.label, value)


def _measures(report: Report) -> Iterator[str]:
    if report.metrics is None:
        return
    for group in measure_groups(report.metrics):
        yield f"{group.title}:"
        for measure in group.measures:
            yield "  " + _pair(measure.label, measure.value)


def _findings(report: Report) -> Iterator[str]:
    for finding in report.findings:
        if finding.status is not FindingStatus.REJECTED:
            yield _finding(finding)


def _finding(finding: Finding) -> str:
    kind = name_of(KINDS, finding.kind)
    if finding.status is FindingStatus.POSSIBLE:
        kind = _("%(kind)s, possibly") % {"kind": kind}
    moment = "–" if finding.start_ms is None else clock(finding.start_ms)
    quoted = textwrap.shorten(finding.text, 60, placeholder=" …")
    text = f"{kind}: “{quoted}” {finding.why} {finding.advice}".rstrip()
    return textwrap.fill(text, WIDTH, initial_indent=f"{moment:>7}  ", subsequent_indent=" " * 9)


def _coaching(card: CoachingCard | None) -> Iterator[str]:
    if card is None:
        return
    yield _paragraph(card.summary)
    for strength in card.strengths:
        yield _paragraph(strength, "+ ")
    for number, area in enumerate(card.focus, start=1):
        yield from _focus(number, area)
    if card.goal:
        goal = f"{card.goal.text} {card.goal.measure}: {card.goal.now} → {card.goal.target}"
        yield _paragraph(goal, _("Goal: "))
    for step in card.plan:
        yield _paragraph(f"{step.text} ({_effort(step)})", "* ")
    if card.acknowledgement:
        yield _paragraph(card.acknowledgement)


def _focus(number: int, area: FocusCard) -> Iterator[str]:
    yield f"{number}. {area.title}"
    yield _paragraph(area.what, "   ")
    for moment in area.moments:
        yield _paragraph(f"“{moment.quote}”", f"{moment.clock or '–':>7}  ")
    yield _paragraph(area.why, "   ")
    yield _paragraph(f"{area.exercise} ({_minutes(area.minutes)})", "   ")


def _review(card: ReviewCard | None) -> Iterator[str]:
    if card is None:
        return
    yield from _remark(_("Main message: "), card.main_message)
    yield from _remark(_("Structure: "), card.structure)
    for strength in card.strengths:
        yield from _remark("+ ", strength)
    if card.concern:
        yield from _remark("- ", card.concern)


def _remark(lead: str, remark: RemarkLine) -> Iterator[str]:
    yield _paragraph(remark.text, lead)
    for moment in remark.moments:
        yield _paragraph(f"“{moment.quote}”", f"{moment.clock or '–':>7}  ")


def _ladder(report: Report) -> Iterator[str]:
    for step in step_lines(report.steps_down):
        yield _paragraph(f"{step.text} {step.reason.happened} {step.reason.staff}".rstrip(), "! ")
    if report.agreement:
        told = agreement_text(report.agreement, regenerated=report.regenerated, mode=report.mode)
        yield _paragraph(told)


def _effort(step: PlanStep) -> str:
    times = ngettext("%(times)s time a week", "%(times)s times a week", step.times_per_week)
    return f"{_minutes(step.minutes)}, {times % {'times': step.times_per_week}}"


def _minutes(count: int) -> str:
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", count) % {"minutes": count}


def _timings(report: Report) -> Iterator[str]:
    for timing in report.timings:
        yield _pair(name_of(STAGES, timing.stage), seconds(timing.duration_ms), 44)
    yield _pair(_("Together"), seconds(report.processing_time_ms), 44)


def _pair(label: str, value: str, width: int = LABEL) -> str:
    return f"{label:<{width}} {value}"


def _paragraph(text: str, lead: str = "") -> str:
    indent = " " * len(lead)
    return textwrap.fill(text, WIDTH, initial_indent=lead, subsequent_indent=indent)
