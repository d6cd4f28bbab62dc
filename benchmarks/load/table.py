"""What was found, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.load import cores
from benchmarks.load.level import BUSY, FAILED, OK, WRONG, Level
from benchmarks.load.trial import Trial, target
from benchmarks.machine import Machine
from benchmarks.markdown import NOTHING, table

FULL = 0.95
"""Of a core or of all of them: no more is to be had."""
HEADS = (
    "people", "answers a second", "median ms", "p95", "p99", "wanted p95", "told to come back",
    "their p95", "errors", "wrong",
)  # fmt: skip


def as_markdown(found: Trial, processes: int, where: Machine) -> str:
    levels = sorted(found.levels, key=lambda level: level.users)
    rows = [_row(level, f"{level.users}") for level in levels]
    if found.beyond:
        rows.append(_row(found.beyond, f"{found.beyond.users}, twice the capacity"))
    if found.afterwards:
        rows.append(_row(found.afterwards, f"{found.afterwards.users}, right after it"))
    every = [*levels, *filter(None, (found.beyond, found.afterwards))]
    parts = [
        _setting(processes, where),
        table(HEADS, rows),
        table(("cores in use", *cores.PROGRAMS, "what is full"), _cores(every, processes, where)),
        table(("p95 in ms", *_asked(every)), _pages(every)),
        _capacity(found),
    ]
    return "\n\n".join(filter(None, parts))


def _setting(processes: int, where: Machine) -> str:
    shown = "1 process" if processes == 1 else f"{processes} processes"
    return (
        f"{shown} of pages. Everything is on these {where.cores} cores, locust and the simulated "
        f"model included. {where.day}, Python {where.python}, load {where.load_before:.1f} before."
    )


def _row(level: Level, people: str) -> list[str]:
    served = level.served
    times = [served.median, served.p95, served.p99] if served else [None] * 3
    wanted = f"≤ {target(level.users):g}"
    flaw = "" if level.within(target(level.users)) else " (not reached)"
    return [
        people, f"{level.per_second:.1f}", *(_ms(time) for time in times), wanted + flaw,
        str(level.verdicts.get(BUSY, 0)), _ms(level.busy.p95 if level.busy else None),
        str(level.verdicts.get(FAILED, 0)), str(level.verdicts.get(WRONG, 0)),
    ]  # fmt: skip


def _cores(levels: Iterable[Level], processes: int, where: Machine) -> list[list[str]]:
    return [
        [
            str(level.users),
            *(f"{level.cores.get(name, 0.0):.2f}" for name in cores.PROGRAMS),
            what_is_full(level, processes, where.cores),
        ]
        for level in levels
    ]


def what_is_full(level: Level, processes: int, number_of_cores: int) -> str:
    """A process of pages can use one core: Python runs one thread at a time."""
    if level.cores.get(cores.PAGES, 0.0) >= FULL * processes:
        return "the processes of pages"
    if sum(level.cores.values()) >= FULL * number_of_cores:
        most = max(level.cores, key=lambda name: level.cores[name])
        return f"all cores, most of it {most}"
    return "nothing"


def _asked(levels: Iterable[Level]) -> list[str]:
    return sorted({what for level in levels for what in level.pages})


def _pages(levels: list[Level]) -> list[list[str]]:
    return [
        [
            str(level.users),
            *(
                _ms(level.pages[what].p95 if what in level.pages else None)
                for what in _asked(levels)
            ),
        ]
        for level in levels
    ]


def _capacity(found: Trial) -> str:
    best = found.capacity
    if best is None:
        return "" if found.beyond is None else "At no number of people were all served in a second."
    return (
        f"**Capacity:** {best.users} people at once, {best.per_second:.0f} answers a second, "
        f"{best.verdicts[OK]} of them in {best.seconds:.0f} s and none wrong; the next step was "
        "too many."
    )


def _ms(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.0f}"
