"""The attempts at one talk beside each other, each as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions_app import codec
from sessions_app.display.comparison import ComparedMeasure, compared, compared_lengths
from sessions_app.display.earlier import Earlier
from sessions_app.models import PracticeSession, RunMetrics
from sessions_app.speech.measures import per_minute
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.scores import Scores
from sessions_app.speech.variation import talks_differ
from sessions_app.stages.outputs import TextSource

_Both = tuple[Metrics, Scores]
_Value = Callable[[_Both], float | None]


@dataclass(frozen=True, slots=True)
class _Compared:
    """`better` is the sign of an improvement. `drafts`: it comes from the sound alone, so that a
    rough draft of the words does it no harm. `length`: it is a length in ms."""

    key: str
    label: Callable[[], str]
    value: _Value
    better: int = 0
    decimals: int = 0
    drafts: bool = False
    length: bool = False

    def same_in(self, one: _Both, other: _Both) -> bool:
        """An overall score is another measure where it is the mean of other scores."""
        return self.key != "score-overall" or one[1].parts == other[1].parts

    def row(self, now: float, before: float) -> ComparedMeasure:
        if self.length:
            return compared_lengths(self.key, self.label(), now, before)
        return compared(
            self.key, self.label(), now, before, better=self.better, decimals=self.decimals
        )


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """`beyond` says whether the change exceeds the speaker's usual variation, `None` where that
    is not known."""

    measure: ComparedMeasure
    beyond: bool | None


@dataclass(frozen=True, slots=True)
class Beside:
    """This attempt beside an `earlier` one, which is `number`; `why_not` where it cannot be."""

    earlier: PracticeSession
    number: int
    first: bool
    rows: tuple[AttemptRow, ...]
    why_not: str


def is_draft(attempt: PracticeSession) -> bool:
    run = attempt.current_run
    return bool(run and run.transcript and run.transcript.source == TextSource.DRAFT)


def beside(
    attempts: Sequence[PracticeSession], at: int, earlier: Sequence[Earlier]
) -> Iterator[Beside]:
    """Attempt number `at`, from 0, beside the first and beside the last before it, once each.

    `earlier` are the speaker's talks before it, for their usual variation. Nothing for the first
    attempt, and before this one has a report.
    """
    now = attempts[at]
    if at == 0 or _stored(now) is None:
        return
    for then in dict.fromkeys((0, at - 1)):
        why_not = why_incomparable(attempts[then], now)
        rows = () if why_not else tuple(_rows(attempts[then], now, earlier))
        yield Beside(attempts[then], then + 1, then == 0, rows, why_not)


def why_incomparable(then: PracticeSession, now: PracticeSession) -> str:
    """Empty where they can be compared."""
    before, after = _stored(then), _stored(now)
    if before is None or after is None:
        return _("There is no report of it yet.")
    if then.language != now.language:
        return _("It is in another language.")
    if before.formula_version != after.formula_version:
        return _("It was measured by other formulas. Process it again to compare.")
    return ""


def _stored(attempt: PracticeSession) -> RunMetrics | None:
    return getattr(attempt.current_run, "metrics", None)


def _rows(
    then: PracticeSession, now: PracticeSession, earlier: Sequence[Earlier]
) -> Iterator[AttemptRow]:
    before, after = _loaded(then), _loaded(now)
    rough = is_draft(then) or is_draft(now)
    usual = [(each.metrics, each.scores) for each in earlier]
    for measure in _MEASURES:
        old, new = measure.value(before), measure.value(after)
        if old is None or new is None or (rough and not measure.drafts):
            continue
        if not measure.same_in(before, after):
            continue
        alike = (each for each in usual if measure.same_in(each, after))
        values = [value for each in alike if (value := measure.value(each)) is not None]
        yield AttemptRow(measure.row(new, old), talks_differ(old, new, values))


def _loaded(attempt: PracticeSession) -> _Both:
    stored = _stored(attempt)
    assert stored is not None
    return codec.load(Metrics, stored.metrics), codec.load(Scores, stored.scores)


def _halting(both: _Both) -> float | None:
    metrics, pauses = both[0], both[0].pauses
    return per_minute(pauses.long + pauses.very_long, metrics.speaking_ms) if pauses else None


_MEASURES = (
    _Compared(
        "score-overall",
        lambda: _("Overall score"),
        lambda both: both[1].overall.value if both[1].overall else None,
        better=1,
    ),
    _Compared("wpm", lambda: _("Pace, words/min"), lambda both: both[0].wpm),
    _Compared(
        "fillers-per-minute",
        lambda: _("Fillers per minute"),
        lambda both: both[0].fillers_per_minute,
        better=-1,
        decimals=1,
    ),
    _Compared("pauses-long", lambda: _("Long pauses per minute"), _halting, better=-1, decimals=1),
    _Compared(
        "pitch-range-semitones",
        lambda: _("Pitch range, semitones"),
        lambda both: both[0].pitch_range_semitones,
        better=1,
        decimals=1,
        drafts=True,
    ),
    _Compared(
        "duration-ms",
        lambda: _("Length"),
        lambda both: both[0].duration_ms,
        drafts=True,
        length=True,
    ),
)
