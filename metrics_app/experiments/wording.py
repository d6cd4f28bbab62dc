"""A comparison in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from metrics_app.display.text import MISSING, duration, number, share, usd
from metrics_app.experiments.comparison import Arm, Comparison, Difference, Measure
from metrics_app.experiments.doubts import Doubt
from metrics_app.experiments.means import Mean
from metrics_app.experiments.verdicts import LEAST_PEOPLE, Verdict

Text = str | Promise

TITLES: Final[Mapping[Measure, Text]] = {
    Measure.TIME: gettext_lazy("Processing time, mean"),
    Measure.FAILED: gettext_lazy("Error rate"),
    Measure.REGENERATED: gettext_lazy("Regeneration rate"),
    Measure.COST: gettext_lazy("Cost of a run, mean"),
}
DOUBTS: Final[Mapping[Doubt, Text]] = {
    Doubt.NOT_DRAWN: gettext_lazy(
        "Nobody is drawn at the moment: everyone has the same variant, or listed people have the "
        "flag. Differences may come from when the runs were made, or from whose they are."
    ),
    Doubt.LISTED: gettext_lazy(
        "Some people have the flag not by chance, but because they are listed, in a group, or "
        "staff. They may differ from the others."
    ),
    Doubt.CHANGED: gettext_lazy(
        "The flag was changed during this time, so different people had it before and after."
    ),
    Doubt.BY_HAND: gettext_lazy(
        "Whoever starts a run can choose its mode, and settings of the server can switch this off. "
        "Such runs count as off."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One measure. Without an interval, `difference` says that there is none."""

    key: str
    title: Text
    verdict: str
    clear: bool
    on: str
    off: str
    difference: str


@dataclass(frozen=True, slots=True)
class ArmLine:
    """`median` is empty where no run was completed."""

    runs: int
    people: int
    median: str


def arm_line(arm: Arm) -> ArmLine:
    median = "" if arm.median_ms is None else duration(arm.median_ms)
    return ArmLine(arm.runs, arm.people, median)


def lines(comparison: Comparison) -> tuple[Line, ...]:
    return tuple(_line(difference) for difference in comparison.differences)


def doubts(comparison: Comparison) -> tuple[Text, ...]:
    return tuple(DOUBTS[doubt] for doubt in comparison.doubts)


def _line(difference: Difference) -> Line:
    return Line(
        key=difference.measure,
        title=TITLES[difference.measure],
        verdict=_verdict(difference),
        clear=difference.verdict not in (Verdict.TOO_FEW, Verdict.UNCLEAR),
        on=_side(difference.measure, difference.on),
        off=_side(difference.measure, difference.off),
        difference=_interval(difference),
    )


def _side(measure: Measure, mean: Mean | None) -> str:
    if mean is None:
        return str(MISSING)
    runs = ngettext("%(count)s run", "%(count)s runs", mean.runs) % {"count": number(mean.runs)}
    value = share(mean.value, 1) if measure.is_share else _WRITTEN[measure](mean.value)
    people = ngettext("%(count)s person", "%(count)s people", mean.people)
    people %= {"count": number(mean.people)}
    return _("%(value)s (%(runs)s of %(people)s)") % {
        "value": value,
        "runs": runs,
        "people": people,
    }


def _interval(difference: Difference) -> str:
    interval = difference.interval
    if interval is None:
        return str(MISSING)
    ends = (interval.value, interval.low, interval.high)
    value, low, high = (_signed(difference.measure, end) for end in ends)
    return _("%(value)s (between %(low)s and %(high)s)") % {
        "value": value,
        "low": low,
        "high": high,
    }


def _verdict(difference: Difference) -> str:
    worth = difference.worth_knowing
    match difference.verdict:
        case Verdict.HIGHER:
            return _("Higher with the flag on.")
        case Verdict.LOWER:
            return _("Lower with the flag on.")
        case Verdict.ALIKE if worth is not None:
            text = _("No difference worth knowing: less than %(least)s.")
            return text % {"least": _WRITTEN[difference.measure](worth)}
    return f"{_too_little(difference)} {_needed(difference)}".rstrip()


def _too_little(difference: Difference) -> str:
    if difference.verdict is Verdict.TOO_FEW:
        return _("Not enough data: it takes %(people)s people with each variant.") % {
            "people": number(LEAST_PEOPLE)
        }
    return _("Not enough data: there may or may not be a difference worth knowing.")


def _needed(difference: Difference) -> str:
    worth, runs = difference.worth_knowing, difference.runs_needed
    if worth is None or runs is None:
        return ""
    return _("About %(runs)s runs of each variant would show a difference of %(least)s.") % {
        "runs": number(runs),
        "least": _WRITTEN[difference.measure](worth),
    }


def _signed(measure: Measure, value: float) -> str:
    sign = "−" if value < 0 else "+" if value else ""
    return f"{sign}{_WRITTEN[measure](abs(value))}"


def _points(value: float) -> str:
    """A difference of two shares."""
    return _("%(number)s points") % {"number": number(value * 100, 1)}


def _usd(value: float) -> str:
    return usd(Decimal(str(value)))


_WRITTEN: Final[Mapping[Measure, Callable[[float], str]]] = {
    Measure.TIME: duration,
    Measure.FAILED: _points,
    Measure.REGENERATED: _points,
    Measure.COST: _usd,
}
