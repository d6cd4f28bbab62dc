"""The hybrid and a server that fails in places: what is asked again, what is lost, what is paid."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from ai.client import Client
from ai.errors import Outcome
from ai.ledger import Subject
from ai.memory import MemoryBooks
from ai.retry import MAX_USELESS
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.ladder import Climb, Level, Refined, climb
from sessions_app.speech.findings import FindingKind
from tests.ai.clients import MODELS, config_for
from tests.sessions_app.coaching.model import an_assignment
from tests.simulator import Simulator

AGREED = an_assignment(analysis_model=MODELS.analysis, coaching_model=MODELS.coaching)
DISPUTED = an_assignment(
    "We walked far, yada, and, um, it was quiet there by the river. " * 30,
    analysis_model=MODELS.analysis,
    coaching_model=MODELS.coaching,
)
"""The server takes "yada" for a filler, and the rules do not."""
LOST = ["length"] * MAX_USELESS


class Hybrid:
    """Climbs with a real client, and keeps its books."""

    def __init__(self, simulator: Simulator, redis_url: str) -> None:
        self._config = config_for(simulator.url, redis_url)
        self._simulator = simulator
        self.books = MemoryBooks()

    def climb(self, assignment: Assignment = AGREED) -> Climb:
        async def work() -> Climb:
            async with Client(self._config, Subject(1, "session"), self.books) as client:
                return await climb(assignment, client, in_parallel=True)

        return asyncio.run(work())

    def asked(self) -> Counter[str]:
        return Counter(each.purpose for each in self._simulator.log())

    def outcomes(self, purpose: str) -> list[Outcome]:
        return [each.outcome for each in self.books.records if each.purpose == purpose]


@pytest.fixture
def hybrid(simulator: Simulator, redis_url: str) -> Hybrid:
    return Hybrid(simulator, redis_url)


def held(climbed: Climb) -> Refined:
    assert climbed.refined is not None
    return climbed.refined


@pytest.mark.parametrize("fault", ["length", "wrong_schema", "500", "truncated_json"])
def test_a_window_that_fails_is_asked_again_alone(
    fault: str, hybrid: Hybrid, simulator: Simulator
) -> None:
    simulator.next_faults([fault], "verdicts")
    refined = held(climbed := hybrid.climb())
    assert climbed.falls == ()
    assert (refined.level, refined.windows, refined.missing) == (Level.PARALLEL, 2, 0)
    assert hybrid.asked() == {"verdicts": 3, "review": 1, "coaching": 1}


def test_a_window_always_cut_short_is_lost_alone(hybrid: Hybrid, simulator: Simulator) -> None:
    simulator.next_faults(["length", "ok", *LOST[1:]], "verdicts")
    refined = held(climbed := hybrid.climb())
    assert climbed.falls == ()
    assert (refined.windows, refined.missing) == (2, 1)
    assert hybrid.outcomes("verdicts").count(Outcome.TRUNCATED) == MAX_USELESS
    assert hybrid.asked() == {"verdicts": 1 + MAX_USELESS, "review": 1, "coaching": 1}


def test_the_stretch_of_a_lost_window_is_as_the_rules_found_it(
    hybrid: Hybrid, simulator: Simulator
) -> None:
    simulator.next_faults(["length", "ok", *LOST[1:]], "verdicts")
    refined = held(hybrid.climb(DISPUTED))
    assert refined.read is not None
    found = [each for each in refined.read.findings if each.kind is FindingKind.FILLER]
    by_rules = {each for each in DISPUTED.situation.findings if each.kind is FindingKind.FILLER}
    assert by_rules <= set(found)
    border = DISPUTED.windows[1].first
    added = [each.start_word < border for each in found if each not in by_rules]
    assert added
    assert len(set(added)) == 1


def test_a_review_always_cut_short_is_missing_and_nothing_else(
    hybrid: Hybrid, simulator: Simulator
) -> None:
    simulator.next_faults(LOST, "review")
    refined = held(climbed := hybrid.climb())
    assert climbed.falls == ()
    assert (refined.review, refined.missing) == (None, 0)
    assert hybrid.outcomes("review") == [Outcome.TRUNCATED] * MAX_USELESS


def test_coaching_always_cut_short_is_asked_for_on_the_second_rung(
    hybrid: Hybrid, simulator: Simulator
) -> None:
    simulator.next_faults(LOST, "coaching")
    refined = held(climbed := hybrid.climb())
    assert [fall.failure.reason for fall in climbed.falls] == ["truncated"]
    assert refined.level is Level.SEQUENTIAL
    assert hybrid.asked() == {
        "verdicts": 2,
        "review": 1,
        "coaching": MAX_USELESS,
        "coaching_again": 1,
    }


def test_words_cut_short_everywhere_are_asked_again_below_and_then_left_to_the_rules(
    hybrid: Hybrid, simulator: Simulator
) -> None:
    simulator.next_faults(LOST * 4, "verdicts")
    climbed = hybrid.climb()
    assert climbed.refined is None
    assert [fall.failure.reason for fall in climbed.falls] == ["truncated", "truncated"]
    assert hybrid.asked() == {"verdicts": 4 * MAX_USELESS, "review": 1, "coaching": 1}


def test_a_talk_written_of_twice_is_paid_for_as_the_server_bills_it(
    hybrid: Hybrid, simulator: Simulator
) -> None:
    refined = held(hybrid.climb(DISPUTED))
    assert refined.regenerated
    assert hybrid.asked() == {"verdicts": 2, "review": 1, "coaching": 1, "coaching_again": 1}
    costs = [each.cost_usd for each in hybrid.books.records]
    assert sum(cost for cost in costs if cost is not None) == simulator.bill().total


def test_a_first_coaching_left_behind_stands_in_the_books(
    hybrid: Hybrid, simulator: Simulator
) -> None:
    simulator.next_faults(["stall"], "coaching")
    refined = held(climbed := hybrid.climb(DISPUTED))
    assert climbed.falls == ()
    assert refined.regenerated
    (left,) = [each for each in hybrid.books.records if each.purpose == "coaching"]
    assert (left.outcome, left.cost_usd) == (Outcome.CANCELLED, None)
    known = [each.cost_usd for each in hybrid.books.records if each.cost_usd is not None]
    assert sum(known) == simulator.bill().total


def test_the_next_talk_finds_the_instructions_in_the_cache_of_the_server(
    hybrid: Hybrid, simulator: Simulator
) -> None:
    hybrid.climb(AGREED)
    before = len(simulator.log()), len(hybrid.books.records)
    hybrid.climb(DISPUTED)
    asked, records = simulator.log()[before[0] :], hybrid.books.records[before[1] :]
    assert {each.purpose for each in asked} == {"verdicts", "review", "coaching", "coaching_again"}
    assert all(each.tokens_cached >= 1_024 for each in asked)
    assert sorted(each.tokens_cached or 0 for each in records) == sorted(
        each.tokens_cached for each in asked
    )
