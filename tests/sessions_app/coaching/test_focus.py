from sessions_app.coaching.focus import MIN_LOSS, choose, offered
from sessions_app.speech.metrics import PaceWindow
from tests.sessions_app.coaching.talks import talk, with_fillers


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
