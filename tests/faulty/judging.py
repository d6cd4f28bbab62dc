"""The claims about many talks, held against what was found."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from tests.chaos.check import Check, at_most
from tests.faulty.evidence import Batch
from tests.faulty.manners import paid_again, too_early, too_late
from tests.faulty.trial import Trial
from tests.faulty.truth import lies

TERMINAL = {"completed", "failed"}
FEWEST_FULL = 0.97
MOST_CALLS = 1.3
CENT = Decimal("0.005")  # US dollars, rounded away


def judge(found: Trial) -> list[Check]:
    batch = found.batch
    late = too_late(batch.log, batch.given_up)
    return [
        *_of_talks(batch),
        *_of_reports(batch),
        *_of_calls(found),
        *_of_money(batch, late),
    ]


def untold(batch: Batch) -> dict[str, list[str]]:
    """By title what a report says that did not happen."""
    said = {title: lies(told, batch.questions.get(title, ())) for title, told in batch.told.items()}
    return {title: wrong for title, wrong in said.items() if wrong}


def _of_talks(batch: Batch) -> Iterator[Check]:
    there = {talk.title for talk in batch.talks}
    reports = [report for talk in batch.talks for report in talk.reports]
    doubled = sum(report.doubles for report in reports)
    doubled += len(batch.talks) - len(there) + len(reports) - len(batch.talks)
    yield at_most("talks lost", len(set(batch.titles) - there), 0)
    yield at_most("talks, runs or rows there twice", doubled, 0)
    yield at_most("runs not ended", sum(r.state not in TERMINAL for r in reports), 0)


def _of_reports(batch: Batch) -> Iterator[Check]:
    yield at_most("reports that say what did not happen", len(untold(batch)), 0)
    full = sum(told.is_full for told in batch.told.values()) / len(batch.told)
    yield Check("full reports", f"{full:.2%}", f"≥ {FEWEST_FULL:.0%}", full >= FEWEST_FULL)


def _of_calls(found: Trial) -> Iterator[Check]:
    share = len(found.batch.log) / found.calls
    name = f"calls, beside {found.calls} without faults"
    yield Check(name, f"{share:.3f} ×", f"≤ {MOST_CALLS} ×", share <= MOST_CALLS)
    again, others = (len(too_early(found.batch.log, same=same)) for same in (True, False))
    yield at_most("sent again before its Retry-After was over", again, 0)
    yield at_most("sent by others before it was over", others, 0)


def _of_money(batch: Batch, late: int) -> Iterator[Check]:
    """To the cent; what was sent too late only the server knows, and it is asked for again."""
    again = paid_again(batch.log)
    yield at_most("answers of use paid again, unless the first came too late", again, late)
    missing = batch.bill - batch.dollars
    unknown = late * max((asked.cost or Decimal(0) for asked in batch.log), default=Decimal(0))
    yield Check(
        f"US dollars missing in the books, of {batch.bill:.4f}",
        f"{round(missing, 6) + 0:.6f}",
        f"0 to {unknown:.2f}",
        -CENT < missing < unknown + CENT,
    )
