from dataclasses import replace

from sessions_app.coaching.phrases import phrases
from sessions_app.coaching.progress import acknowledgement, comparisons
from sessions_app.coaching.rule_based import coach
from sessions_app.coaching.schemas import Comparison
from sessions_app.coaching.situation import Situation
from sessions_app.speech.metrics import Metrics
from tests.sessions_app.coaching.talks import QUIET, talk, with_fillers

TEXTS = phrases("en").progress
TOPICS = phrases("en").topics


def earlier(*rates: float) -> tuple[Metrics, ...]:
    return tuple(replace(QUIET, fillers_per_minute=rate) for rate in rates)


def says(situation: Situation, key: str, topic: str = "") -> bool:
    text = acknowledgement(situation, phrases("en"))
    named = [variant.replace("<topic>", TOPICS.get(topic, "")) for variant in TEXTS[key]]
    return any(variant in text for variant in named)


def test_a_first_talk_sets_the_mark() -> None:
    assert says(talk(), "first")
    assert comparisons(talk()) == ()


def test_an_improvement_beyond_the_usual_is_named() -> None:
    situation = talk(history=earlier(8.0, 9.0, 8.5, 9.5))
    assert says(situation, "better_clear", "fillers")
    assert comparisons(situation)[0] == Comparison("fillers_per_minute", 8.75, 4, True)


def test_an_improvement_within_the_usual_is_not_oversold() -> None:
    assert says(talk(history=earlier(1.0, 5.0, 2.0, 6.0)), "better_slight", "fillers")


def test_after_one_talk_nothing_is_called_a_trend() -> None:
    assert says(talk(history=earlier(9.0)), "better_early", "fillers")


def test_a_clear_setback_is_said_after_the_good_news() -> None:
    history = tuple(
        replace(metrics, pitch_range_semitones=12.0) for metrics in earlier(8.0, 9.0, 8.5)
    )
    situation = talk(history=history)
    assert says(situation, "better_clear", "fillers")
    assert says(situation, "worse_clear", "variety")


def test_a_setback_after_a_talk_or_two_is_not_called_steady() -> None:
    for history in (earlier(0.5), earlier(0.5, 0.6)):
        assert says(talk(history=history), "worse_early", "fillers")
        assert not says(talk(history=history), "steady")


def test_a_setback_within_the_usual_is_not_called_steady() -> None:
    situation = talk(history=earlier(0.5, 2.5, 0.7, 2.0))
    assert says(situation, "worse_slight", "fillers")
    assert not says(situation, "steady")


def test_the_usual_is_called_steady() -> None:
    assert says(talk(history=earlier(2.0, 2.05, 1.98)), "steady")


def test_pace_improves_towards_the_norm() -> None:
    history = tuple(replace(QUIET, wpm=wpm) for wpm in (195.0, 200.0, 198.0))
    assert says(talk(history=history), "better_clear", "pace")
    inside = tuple(replace(QUIET, wpm=wpm) for wpm in (120.0, 121.0, 119.0))
    assert says(talk(history=inside), "steady")


def test_what_fell_back_is_worked_on_first() -> None:
    # Fillers lose 37 points, pitch 42: a setback in fillers makes theirs weigh more.
    alone = with_fillers("um", 8, pitch_range_semitones=5.8)
    topics = [area.topic for area in coach(alone).focus_areas]
    assert topics == ["variety", "fillers"]
    history = tuple(replace(old, pitch_range_semitones=5.8) for old in earlier(3.0, 3.2, 2.9))
    fallen = replace(alone, history=history)
    assert [area.topic for area in coach(fallen).focus_areas] == ["fillers", "variety"]


def test_a_draft_is_held_against_earlier_talks_by_its_voice_alone() -> None:
    history = tuple(replace(old, wpm=160.0, longest_pause_ms=500) for old in earlier(8.0, 9.0, 8.5))
    draft = talk(history=history, exact_words=False, wpm=90.0, longest_pause_ms=4_000)
    assert [each.metric for each in comparisons(draft)] == ["pitch_range_semitones"]
