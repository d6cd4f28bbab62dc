from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts_app.models import User
from sessions_app import codec
from sessions_app.display.progress.goals import SHOWN, goals, reached
from sessions_app.display.progress.talks import Talk, reported
from sessions_app.models import RunStage, StageState
from sessions_app.stages.outputs import StageName
from tests.factories import UserFactory
from tests.sessions_app.progressing import talks, with_fillers
from tests.sessions_app.samples import REFINEMENT


def of(owner: User) -> list[Talk]:
    return list(reported(owner, "en").talks)


@pytest.fixture
def owner(db: None) -> User:
    return UserFactory.create()


def test_a_goal_that_a_later_talk_reached_is_met(owner: User) -> None:
    first, _second, third = talks(owner, with_fillers(9.0, 6.0, 3.9), coached=True)
    found = goals(of(owner), of(owner)[:1])
    (line,) = found
    assert (line.talk.key, line.before, line.target) == (first.pk, "9.0", "4.0")
    assert line.met is not None
    assert line.met.key == third.pk
    assert line.now == "3.9"


def test_until_then_the_newest_talk_is_shown(owner: User) -> None:
    talks(owner, with_fillers(9.0, 6.0, 5.0), coached=True)
    (line,) = goals(of(owner), of(owner)[:1])
    assert line.met is None
    assert line.now == "5.0"


def test_the_newest_talk_has_no_talk_after_it(owner: User) -> None:
    talks(owner, with_fillers(9.0, 6.0), coached=True)
    newest, before = goals(of(owner), of(owner))
    assert newest.since is None
    assert before.since is not None


def test_only_the_last_goals_are_shown(owner: User) -> None:
    talks(owner, with_fillers(*[9.0] * (SHOWN + 3)), coached=True)
    found = goals(of(owner), of(owner))
    assert [line.talk.title for line in found] == [f"Talk {at}" for at in (8, 7, 6, 5, 4)]


def test_talks_without_coaching_set_no_goal(owner: User) -> None:
    talks(owner, with_fillers(9.0, 6.0))
    assert goals(of(owner), of(owner)) == ()


def test_a_goal_is_that_of_the_talk_as_corrected_like_on_its_report(owner: User) -> None:
    first, second = talks(owner, with_fillers(9.0, 3.9), coached=True)
    goal = REFINEMENT.coaching.goal
    assert goal is not None
    corrected = replace(REFINEMENT.coaching, goal=replace(goal, value=3.0))
    for run, coaching in ((first.current_run, corrected), (second.current_run, None)):
        assert run is not None
        RunStage.objects.create(
            run=run,
            stage=StageName.SCORING,
            state=StageState.DONE,
            started_at=run.session.created_at,
            output={"coaching": codec.dump(coaching) if coaching else None},
        )
    newest, before = goals(of(owner), of(owner))
    assert (before.target, before.met, before.now) == ("3.0", None, "3.9")
    assert newest.target == "4.0"


@pytest.mark.parametrize(
    ("seconds", "met"), [(300, True), (325, True), (275, True), (340, False), (200, False)]
)
def test_a_length_only_has_to_be_close(seconds: int, met: bool) -> None:
    assert reached("duration_ms", 500_000, 300_000, seconds * 1000) is met


@given(st.floats(1, 100), st.floats(1, 100))
def test_a_target_is_reached_by_itself_and_by_what_is_further(before: float, target: float) -> None:
    assert reached("fillers_per_minute", before, target, target)
    further = target - 1 if target < before else target + 1
    assert reached("fillers_per_minute", before, target, further)
