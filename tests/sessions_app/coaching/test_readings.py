from dataclasses import replace

from sessions_app.coaching.answers import WindowVerdicts
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.failure import Failure
from sessions_app.coaching.readings import Readings
from sessions_app.coaching.situation import Situation
from sessions_app.speech.findings import Finding
from tests.sessions_app.coaching.model import an_assignment, fillers_in, verdict, verdicts


class Measuring:
    """An assignment that counts how often the talk is measured."""

    def __init__(self) -> None:
        talk = an_assignment()
        self._measured = talk.measured
        self.times = 0
        self.assignment: Assignment = replace(talk, measured=self.measure)

    def measure(self, findings: tuple[Finding, ...]) -> Situation:
        self.times += 1
        return self._measured(findings)

    def rejecting_in(self, window: int) -> WindowVerdicts:
        """The first habit phrase of a window is none."""
        stretch = self.assignment.windows[window]
        found = fillers_in(self.assignment, "you know")
        place = next(f for f in found if stretch.holds(f.start_word, f.end_word - 1))
        return verdicts(rejected=[verdict(place.start_word, place.end_word - 1)])


def test_without_any_answer_the_talk_is_as_the_rules_left_it() -> None:
    talk = Measuring()
    assert Readings().situation(talk.assignment) is talk.assignment.situation
    assert talk.times == 0


def test_the_talk_is_measured_once_for_the_same_answers() -> None:
    talk, readings = Measuring(), Readings()
    first, second = talk.assignment.windows
    readings.windows[first] = talk.rejecting_in(0)
    before = readings.situation(talk.assignment)
    assert readings.situation(talk.assignment) is before
    assert talk.times == 1
    readings.windows[second] = talk.rejecting_in(1)
    after = readings.situation(talk.assignment)
    assert talk.times == 2
    assert before.metrics.fillers_total is not None
    assert after.metrics.fillers_total == before.metrics.fillers_total - 1
    assert after.findings == readings.reread(talk.assignment).findings


def test_what_may_still_get_an_answer_is_to_be_asked() -> None:
    talk, readings = Measuring().assignment, Readings()
    first, second = talk.windows
    assert readings.to_ask(talk) == [first, second]
    readings.windows[first] = verdicts()
    readings.lost[second] = Failure("malformed")
    assert readings.to_ask(talk) == [second]
    readings.lost[second] = Failure("refused", final=True)
    assert readings.to_ask(talk) == []


def test_a_part_that_is_away_may_be_had_later() -> None:
    readings = Readings(lost={an_assignment().windows[0]: Failure("malformed")})
    assert readings.away() is None
    readings.review_lost = Failure("unavailable", away=True)
    assert readings.away() == readings.review_lost
