"""Read in windows or in one call, a talk has the same findings where the answers are the same."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ai.errors import Malformed, Refused
from ai.questions import Deadline, Question
from sessions_app.coaching.answers import Missed, Verdict, WindowVerdicts
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.branches import read_words
from sessions_app.coaching.ladder import Level, climb
from sessions_app.coaching.material import verdicts_data
from sessions_app.coaching.missing import LONGEST
from sessions_app.coaching.readings import Readings
from sessions_app.coaching.verdicts import Reread, candidates
from sessions_app.coaching.windows import MOST_WORDS, Window
from sessions_app.speech.findings import Decision, Finding, FindingKind, FindingStatus
from tests.sessions_app.coaching.made_up import made_up
from tests.sessions_app.coaching.model import Model, an_assignment, missed, verdict, verdicts

PLAIN = [f"walk{chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(300)]
BORDER = 150  # of a talk of 300 words in two windows, where nothing says where a sentence ends


class Reader:
    """Has one opinion of a talk, and tells of it what begins in the stretch that was asked for."""

    def __init__(self, opinion: WindowVerdicts) -> None:
        self.opinion = opinion

    def __call__(self, question: Question[WindowVerdicts]) -> WindowVerdicts:
        data = json.loads(question.data)

        def here(each: Verdict | Missed) -> bool:
            return bool(data["first"] <= each.first <= data["last"])

        return WindowVerdicts(
            rejected=[each for each in self.opinion.rejected if here(each)],
            confirmed=[each for each in self.opinion.confirmed if here(each)],
            missed=[each for each in self.opinion.missed if here(each)],
        )


def read(assignment: Assignment, opinion: WindowVerdicts) -> Reread:
    readings = Readings()
    model = Model(verdicts=Reader(opinion))
    asyncio.run(_read(assignment, model, readings))
    assert model.count("verdicts") == len(assignment.windows) == len(readings.windows)
    return readings.reread(assignment)


async def _read(assignment: Assignment, model: Model, readings: Readings) -> None:
    assert await read_words(assignment, model, readings, Deadline.after(20)) is None


def undivided(assignment: Assignment) -> Assignment:
    return replace(assignment, windowed=False)


def borders(assignment: Assignment) -> list[int]:
    return [window.first for window in assignment.windows[1:]]


def offered(assignment: Assignment) -> list[tuple[int, int]]:
    situation = assignment.situation
    found = candidates(situation.findings, situation.sounds)
    return [(each.start_word, each.end_word - 1) for each in found]


def around(assignment: Assignment) -> Iterator[tuple[int, int]]:
    """Phrases that end before, go across and begin at each border."""
    size = assignment.ground.size
    for border in borders(assignment):
        for start in range(border - 13, border + 3):
            for length in (1, 2, 4, 12):
                if start >= 0 and start + length <= size:
                    yield start, start + length - 1


def opinion_on(assignment: Assignment, seed: int) -> WindowVerdicts:
    """On most candidates something, and phrases that were missed: at the borders, and anywhere."""
    choices = Random(seed)
    sides: tuple[list[Verdict], list[Verdict], list[Verdict]] = ([], [], [])
    for place in offered(assignment):
        choices.choice(sides).append(verdict(*place, sure=choices.choice((0.5, 0.8, 0.9))))
    last = assignment.ground.size - 1
    starts = [choices.randint(0, last) for _ in range(8)]
    places = [*around(assignment), *((at, min(last, at + choices.randint(0, 3))) for at in starts)]
    found = [
        missed(*place, choices.choice([*LONGEST]).value, choices.choice((0.6, 0.9)))
        for place in choices.sample(places, min(len(places), 12))
    ]
    return WindowVerdicts(rejected=sides[0], confirmed=sides[1], missed=found)


SIZES = st.one_of(
    st.integers(1, 3 * MOST_WORDS),
    st.sampled_from([1, 2, *(n * MOST_WORDS + by for n in (1, 2) for by in (-1, 0, 1))]),
)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10_000), size=SIZES, marks=st.booleans())
def test_findings_and_numbers_are_the_same(seed: int, size: int, *, marks: bool) -> None:
    windowed = an_assignment(made_up(seed, size, marks=marks))
    opinion = opinion_on(windowed, seed)
    in_windows, at_once = read(windowed, opinion), read(undivided(windowed), opinion)
    assert in_windows == at_once
    before, after = (windowed.measured(each.findings) for each in (in_windows, at_once))
    assert (before.metrics, before.scores) == (after.metrics, after.scores)
    assert windowed.agreement(in_windows.findings) == windowed.agreement(at_once.findings)


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10_000), size=SIZES, marks=st.booleans())
def test_each_candidate_is_offered_once(seed: int, size: int, *, marks: bool) -> None:
    windowed = an_assignment(made_up(seed, size, marks=marks))
    for assignment in (windowed, undivided(windowed)):
        shown = [
            (each[0], each[1])
            for window in assignment.windows
            for each in json.loads(verdicts_data(assignment, window))["candidates"]
        ]
        assert sorted(shown) == sorted(offered(windowed))


def with_phrase(at: int, phrase: str) -> Assignment:
    """300 words without a sentence's end, `phrase` from word `at` on."""
    said = phrase.split()
    return an_assignment(" ".join([*PLAIN[:at], *said, *PLAIN[at + len(said) :]]))


