"""This talk beside the earlier ones, and the goal: which figures meet in each line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean, stdev

from django.urls import reverse
from django.utils.translation import gettext as _

from sessions_app.coaching.progress import TRACKED
from sessions_app.display.earlier import Earlier
from sessions_app.display.measures import key_of
from sessions_app.display.metrics import reading_of
from sessions_app.display.numbers.entry import Entry, Norm, Talk, Way
from sessions_app.display.numbers.ground import Ground
from sessions_app.display.text import number
from sessions_app.speech.baseline import (
    MIN_TALKS,
    NOTICEABLE,
    TALKS,
    USUAL_SDS,
    Change,
    change,
    earlier_values,
)


def talks_with(values: Sequence[tuple[Earlier, str]]) -> tuple[Talk, ...]:
    return tuple(
        Talk(each.session.title, reverse("session_numbers", args=[each.session.pk]), value)
        for each, value in values
    )


def change_entries(ground: Ground, earlier: Sequence[Earlier]) -> tuple[Entry, ...]:
    """One to each tracked measure that this talk and an earlier one have."""
    history = [each.metrics for each in reversed(earlier)]
    moved = (change(metric, ground.metrics, history) for metric in TRACKED.values())
    return tuple(_entry(ground, each, earlier) for each in moved if each is not None)


def _entry(ground: Ground, moved: Change, earlier: Sequence[Earlier]) -> Entry:
    name, written = reading_of(moved.metric)
    values = [
        (each, written(float(value)))
        for each in earlier
        if (value := getattr(each.metrics, moved.metric)) is not None
    ]
    return Entry(
        key=f"change-{key_of(moved.metric)}",
        label=_("%(measure)s beside your earlier talks") % {"measure": name},
        value=f"{written(moved.earlier)} → {written(moved.now)}",
        rule=_("The mean of your last talks in this language, %(talks)s at most, beside this one.")
        % {"talks": number(TALKS)},
        way=Way(
            tuple(_lines(ground, moved, earlier)),
            _norm(),
            uses=(key_of(moved.metric),),
            talks=talks_with(values),
        ),
    )


def _lines(ground: Ground, moved: Change, earlier: Sequence[Earlier]) -> Iterator[str]:
    _name, written = reading_of(moved.metric)
    history = [each.metrics for each in reversed(earlier)]
    before = earlier_values(moved.metric, ground.metrics, history)
    yield _("mean of %(values)s = %(mean)s") % {
        "values": ", ".join(written(value) for value in before),
        "mean": written(fmean(before)),
    }
    if moved.usual is None:
        yield _("with fewer than %(fewest)s earlier talks nobody knows your usual variation") % {
            "fewest": number(MIN_TALKS)
        }
        return
    yield _(
        "usual variation: %(sds)s × standard deviation %(sd)s × √(1 + 1/%(talks)s), at least "
        "%(share)s %% of the mean = %(usual)s"
    ) % {
        "sds": number(USUAL_SDS),
        "sd": written(stdev(before)),
        "talks": number(moved.talks),
        "share": number(NOTICEABLE * 100),
        "usual": written(moved.usual),
    }
    verdict = _("beyond it") if moved.beyond_usual else _("within it")
    yield _("%(now)s is %(difference)s away from the mean: %(verdict)s") % {
        "now": written(moved.now),
        "difference": written(abs(moved.now - moved.earlier)),
        "verdict": verdict,
    }


def _norm() -> Norm:
    return Norm(
        _("From %(fewest)s earlier talks on there is a usual variation.")
        % {"fewest": number(MIN_TALKS)},
        _("Our choice; the factor under the root allows for how few talks the mean is taken of."),
    )
