"""Length and pace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean, pstdev

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app.display.numbers import norms
from sessions_app.display.numbers.entry import Place, Places, Way
from sessions_app.display.numbers.ground import PLACED, Ground, listed
from sessions_app.display.text import clock, number
from sessions_app.speech.gaps import joined, turn_regions, word_regions
from sessions_app.speech.tracks import Region

_MS_PER_MINUTE = 60_000


def minutes(ms: int) -> str:
    """To three decimals: no coarser than the times of words."""
    return _("%(minutes)s min") % {"minutes": number(ms / _MS_PER_MINUTE, 3)}


def ways(ground: Ground) -> Mapping[str, Way]:
    return {
        "duration-ms": Way(tuple(_duration(ground))),
        "speaking-ms": _speaking(ground),
        "wpm": _pace(ground),
        "wpm-total": Way(tuple(_pace_overall(ground)), uses=("word-count",)),
        "pace-variation": _variation(ground),
    }


def timed_words(ground: Ground) -> int:
    """The words that count towards pace."""
    if ground.material.times not in PLACED:
        return len(ground.words)
    return sum(word.start_ms is not None and word.end_ms is not None for word in ground.words)


def _duration(ground: Ground) -> Iterator[str]:
    length = ground.metrics.duration_ms
    if length is None:
        return
    start = _("the recording") if ground.report.media else _("from your first word to your last")
    yield _("%(what)s: %(ms)s s = %(clock)s") % {
        "what": start,
        "ms": number(length / 1000, 3),
        "clock": clock(length),
    }


def _stretches(ground: Ground) -> tuple[Region, ...]:
    """The parts that speaking time is made of."""
    if ground.material.times in PLACED:
        return word_regions(ground.words)
    return joined(ground.material.speech_regions)


def _speaking(ground: Ground) -> Way:
    if ground.metrics.speaking_ms is None:
        return Way(norm=norms.speaking_time())
    parts = _stretches(ground)
    total = ngettext(
        "%(count)s stretch of speaking: %(seconds)s s = %(minutes)s",
        "%(count)s stretches of speaking, together %(seconds)s s = %(minutes)s",
        len(parts),
    ) % {
        "count": number(len(parts)),
        "seconds": number(ground.metrics.speaking_ms / 1000, 3),
        "minutes": minutes(ground.metrics.speaking_ms),
    }
    return Way((total,), norms.speaking_time(), _as_places(ground, _("Stretches"), parts))


def _as_places(ground: Ground, title: str, parts: Sequence[Region]) -> tuple[Places, ...]:
    """Each with the words that begin in it, as far as words have times."""
    return listed(
        title,
        (
            place
            for part in parts
            if (place := inside(ground, part.start_ms, part.end_ms, _length(part))) is not None
        ),
    )


def _length(part: Region) -> str:
    return _("%(seconds)s s") % {"seconds": number((part.end_ms - part.start_ms) / 1000, 1)}


def inside(ground: Ground, start_ms: int, end_ms: int, note: str) -> Place | None:
    """The words that begin in a stretch of time."""
    words = [
        at
        for at, word in enumerate(ground.words)
        if word.start_ms is not None and start_ms <= word.start_ms < end_ms
    ]
    return ground.place(words[0], words[-1] + 1, note) if words else None


def _pace(ground: Ground) -> Way:
    norm = norms.pace(ground.norm)
    metrics = ground.metrics
    if metrics.wpm is None or metrics.speaking_ms is None:
        return Way(norm=norm)
    line = _divided(timed_words(ground), metrics.speaking_ms, metrics.wpm)
    uses = ("word-count", "speaking-ms")
    return Way((*_untimed(ground), line), norm, _windows(ground), uses)


def _pace_overall(ground: Ground) -> Iterator[str]:
    metrics = ground.metrics
    total = _total_ms(ground)
    if metrics.wpm_total is not None and total:
        yield from _untimed(ground)
        yield _divided(timed_words(ground), total, metrics.wpm_total)


def _total_ms(ground: Ground) -> int:
    if ground.material.times in PLACED:
        return sum(each.end_ms - each.start_ms for each in turn_regions(ground.words))
    regions = ground.material.speech_regions
    return regions[-1].end_ms - regions[0].start_ms if regions else 0


def _divided(words: int, ms: int, result: float) -> str:
    return _("%(words)s words ÷ %(minutes)s = %(wpm)s words/min") % {
        "words": number(words),
        "minutes": minutes(ms),
        "wpm": number(result),
    }


def _untimed(ground: Ground) -> Iterator[str]:
    lost = len(ground.words) - timed_words(ground)
    if lost:
        yield _("%(all)s words − %(lost)s without a time = %(timed)s words") % {
            "all": number(len(ground.words)),
            "lost": number(lost),
            "timed": number(len(ground.words) - lost),
        }


def _windows(ground: Ground) -> tuple[Places, ...]:
    wpm = _("%(wpm)s words/min")
    places = (
        inside(ground, window.start_ms, window.end_ms, wpm % {"wpm": number(window.wpm)})
        for window in ground.metrics.pace_windows
    )
    return listed(_("Pace along the talk"), (place for place in places if place is not None))


def _variation(ground: Ground) -> Way:
    paces = [window.wpm for window in ground.metrics.pace_windows]
    if ground.metrics.pace_variation is None or not paces:
        return Way()
    line = _(
        "%(count)s stretches: standard deviation %(sd)s ÷ mean %(mean)s words/min = %(share)s %%"
    ) % {
        "count": number(len(paces)),
        "sd": number(pstdev(paces), 1),
        "mean": number(fmean(paces), 1),
        "share": number(ground.metrics.pace_variation * 100),
    }
    return Way((line,), places=_windows(ground))
