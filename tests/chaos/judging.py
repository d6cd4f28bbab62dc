"""The claims, held against what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

import numpy as np

from tests.chaos import answers
from tests.chaos.check import Check, at_most
from tests.chaos.evidence import Evidence
from tests.chaos.talks import Report

COMPLETED: Final = "completed"
QUARANTINED: Final = "quarantined"
TERMINAL: Final = {COMPLETED, QUARANTINED, "failed", "cancelled"}
USUAL_SECONDS: Final = 45.0
LONGEST_SECONDS: Final = 90.0
RECOVERY_SECONDS: Final = 60.0


def judge(found: Evidence) -> list[Check]:
    return [*_of_talks(found), *_of_money(found), *_of_time(found), *_of_outages(found)]


def _of_talks(found: Evidence) -> Iterator[Check]:
    reports = [report for talk in found.talks for report in talk.reports]
    yield at_most("talks lost", len(lost(found)), 0)
    yield at_most("rows there twice", sum(report.doubles for report in reports), 0)
    yield at_most("talks with more than one run", sum(len(t.reports) > 1 for t in found.talks), 0)
    yield at_most("runs not ended", sum(report.state not in TERMINAL for report in reports), 0)
    yield at_most("runs quarantined wrongly", len(_quarantined_wrongly(found, reports)), 0)


def lost(found: Evidence) -> list[str]:
    """Uploads that were answered and have no full report: not there, failed, or less than whole."""
    whole = {
        talk.title
        for talk in found.talks
        if talk.is_shown and all(r.state == COMPLETED and not r.degraded for r in talk.reports)
    }
    return [title for title in found.acknowledged if title not in whole]


def _quarantined_wrongly(found: Evidence, reports: Sequence[Report]) -> list[Report]:
    """With fewer deaths than put a run there."""
    deaths = Counter(death.run_id for death in found.deaths)
    condemned = [report for report in reports if report.state == QUARANTINED]
    return [report for report in condemned if deaths[report.run_id] < found.quarantine]


def _of_money(found: Evidence) -> Iterator[Check]:
    again = answers.paid_again(found.answers, found.kills)
    more = sum(times - 1 for times in found.books.heard)
    yield at_most("finished calls paid again, by the server's log", again.finished, 0)
    yield at_most("finished calls paid again, by the books", found.books.paid_again + more, 0)
    flying = answers.in_flight(found.answers, found.kills)
    yield at_most("calls paid again, in flight at a kill", again.in_flight, len(flying))
    paid = sum(each.complete and each.usd > 0 for each in found.answers)
    missing = paid - found.books.paid
    yield Check(
        "paid calls missing in the books",
        str(missing),
        f"0 to {len(flying)}",
        0 <= missing <= len(flying),
    )
    yield _dollars(found, sum((each.usd for each in flying), Decimal(0)))


def _dollars(found: Evidence, flying: Decimal) -> Check:
    """The books may lack what was in flight, and nothing else."""
    missing = found.bill - found.books.usd
    return Check(
        f"US dollars missing in the books, of {found.bill:.4f}",
        f"{missing:.6f}",
        f"0 to {flying:.6f}",
        0 <= missing <= flying,
    )


def _of_time(found: Evidence) -> Iterator[Check]:
    seconds = [death.seconds for death in found.deaths if death.seconds is not None]
    yield at_most("deaths without a restart", len(found.deaths) - len(seconds), 0)
    if seconds:
        usual = float(np.quantile(seconds, 0.95))
        yield at_most("from death to restart, p95", usual, USUAL_SECONDS, " s")
        yield at_most("from death to restart, longest", max(seconds), LONGEST_SECONDS, " s")


def _of_outages(found: Evidence) -> Iterator[Check]:
    for each in found.recoveries:
        name = f"{each.fault}: {each.pending} pending talks worked on again within"
        yield at_most(name, each.seconds, RECOVERY_SECONDS, " s")
