"""What to do about the figures, and the figures it rests on.

Each function looks at one thing, and says nothing where there is nothing to do or too little to go
by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ai.errors import Outcome
from metrics_app.analysis.corrected import Corrected
from metrics_app.analysis.targets import (
    ERRORS,
    FEWEST_REGENERATED,
    HITS,
    MOST_REGENERATED,
    PARALLEL,
    SAMPLE,
    TAIL,
)
from metrics_app.display.text import duration, number, share, usd
from metrics_app.measures.calls import CallTotals
from metrics_app.measures.runs import RunTotals
from metrics_app.models import Outcome as Ending
from metrics_app.spread import Spread

_REASONS = 3
_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Advice:
    """`key` names what was looked at. The text cites the main figures, `figures` has all."""

    key: str
    text: str
    figures: tuple[Figure, ...]


def regeneration(runs: RunTotals, corrected: Sequence[Corrected]) -> Advice | None:
    """Too often, and rules over-count or the two readings differ; too seldom, and the check lets
    pass what it should not.
    """
    rate = runs.regeneration_rate
    if rate is None or runs.checked < SAMPLE or FEWEST_REGENERATED <= rate <= MOST_REGENERATED:
        return None
    found = {"rate": share(rate), "runs": number(runs.checked)}
    figures = [
        Figure(_("Checked reports"), number(runs.checked)),
        Figure(_("Regenerated"), number(runs.regenerated)),
        Figure(_("Mean difference between rules and model"), share(runs.difference, 1)),
        *(_over_counted(each) for each in corrected),
    ]
    return Advice("regeneration", _regenerated(rate, found, corrected), tuple(figures))


def _over_counted(each: Corrected) -> Figure:
    told = {"label": each.label, "language": each.language}
    return Figure(_("“%(label)s” (%(language)s) marked as not a filler") % told, number(each.times))


def _regenerated(rate: float, found: Mapping[str, str], corrected: Sequence[Corrected]) -> str:
    told = _("Coaching was regenerated for %(rate)s of %(runs)s checked reports.") % found
    if rate < FEWEST_REGENERATED:
        return f"{told} {_('That is less than expected: see whether the check is too lenient.')}"
    return f"{told} {_over_counting(corrected[0]) if corrected else _undecided()}"


def _over_counting(most: Corrected) -> str:
    return ngettext(
        "Rules over-count “%(label)s” in %(language)s: speakers marked it as not a filler "
        "%(times)s time. Let that rule ask for more evidence.",
        "Rules over-count “%(label)s” in %(language)s: speakers marked it as not a filler "
        "%(times)s times. Let that rule ask for more evidence.",
        most.times,
    ) % {"label": most.label, "language": most.language, "times": number(most.times)}


def _undecided() -> str:
    return _(
        "Speakers’ corrections point to no single rule: compare what rules and model count in "
        "some of these reports."
    )


def slowness(
    durations: Spread,
    target_seconds: float | None,
    stages: Mapping[str, Spread],
    models: Mapping[str, Spread],
) -> Advice | None:
    """The stage and the model with the longest p95, where the p95 of runs is over its limit."""
    if target_seconds is None or durations.p95 is None or durations.count < SAMPLE:
        return None
    limit = target_seconds * TAIL * 1000
    if durations.p95 <= limit:
        return None
    figures = [
        Figure(_("95 % of the runs within"), duration(durations.p95)),
        Figure(_("Limit"), duration(limit)),
        Figure(_("Runs"), number(durations.count)),
    ]
    stage, model = _slowest(stages), _slowest(models)
    figures += [
        Figure(_("%(name)s (p95)") % {"name": name}, duration(spread.p95))
        for name, spread in (each for each in (stage, model) if each is not None)
    ]
    return Advice("slowness", _slow(durations.p95, limit, stage, model), tuple(figures))


def _slowest(spreads: Mapping[str, Spread]) -> tuple[str, Spread] | None:
    known = [each for each in spreads.items() if each[1].p95 is not None]
    return max(known, key=lambda each: each[1].p95 or 0, default=None)


def _slow(
    p95: float, limit: float, stage: tuple[str, Spread] | None, model: tuple[str, Spread] | None
) -> str:
    told = _("One run in twenty takes longer than %(p95)s; it should be %(limit)s at most.") % {
        "p95": duration(p95),
        "limit": duration(limit),
    }
    if stage is not None:
        told += " " + _("The slowest stage is %(name)s, with a p95 of %(p95)s.") % {
            "name": stage[0],
            "p95": duration(stage[1].p95),
        }
    if model is not None:
        told += " " + _("The slowest model is %(name)s, with a p95 of %(p95)s for a call.") % {
            "name": model[0],
            "p95": duration(model[1].p95),
        }
    return told


def failures(runs: RunTotals) -> Advice | None:
    """Cancelled runs are no sample of failures: somebody stopped them before they could fail."""
    ended = runs.runs - runs.by_outcome.get(Ending.CANCELLED, 0)
    if runs.error_rate is None or ended < SAMPLE or runs.error_rate <= ERRORS:
        return None
    text = _(
        "%(rate)s of %(runs)s runs failed, cancelled ones left out; it should be %(most)s at most. "
        "The list of ended runs has the problem of each."
    ) % {"rate": share(runs.error_rate, 1), "runs": number(ended), "most": share(ERRORS)}
    figures = tuple(
        Figure(str(Ending(outcome).label), number(count))
        for outcome, count in sorted(runs.by_outcome.items())
    )
    return Advice("failures", text, figures)


def fallbacks(runs: RunTotals, purposes: Mapping[str, CallTotals]) -> Advice | None:
    """With the most frequent problems of the calls on record, which may be the reason."""
    rate = runs.parallel_rate
    if rate is None or runs.asked_model < SAMPLE or rate >= PARALLEL:
        return None
    reasons = _reasons(purposes.values())
    text = _(
        "Only %(rate)s of %(runs)s runs meant for parallel processing kept to it; it should be "
        "more than %(least)s."
    ) % {"rate": share(rate, 1), "runs": number(runs.asked_model), "least": share(PARALLEL)}
    if reasons:
        named = ", ".join(f"{outcome} ({number(count)})" for outcome, count in reasons)
        text += " " + _("Most frequent problems of recorded calls: %(reasons)s.") % {
            "reasons": named
        }
    figures = (
        Figure(_("Runs meant for parallel processing"), number(runs.asked_model)),
        Figure(_("Of these in parallel"), number(runs.parallel)),
        Figure(_("Recorded calls"), number(_calls(purposes))),
        *(Figure(outcome, number(count)) for outcome, count in reasons),
    )
    return Advice("fallbacks", text, figures)


def _reasons(totals: Iterable[CallTotals]) -> list[tuple[str, int]]:
    outcomes = Counter[str]()
    for each in totals:
        outcomes.update(each.by_outcome)
        outcomes.update(each.held_back)
    for no_reason in (Outcome.OK, Outcome.CANCELLED):
        del outcomes[no_reason]
    return outcomes.most_common(_REASONS)


def cache(purposes: Mapping[str, CallTotals]) -> Advice | None:
    could_hit = sum(each.could_hit for each in purposes.values())
    hits = sum(each.hits for each in purposes.values())
    if could_hit < SAMPLE or hits / could_hit >= HITS:
        return None
    text = _(
        "Only %(rate)s of %(could)s repeated questions were answered from the cache; it should be "
        "%(least)s at least. See whether the flag answer_cache is on, and for whom."
    ) % {"could": number(could_hit), "rate": share(hits / could_hit), "least": share(HITS)}
    figures = (
        Figure(_("Repeated questions"), number(could_hit)),
        Figure(_("Answered from the cache"), number(hits)),
    )
    return Advice("cache", text, figures)


def spending(
    minutes: float, daily_limit: Decimal | None, purposes: Mapping[str, CallTotals]
) -> Advice | None:
    """Where a day, at the rate of these `minutes`, comes to more than it should; with what costs
    most.
    """
    spent = sum((each.usd for each in purposes.values()), Decimal(0))
    day = spent * _DAY_MINUTES / Decimal(minutes)
    if daily_limit is None or day <= daily_limit or _calls(purposes) < SAMPLE:
        return None
    text = _("A day costs %(projected)s at this rate; it should be %(limit)s at most.") % {
        "projected": usd(day),
        "limit": usd(daily_limit),
    }
    dearest = max(purposes.items(), key=lambda each: each[1].usd)
    text += " " + _("Most of it is spent on %(purpose)s: %(usd)s of %(all)s.") % {
        "purpose": dearest[0],
        "usd": usd(dearest[1].usd),
        "all": usd(spent),
    }
    figures = (
        Figure(pgettext("money", "Spent"), usd(spent)),
        Figure(_("A day at this rate"), usd(day)),
        Figure(_("A month at this rate"), usd(day * 30)),
        Figure(
            _("Calls without a known price"),
            number(sum(each.unpriced for each in purposes.values())),
        ),
    )
    return Advice("spending", text, figures)


def _calls(purposes: Mapping[str, CallTotals]) -> int:
    return sum(each.calls for each in purposes.values())
