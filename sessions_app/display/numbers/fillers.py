"""Fillers and hesitation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from sessions_app.display.numbers import norms
from sessions_app.display.numbers.entry import Places, Way
from sessions_app.display.numbers.ground import Ground
from sessions_app.display.numbers.pace import minutes
from sessions_app.display.text import number
from sessions_app.speech.findings import Decision, Finding, FindingKind, FindingStatus


def ways(ground: Ground) -> Mapping[str, Way]:
    return {
        "fillers-total": Way(tuple(_total(ground)), places=_counted(ground)),
        "fillers-per-minute": Way(
            tuple(_rate(ground)), norms.fillers(), uses=("fillers-total", "speaking-ms")
        ),
        "fillers-possible": _findings(ground, FindingKind.FILLER, status=FindingStatus.POSSIBLE),
        "filler-clusters": _clusters(ground),
        "repetitions": _findings(ground, FindingKind.REPETITION, FindingKind.RESTART),
        "hedges": _findings(ground, FindingKind.HEDGE),
    }


def _total(ground: Ground) -> Iterator[str]:
    metrics = ground.metrics
    if metrics.fillers_total is None:
        return
    named = [f"{entry.label} {number(entry.count)}" for entry in metrics.fillers_by_label]
    if named:
        yield f"{' + '.join(named)} = {number(metrics.fillers_total)}"
    if metrics.filler_sounds is not None and metrics.fillers_total:
        yield _("%(sounds)s sounds, such as “um”, and %(words)s words, such as “like”") % {
            "sounds": number(metrics.filler_sounds),
            "words": number(metrics.fillers_total - metrics.filler_sounds),
        }
    if both := _two_readings(ground):
        yield both
    taken = len(ground.found(FindingKind.FILLER, status=FindingStatus.REJECTED))
    if taken:
        yield _("%(count)s more looked like fillers and were judged to be none") % {
            "count": number(taken)
        }


def _two_readings(ground: Ground) -> str:
    """From what the rules counted to what stands; empty where no AI changed anything, or where
    the speaker did afterwards.
    """
    found = ground.found(FindingKind.FILLER, status=None)
    by = Counter(each.review.decision for each in found if each.review and _counts(each))
    if not by or ground.report.corrections:
        return ""
    counted = ground.metrics.fillers_total or 0
    gained = by[Decision.CONFIRMED] + by[Decision.ADDED]
    return _(
        "%(rule)s by the rules − %(taken)s the AI took away + %(confirmed)s possible ones it "
        "counted + %(added)s it found = %(total)s"
    ) % {
        "rule": number(counted + by[Decision.REJECTED] - gained),
        "taken": number(by[Decision.REJECTED]),
        "confirmed": number(by[Decision.CONFIRMED]),
        "added": number(by[Decision.ADDED]),
        "total": number(counted),
    }


def _counts(finding: Finding) -> bool:
    """Whether it was counted before the review, or is since: only these move the total."""
    before = finding.review.before if finding.review else None
    return FindingStatus.COUNTED in (before, finding.status)


def _rate(ground: Ground) -> Iterator[str]:
    metrics = ground.metrics
    if metrics.fillers_per_minute is not None and metrics.speaking_ms:
        yield _("%(count)s fillers ÷ %(minutes)s of speaking = %(rate)s a minute") % {
            "count": number(metrics.fillers_total),
            "minutes": minutes(metrics.speaking_ms),
            "rate": number(metrics.fillers_per_minute, 1),
        }


def _counted(ground: Ground) -> tuple[Places, ...]:
    if ground.metrics.fillers_total is None:
        return ()
    return ground.of_findings(_("Counted fillers"), ground.found(FindingKind.FILLER))


def _clusters(ground: Ground) -> Way:
    way = _findings(ground, FindingKind.FILLER_CLUSTER)
    shown = way.places if ground.metrics.filler_clusters else ()
    return Way(way.working, norms.clusters(), shown, ("fillers-total",))


def _findings(
    ground: Ground, *kinds: FindingKind, status: FindingStatus = FindingStatus.COUNTED
) -> Way:
    """Counting is all there is to it."""
    found = ground.found(*kinds, status=status)
    return Way(places=ground.of_findings(_("Each of them"), found))
