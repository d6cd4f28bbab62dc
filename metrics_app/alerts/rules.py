"""The rules, as data. Where thresholds come from: docs/alerts.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from metrics_app.alerts import explaining, readings
from metrics_app.alerts.readings import Evidence, Reading
from metrics_app.alerts.units import Unit
from metrics_app.models import Severity

DATABASE: Final = "database"
RUN_TIME: Final = "run_time"
WARNING_OF_TARGET: Final = 1.5
CRITICAL_OF_TARGET: Final = 2.5
HOUR: Final = 60
SIX_HOURS: Final = 6 * HOUR
DAY: Final = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Level:
    """`threshold` is in the rule's unit; `None` where there is only broken or not."""

    severity: Severity
    threshold: float | None
    cooldown_minutes: int

    @property
    def cooldown(self) -> timedelta:
        return timedelta(minutes=self.cooldown_minutes)


@dataclass(frozen=True, slots=True)
class Rule:
    """Broken when what is measured over the last `minutes` is beyond a threshold and rests on at
    least `least` cases. `levels` begin with the worst, which hides the others. `explain` says in
    words where to look.
    """

    name: str
    title: str | Promise
    unit: Unit
    minutes: int
    least: int
    levels: tuple[Level, ...]
    measure: Callable[[Evidence], Reading]
    explain: Callable[[Evidence], str] = explaining.nothing
    below: bool = False  # is broken when the value is too small


def is_breached(rule: Rule, level: Level, reading: Reading) -> bool | None:
    """`None` where too little is known. Too few cases cannot show that something is broken; that
    it is not, they can, and so can a time without any.
    """
    if reading.because:
        return True
    if not _is_beyond(rule, level.threshold, reading.value):
        return None if reading.blind else False
    return True if reading.sample >= rule.least else None


def _is_beyond(rule: Rule, threshold: float | None, value: float | None) -> bool:
    if threshold is None or value is None:
        return False
    return value < threshold if rule.below else value > threshold


def rules() -> tuple[Rule, ...]:
    """With the thresholds that are set now."""
    return (*_states(), *_run_times(), *_shares(), *_costs())


def title_of(name: str) -> str:
    """What people call a rule; its name where there is no such rule any more."""
    return next((str(rule.title) for rule in rules() if rule.name == name), name)


def _states() -> Iterator[Rule]:
    for name, title, measure in (
        (DATABASE, _("Database"), readings.database_state),
        ("redis", _("Redis"), readings.redis_state),
    ):
        yield Rule(
            name=name,
            title=title,
            unit=Unit.SECONDS,
            minutes=1,
            least=1,
            levels=(_critical(None, 5),),
            measure=measure,
        )
    yield Rule(
        name="model_api",
        title=_("Failed model calls"),
        unit=Unit.SHARE,
        minutes=15,
        least=10,
        levels=(_critical(0.10, 5),),
        measure=readings.api_errors,
        explain=explaining.failed_calls,
    )
    yield Rule(
        name="oldest_job",
        title=_("Oldest waiting job"),
        unit=Unit.SECONDS,
        minutes=1,
        least=0,
        levels=(_critical(300, 5), _warning(60, 15)),
        measure=readings.oldest_seconds,
        explain=explaining.queues,
    )


def _run_times() -> Iterator[Rule]:
    """A rule for each kind of run that has a target."""
    for kind, target in settings.TARGET_SECONDS.items():
        yield Rule(
            name=f"{RUN_TIME}_{kind}",
            title=format_lazy("{} ({})", _("Processing time, 95th percentile"), kind),
            unit=Unit.SECONDS,
            minutes=HOUR,
            least=20,
            levels=(
                _critical(CRITICAL_OF_TARGET * target, 5),
                _warning(WARNING_OF_TARGET * target, 15),
            ),
            measure=partial(readings.p95_seconds, kind=kind),
            explain=partial(explaining.slowest, kind=kind),
        )


def _shares() -> Iterator[Rule]:
    yield Rule(
        name="error_rate",
        title=_("Failed runs"),
        unit=Unit.SHARE,
        minutes=HOUR,
        least=20,
        levels=(_critical(0.10, 5), _warning(0.05, 10)),
        measure=readings.run_errors,
        explain=explaining.failed_runs,
    )
    yield Rule(
        name="cache_hits",
        title=_("Cache hit rate"),
        unit=Unit.SHARE,
        minutes=HOUR,
        least=20,
        levels=(_warning(0.60, 30),),
        measure=readings.hit_share,
        below=True,
    )
    yield Rule(
        name="regeneration",
        title=_("Regeneration rate"),
        unit=Unit.SHARE,
        minutes=SIX_HOURS,
        least=20,
        levels=(_warning(0.50, 60),),
        measure=readings.regenerated_share,
    )
    yield Rule(
        name="parallel",
        title=_("Parallel success rate"),
        unit=Unit.SHARE,
        minutes=DAY,
        least=100,  # of fewer, a single one that fell back would be too many
        levels=(_warning(0.99, 30),),
        measure=readings.parallel_share,
        explain=explaining.modes,
        below=True,
    )


def _costs() -> Iterator[Rule]:
    hourly = (
        _critical(settings.ALERT_HOURLY_CRITICAL_USD, 30),
        _warning(settings.ALERT_HOURLY_USD, 60),
    )
    yield Rule(
        name="hourly_cost",
        title=_("Cost of the last hour"),
        unit=Unit.USD,
        minutes=HOUR,
        least=0,
        levels=_set(*hourly),
        measure=readings.spent_usd,
        explain=explaining.dearest,
    )
    yield Rule(
        name="daily_cost",
        title=_("Projected cost of a day"),
        unit=Unit.USD,
        minutes=SIX_HOURS,
        least=0,
        levels=_set(_warning(settings.ALERT_DAILY_USD, 120)),
        measure=readings.projected_usd,
        explain=explaining.dearest,
    )


def _set(*levels: Level) -> tuple[Level, ...]:
    return tuple(level for level in levels if level.threshold)


def _warning(threshold: float | None, cooldown_minutes: int) -> Level:
    return Level(Severity.WARNING, threshold, cooldown_minutes)


def _critical(threshold: float | None, cooldown_minutes: int) -> Level:
    return Level(Severity.CRITICAL, threshold, cooldown_minutes)
