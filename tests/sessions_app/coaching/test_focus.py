from dataclasses import replace

import pytest

from sessions_app.coaching.delivery import sprint_loss
from sessions_app.coaching.focus import MIN_LOSS, choose, offered
from sessions_app.coaching.focusing import Focus
from sessions_app.coaching.schemas import Evidence
from sessions_app.coaching.situation import Situation
from sessions_app.speech.findings import FindingKind
from sessions_app.speech.metrics import PaceWindow
from tests.sessions_app.coaching.talks import QUIET, found, spoken, talk, with_fillers


def test_offers_what_needs_advice_dearest_first_and_no_topic_twice() -> None:
    situation = with_fillers("um", 25, wpm=195.0, pitch_range_semitones=4.0)
    topics = [focus.topic for focus in offered(situation)]
    assert topics[: len(choose(situation))] == [focus.topic for focus in choose(situation)]
    assert len(topics) == len(set(topics)) >= 3


def test_offers_slighter_losses_only_to_have_three_to_choose_from() -> None:
    situation = with_fillers("um", 12, pitch_range_semitones=9.0)
    assert [focus.topic for focus in choose(situation)] == ["fillers"]
    more = offered(situation)
    assert more[0].topic == "fillers"
    assert 1 < len(more) <= 3
    assert all(focus.loss <= MIN_LOSS for focus in more[1:])


def test_offers_nothing_for_a_talk_that_loses_nothing() -> None:
    windows = (PaceWindow(0, 60_000, 140.0),)
    flawless = talk(pitch_range_semitones=12.0, pace_windows=windows)
    assert all(focus.loss > 5 for focus in offered(flawless))


PLAIN = tuple(replace(word, text="word") for word in spoken())
"""Words that may be quoted: they carry no figure."""


def focus_on(topic: str, situation: Situation) -> Focus:
    (focus,) = (focus for focus in offered(situation) if focus.topic == topic)
    return focus


def sprinting(fast: int, of: int) -> Situation:
    windows = tuple(
        PaceWindow(at * 15_000, (at + 1) * 15_000, 210.0 if at < fast else 130.0)
        for at in range(of)
    )
    stretch = found(FindingKind.PACE_FAST, "fast", 5, size=20)
    return talk(stretch, pace_windows=windows, pitch_range_semitones=12.0)


def test_a_sprint_weighs_by_its_pace_and_its_share_of_the_talk() -> None:
    # At 210 words a minute 33.3 points are left of the pace; a quarter of the talk halves the loss.
    assert sprint_loss(sprinting(4, of=4)) == pytest.approx(66.7, abs=0.1)
    assert sprint_loss(sprinting(1, of=4)) == pytest.approx(33.3, abs=0.1)
    assert sprint_loss(sprinting(0, of=4)) == 0.0
    assert [focus.topic for focus in choose(sprinting(2, of=20))] == ["pace"]
    assert choose(sprinting(1, of=20)) == ()


def test_a_few_fillers_in_a_bunch_do_not_make_the_bunch_the_thing_to_work_on() -> None:
    cluster = found(FindingKind.FILLER_CLUSTER, "um", 4, size=26)
    scattered = with_fillers("um", 12, filler_clusters=1)
    scattered = replace(scattered, findings=scattered.findings + cluster)
    assert focus_on("fillers", scattered).advice == "fillers_sound"
    crowd = found(FindingKind.FILLER_CLUSTER, "um", 4, size=80)
    crowded = replace(scattered, findings=scattered.findings + crowd)
    assert focus_on("fillers", crowded).advice == "fillers_clusters"


def test_an_opening_weighs_by_how_much_of_it_is_given_away() -> None:
    once = talk(found(FindingKind.WEAK_OPENER, "sorry", 2), words=PLAIN)
    twice = talk(found(FindingKind.WEAK_OPENER, "sorry", 2, 17), words=PLAIN)
    assert MIN_LOSS < focus_on("opening", once).loss < focus_on("opening", twice).loss
    assert len(focus_on("opening", twice).evidence) == 2


