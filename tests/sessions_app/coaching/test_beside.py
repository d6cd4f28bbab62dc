from __future__ import annotations

from dataclasses import replace

from sessions_app.coaching.beside import beside_earlier
from sessions_app.coaching.phrases import phrases
from sessions_app.coaching.progress import acknowledgement
from sessions_app.coaching.rule_based import coach
from sessions_app.coaching.schemas import Coaching
from sessions_app.coaching.situation import Situation
from sessions_app.speech.metrics import Metrics
from tests.sessions_app.coaching.talks import QUIET, talk


def fillers(rate: float) -> Metrics:
    return replace(QUIET, fillers_per_minute=rate)


def beside(*rates: float) -> Situation:
    return talk(fillers_per_minute=6.0, history=tuple(fillers(rate) for rate in rates))


def written(situation: Situation) -> Coaching:
    return replace(coach(situation), acknowledgement="You are on your way.")


BEFORE = beside(9.0)


def test_the_same_talks_leave_it_as_it_is() -> None:
    assert beside_earlier(written(BEFORE), BEFORE, by_rules=False) == written(BEFORE)


def test_our_own_sentences_are_chosen_again() -> None:
    assert beside_earlier(coach(BEFORE), beside(3.0), by_rules=True) == replace(
        coach(BEFORE),
        comparisons=coach(beside(3.0)).comparisons,
        acknowledgement=coach(beside(3.0)).acknowledgement,
    )


def test_what_a_model_said_stays_while_the_news_is_the_same() -> None:
    after = beside_earlier(written(BEFORE), beside(8.0), by_rules=False)
    assert after.acknowledgement == "You are on your way."
    assert after.comparisons == coach(beside(8.0)).comparisons


def test_what_a_model_said_goes_when_the_news_turned() -> None:
    turned = beside(3.0)
    after = beside_earlier(written(BEFORE), turned, by_rules=False)
    assert after.acknowledgement == acknowledgement(turned, phrases("en"))
    foreign = replace(turned, language="pl")
    told = replace(written(BEFORE), language="pl")
    assert beside_earlier(told, foreign, by_rules=False).acknowledgement == ""


def test_a_talk_too_short_to_coach_is_beside_none() -> None:
    short = replace(BEFORE, metrics=replace(BEFORE.metrics, word_count=5))
    assert beside_earlier(coach(short), short, by_rules=True) == coach(short)
