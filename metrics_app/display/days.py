"""Figures from day to day: where they go, and which days stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from metrics_app.analysis import trends
from metrics_app.analysis.anomalies import Anomaly, anomalies
from metrics_app.analysis.trends import Trend, trend
from metrics_app.display.chart import Marks, chart
from metrics_app.display.series import SERIES, Series
from metrics_app.display.text import number
from metrics_app.measures.days import Day

DRAWN = 2
"""Days with a figure from which on there is something to draw."""


@dataclass(frozen=True, slots=True)
class Row:
    """One day in the table of a series. `sample` is how many cases its value rests on, `few` that
    they are too few to judge it.
    """

    date: date
    day: str
    value: str
    sample: str
    few: bool
    stands_out: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One series. `verdict` is "better", "worse", or empty; `unusual` has a line for every day
    that stands out; `held` says what the values are held against, empty for nothing; `basis` what
    they rest on, empty for what is itself a count.
    """

    key: str
    label: str
    newest: Row
    reading: str
    verdict: str
    unusual: tuple[str, ...]
    held: str
    basis: str
    chart: SafeString | None
    rows: tuple[Row, ...]


def cards(days: Sequence[Day]) -> tuple[Card, ...]:
    """Of whole days, oldest first, from the first one with a run; none for a series that no day
    has.
    """
    begun = list(dropwhile(lambda day: not day.runs.runs, days))
    return tuple(card for series in SERIES if (card := _card(series, begun)) is not None)


def _card(series: Series, days: Sequence[Day]) -> Card | None:
    values = [series.of(day) for day in days]
    known = sum(value is not None for value in values)
    if not known:
        return None
    judged = [series.judged(day) for day in days]
    found, off = trend(judged), _outliers(series, days, judged)
    marks = Marks({each.at for each in off}, _unjudged(values, judged))
    rows = [_row(series, day, at, marks) for at, day in enumerate(days) if values[at] is not None]
    return Card(
        key=series.key,
        label=str(series.label),
        newest=rows[-1],
        reading=_reading(series, found),
        verdict=_verdict(series, found),
        unusual=tuple(_unusual(series, days[each.at], each) for each in off),
        held=_held(series),
        basis="" if series.basis is None else str(series.basis.label),
        chart=_drawn(series, days, values, marks, found) if known >= DRAWN else None,
        rows=tuple(reversed(rows)),
    )


def _outliers(
    series: Series, days: Sequence[Day], judged: Sequence[float | None]
) -> tuple[Anomaly, ...]:
    return tuple(
        each
        for each in anomalies(judged, series.least)
        if series.is_of_several(days[each.at], each.value - each.usual)
    )


def _unjudged(values: Sequence[float | None], judged: Sequence[float | None]) -> set[int]:
    return {at for at, value in enumerate(values) if value is not None and judged[at] is None}


def _row(series: Series, day: Day, at: int, marks: Marks) -> Row:
    sample = series.sample(day)
    return Row(
        date=day.date,
        day=_day(day),
        value=series.written(series.of(day)),
        sample="" if sample is None else number(sample),
        few=at in marks.few,
        stands_out=at in marks.off,
    )


def _drawn(
    series: Series,
    days: Sequence[Day],
    values: Sequence[float | None],
    marks: Marks,
    found: Trend | None,
) -> SafeString:
    """With the line of a trend that is clear."""
    line = found if found is not None and found.clear else None
    return chart(series, [day.date for day in days], values, marks, line)


def _day(day: Day) -> str:
    return date_format(day.date, "SHORT_DATE_FORMAT")


def _reading(series: Series, found: Trend | None) -> str:
    if found is None:
        return _too_few(series)
    if found.low == found.high == 0:
        return _("The same every day.")
    figures = {
        "change": series.changed(found.slope),
        "low": _signed(series, found.low),
        "high": _signed(series, found.high),
    }
    if not found.clear:
        return (
            _("No clear change in the last seven days: between %(low)s and %(high)s a day.")
            % figures
        )
    told = (
        _("Up by %(change)s a day in the last seven days (95 %% sure: %(low)s to %(high)s).")
        if found.slope > 0
        else _("Down by %(change)s a day in the last seven days (95 %% sure: %(low)s to %(high)s).")
    )
    return told % figures


def _too_few(series: Series) -> str:
    days = number(trends.FEWEST)
    if series.basis is None:
        return _("No trend yet: it takes %(days)s days.") % {"days": days}
    return _(
        "No trend yet: %(days)s of the last seven days need a sample of at least %(cases)s."
    ) % {"days": days, "cases": number(series.basis.fewest)}


def _signed(series: Series, change: float) -> str:
    sign = "−" if change < 0 else "+"
    return f"{sign}{series.changed(change)}"


def _verdict(series: Series, found: Trend | None) -> str:
    if found is None or not found.clear or not series.higher_is:
        return ""
    if found.slope > 0:
        return series.higher_is
    return "worse" if series.higher_is == "better" else "better"


def _unusual(series: Series, day: Day, anomaly: Anomaly) -> str:
    return _("%(day)s stands out: %(value)s, usually %(usual)s.") % {
        "day": _day(day),
        "value": series.written(anomaly.value),
        "usual": series.written(anomaly.usual),
    }


def _held(series: Series) -> str:
    low, high = series.low, series.high
    if low is None or high is None:
        return ""
    if low == 0:
        return _("up to %(high)s") % {"high": series.written(high)}
    if high == series.top:
        return _("at least %(low)s") % {"low": series.written(low)}
    return _("%(low)s to %(high)s") % {"low": series.written(low), "high": series.written(high)}
