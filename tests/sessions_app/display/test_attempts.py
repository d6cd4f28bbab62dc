from __future__ import annotations

from dataclasses import replace

import pytest

from accounts_app.models import User
from sessions_app import codec, queries
from sessions_app.display.earlier import Earlier, earlier_of
from sessions_app.display.retake import RetakeCard, is_beside, retake_card
from sessions_app.models import PracticeSession, RunMetrics
from sessions_app.speech.scores import Band, Score, Scores
from sessions_app.stages.outputs import TextSource
from tests.factories import SessionFactory, UserFactory
from tests.sessions_app.attempts import SENTENCES, attempt

pytestmark = pytest.mark.django_db

UMS = tuple(f"Um, {each}" for each in SENTENCES)


@pytest.fixture
def speaker() -> User:
    return UserFactory.create()


def earlier(session: PracticeSession) -> tuple[Earlier, ...]:
    run = session.current_run
    report = queries.report(run) if run else None
    return earlier_of(session, report) if report else ()


def card_of(session: PracticeSession) -> RetakeCard:
    found = retake_card(session, earlier(session))
    assert found is not None
    return found


def test_a_talk_tried_once_has_no_card(speaker: User) -> None:
    session = attempt(speaker).session
    attempt(UserFactory.create())
    assert retake_card(session, ()) is None
    assert not is_beside(None)


def test_the_third_attempt_stands_beside_the_first_and_the_second(speaker: User) -> None:
    first = attempt(speaker, *UMS).session
    second = attempt(speaker, retake_of=first).session
    third = attempt(speaker, retake_of=first, word_ms=250).session
    card = card_of(third)
    assert [each.session for each in card.attempts] == [first, second, third]
    assert [each.shown for each in card.attempts] == [False, False, True]
    assert card.number == 3
    assert [(each.earlier, each.number, each.first) for each in card.beside] == [
        (first, 1, True),
        (second, 2, False),
    ]
    rows = {row.measure.key: row.measure for row in card.beside[0].rows}
    assert (rows["wpm"].before, rows["wpm"].now, rows["wpm"].change) == ("200", "240", "+40")
    assert rows["fillers-per-minute"].verdict == "better"
    assert is_beside(card)


def test_the_second_attempt_has_one_comparison_and_the_first_none(speaker: User) -> None:
    first = attempt(speaker).session
    second = attempt(speaker, retake_of=first).session
    assert [each.number for each in card_of(second).beside] == [1]
    assert card_of(first).beside == ()
    assert not is_beside(card_of(first))


def test_usual_variation_comes_from_earlier_talks_and_is_unknown_with_few(speaker: User) -> None:
    first = attempt(speaker).session
    second = attempt(speaker, retake_of=first, word_ms=200).session
    assert not card_of(second).judged
    for word_ms in (302, 298, 300):
        attempt(speaker, word_ms=word_ms)
    third = attempt(speaker, retake_of=first, word_ms=200).session
    judged = card_of(third)
    assert judged.judged
    talks = [each for each in earlier(third) if each.session.pk != second.pk]
    found = retake_card(third, talks)
    assert found is not None
    beyond = {row.measure.key: row.beyond for row in found.beside[0].rows}
    assert beyond["wpm"] is True
    assert beyond["fillers-per-minute"] is False


def test_beside_a_draft_only_what_comes_from_the_sound_is_compared(speaker: User) -> None:
    first = attempt(speaker, spoken={"source": TextSource.DRAFT}).session
    card = card_of(attempt(speaker, retake_of=first).session)
    assert card.draft
    assert [row.measure.key for row in card.beside[0].rows] == ["duration-ms"]
    length = card.beside[0].rows[0].measure
    assert (length.label, length.now, length.change) == ("Length", "0:03", "same")


def test_overall_scores_are_compared_only_where_they_are_means_of_the_same(speaker: User) -> None:
    first = attempt(speaker).session
    second = attempt(speaker, retake_of=first).session
    there = Score(80, Band.STRONG)
    scores = Scores(there, there, there, None, None, there)
    for session, stored in ((first, scores), (second, replace(scores, structure=there))):
        RunMetrics.objects.filter(run__session=session).update(scores=codec.dump(stored))

    def keys(session: PracticeSession) -> list[str]:
        again = PracticeSession.objects.get(pk=session.pk)
        return [row.measure.key for row in card_of(again).beside[0].rows]

    assert "score-overall" not in keys(second)
    RunMetrics.objects.filter(run__session=second).update(scores=codec.dump(scores))
    assert "score-overall" in keys(second)


def test_what_cannot_be_compared_says_why(speaker: User) -> None:
    first = attempt(speaker, language="fr", spoken={"language": "fr"}).session
    waiting = SessionFactory.create(owner=speaker, retake_of=first)
    third = attempt(speaker, retake_of=first).session
    assert [each.why_not for each in card_of(third).beside] == [
        "It is in another language.",
        "There is no report of it yet.",
    ]
    assert not card_of(third).compared
    assert card_of(waiting).beside == ()
    fourth = attempt(speaker, retake_of=first).session
    RunMetrics.objects.filter(run__session=third).update(formula_version="0")
    assert "other formulas" in card_of(fourth).beside[1].why_not