def test_what_leaves_listeners_out_weighs_by_how_often_it_is_said() -> None:
    def said(times: int) -> float:
        terms = found(FindingKind.NON_INCLUSIVE, "guys", *range(0, 20 * times, 20))
        return focus_on("wording", talk(terms, words=PLAIN)).loss

    assert [said(1), said(2), said(4)] == [21.0, 27.0, 39.0]


def test_sentences_that_trail_off_weigh_by_their_share() -> None:
    def trailing(count: int) -> Situation:
        places = range(10, 10 + 15 * count, 15)
        return talk(found(FindingKind.TRAILING_OFF, "trailing", *places, size=5))

    assert "endings" not in [focus.topic for focus in offered(trailing(2))]
    some, many = focus_on("endings", trailing(3)), focus_on("endings", trailing(6))
    assert (some.advice, some.loss, many.loss) == ("voice_trailing", 45.0, 70.0)
    assert [(e.start_word, e.end_word) for e in some.evidence] == [(10, 15), (25, 30), (40, 45)]


def test_a_flat_voice_is_heard_where_it_is_flattest() -> None:
    flat = talk(pitch_range_semitones=4.0)
    assert focus_on("variety", flat).evidence == (Evidence(0, 15),)
    stretches = found(FindingKind.MONOTONE, "flat", 60, size=20)
    heard = talk(stretches, pitch_range_semitones=4.0)
    assert focus_on("variety", heard).evidence == (Evidence(60, 80),)


def test_a_talk_over_its_time_is_quoted_where_the_time_was_up() -> None:
    over = talk(target_seconds=30, duration_ms=60_000)
    (moment,) = focus_on("length", over).evidence
    words = over.words[moment.start_word : moment.end_word]
    assert (words[0].start_ms or 0) <= 30_000 < (words[-1].end_ms or 0)
    under = talk(target_seconds=300, duration_ms=60_000)
    assert focus_on("length", under).evidence == (Evidence(135, 150),)


def weighed(situation: Situation) -> list[str]:
    return [focus.topic for focus in choose(situation)]


def test_the_further_a_topic_fell_back_the_more_it_weighs() -> None:
    # Fillers at 8 a minute lose 37 points, a pitch range of 4.5 semitones loses 58.
    now = with_fillers("um", 8, pitch_range_semitones=4.5)
    assert weighed(now) == ["variety", "fillers"]

    def after(rate: float) -> list[str]:
        history = tuple(
            replace(QUIET, fillers_per_minute=rate + spread, pitch_range_semitones=4.5)
            for spread in (-0.5, 0.0, 0.5)
        )
        return weighed(replace(now, history=history))

    assert after(6.5) == ["variety", "fillers"]  # 1.3 times the usual variation
    assert after(3.0) == ["fillers", "variety"]  # more than three times


def test_what_is_not_shown_beside_earlier_talks_counts_all_the_same() -> None:
    repeats = found(FindingKind.REPETITION, "the", *range(0, 60, 15))
    now = talk(repeats, repetitions=4, pitch_range_semitones=5.2)
    assert weighed(now) == ["variety", "repetition"]
    history = tuple(
        replace(QUIET, repetitions=count, pitch_range_semitones=5.2) for count in (0, 1, 1)
    )
    assert weighed(replace(now, history=history)) == ["repetition", "variety"]


def test_a_few_terms_in_a_long_talk_weigh_no_more_than_one_and_one_place_is_quoted() -> None:
    terms = found(FindingKind.NON_INCLUSIVE, "guys", 10, 20, 30)
    losses = {}
    for count in (300, 8500):
        (focus,) = choose(talk(terms, words=PLAIN, word_count=count, vocabulary_variety=0.8))
        losses[count] = focus.loss
        assert focus.evidence == (Evidence(6, 15),)  # "the place below"
    assert losses == {300: 33.0, 8500: 21.0}
