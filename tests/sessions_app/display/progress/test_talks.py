from __future__ import annotations

from dataclasses import replace

import pytest

from accounts_app.models import User
from sessions_app import actions
from sessions_app.display.progress.talks import norm_for, reported
from sessions_app.models import RunMetrics
from sessions_app.speech.norms import COMFORTABLE, pace_norm
from sessions_app.stages.outputs import TextSource
from tests.factories import UserFactory
from tests.sessions_app.attempts import SENTENCES, attempt
from tests.sessions_app.display.progress.talks import talk
from tests.sessions_app.progressing import LONG, talks


@pytest.fixture
def owner(db: None) -> User:
    return UserFactory.create()


def test_the_owners_talks_in_one_language_oldest_first(owner: User) -> None:
    made = talks(owner, [LONG] * 3)
    talks(owner, [LONG], language="de")
    talks(UserFactory.create(), [LONG])
    assert [each.key for each in reported(owner, "en").talks] == [each.pk for each in made]


def test_drafts_are_left_out_and_counted(owner: User) -> None:
    talks(owner, [LONG] * 2, source=TextSource.DRAFT)
    talks(owner, [LONG])
    found = reported(owner, "en")
    assert (len(found.talks), found.drafts, found.outdated) == (1, 2, 0)


def test_talks_measured_by_other_formulas_are_left_out_and_counted(owner: User) -> None:
    talks(owner, [LONG, replace(LONG, formula_version="1")])
    found = reported(owner, "en")
    assert (len(found.talks), found.outdated) == (1, 1)


def test_what_is_left_out_is_counted_for_the_kind_asked_for(owner: User) -> None:
    talks(owner, [LONG], source=TextSource.DRAFT, kind="pitch")
    talks(owner, [LONG], kind="interview")
    found = reported(owner, "en", "interview")
    assert (len(found.talks), found.drafts) == (1, 0)
    assert reported(owner, "en", "pitch").drafts == 1


def test_corrections_are_in_the_figures(owner: User) -> None:
    run = attempt(owner, f"Um, {SENTENCES[0]}", *SENTENCES[1:])
    before = reported(owner, "en").talks[0].metrics.fillers_total
    actions.correct(
        session=run.session, author=owner, kind="not_a_filler", start_word=0, end_word=1
    )
    after = reported(owner, "en").talks[0].metrics.fillers_total
    assert (before, after) == (1, 0)
    assert RunMetrics.objects.get(run=run).fillers_total == 0


def test_pace_is_held_against_a_target_they_share() -> None:
    shared = (talk(target_wpm=150), talk(target_wpm=150))
    mixed = (talk(target_wpm=150), talk())
    assert norm_for(shared) == pace_norm(150)
    assert norm_for(mixed) == COMFORTABLE
    assert norm_for(()) == COMFORTABLE