@pytest.mark.parametrize("label", ["basically,", "you know,", "I mean,"])
@pytest.mark.parametrize("start", range(BORDER - 3, BORDER + 3))
def test_a_candidate_at_a_border_is_judged_once(label: str, start: int) -> None:
    windowed = with_phrase(start, label)
    place = (start, start + len(label.split()) - 1)
    assert offered(windowed) == [place]
    assert len(windowed.windows) == 2
    for assignment in (windowed, undivided(windowed)):
        result = read(assignment, verdicts(rejected=[verdict(*place)]))
        (filler,) = fillers(result)
        assert filler.status is FindingStatus.REJECTED
        assert result.unresolved == 0


@pytest.mark.parametrize("length", [1, 2, 3, 4])
@pytest.mark.parametrize("start", range(BORDER - 5, BORDER + 3))
def test_a_missed_filler_at_a_border_is_found_once(start: int, length: int) -> None:
    windowed = an_assignment(" ".join(PLAIN))
    assert borders(windowed) == [BORDER]
    for assignment in (windowed, undivided(windowed)):
        result = read(assignment, verdicts(missed=[missed(start, start + length - 1)]))
        (filler,) = fillers(result)
        assert (filler.start_word, filler.end_word) == (start, start + length)
        assert filler.review is not None
        assert (filler.review.decision, result.unresolved) == (Decision.ADDED, 0)


def test_of_two_that_overlap_across_a_border_the_first_stands_in_whatever_order() -> None:
    windowed = an_assignment(" ".join(PLAIN))
    both = [missed(BORDER, BORDER + 1), missed(BORDER - 1, BORDER)]
    for assignment in (windowed, undivided(windowed)):
        result = read(assignment, verdicts(missed=both))
        assert [each.start_word for each in fillers(result)] == [BORDER - 1]
        assert result.unresolved == 1


def test_windows_answered_late_change_nothing() -> None:
    windowed = an_assignment(" ".join(PLAIN))
    reader = Reader(verdicts(missed=[missed(BORDER, BORDER + 1), missed(BORDER - 1, BORDER)]))
    readings = Readings()
    asyncio.run(_read(windowed, Model(verdicts=reader), readings))
    later = Readings(windows=dict(reversed(readings.windows.items())))
    assert later.reread(windowed) == readings.reread(windowed)


def test_what_a_window_sees_of_the_next_is_known_to_it() -> None:
    windowed = with_phrase(BORDER + 2, "maybe")
    for window in windowed.windows:
        known = json.loads(verdicts_data(windowed, window))["known"]
        assert [BORDER + 2, BORDER + 2, "hedge"] in known


def fillers(result: Reread) -> list[Finding]:
    return [each for each in result.findings if each.kind is FindingKind.FILLER]


@pytest.mark.parametrize("words", [1, 2, 250, 900])
def test_one_call_judges_and_sees_every_word(words: int) -> None:
    assignment = undivided(an_assignment(made_up(1, words)))
    assert assignment.windows == (Window(0, words - 1, 0, words - 1),)


@pytest.mark.parametrize("error", [Malformed(), Refused()])
@pytest.mark.parametrize("in_parallel", [True, False])
def test_one_call_that_is_lost_leaves_the_rules_findings_and_the_coaching(
    error: Exception, *, in_parallel: bool
) -> None:
    assignment = undivided(an_assignment())
    model = Model(verdicts=error)
    refined = asyncio.run(climb(assignment, model, in_parallel=in_parallel)).refined
    assert refined is not None
    assert (refined.level, refined.windows, refined.missing) == (Level.SEQUENTIAL, 1, 1)
    assert refined.read is not None
    assert refined.read.findings == assignment.situation.findings
    assert refined.agreement is None
    assert refined.review is not None
    assert refined.coaching.summary == "A talk to build on." if in_parallel else "Written again."
    asked = 2 if in_parallel and isinstance(error, Malformed) else 1
    assert model.count("verdicts") == asked


def test_coaching_on_words_nobody_read_is_written_from_the_rules_measures() -> None:
    assignment = undivided(an_assignment(measured=pytest.fail))
    model = Model(verdicts=Malformed())
    assert asyncio.run(climb(assignment, model, in_parallel=False)).refined is not None


def test_a_switched_off_review_is_not_asked_for_on_any_rung() -> None:
    for in_parallel in (True, False):
        model = Model()
        assignment = an_assignment(content_review=False)
        climbed = asyncio.run(climb(assignment, model, in_parallel=in_parallel, patient=True))
        assert climbed.refined is not None
        assert (climbed.refined.review, climbed.falls) == (None, ())
        assert model.count("review") == 0
