from sessions_app.coaching.goals import aims
from tests.sessions_app.coaching.talks import talk, with_fillers


def test_aims_are_a_step_from_where_the_talk_is_by_measure() -> None:
    situation = with_fillers("um", 12, wpm=195.0)
    assert aims(situation, ["pace", "fillers", "opening"]) == {
        "wpm": 180.0,
        "fillers_per_minute": 9.0,
    }


def test_what_is_good_already_is_no_aim() -> None:
    assert aims(talk(), ["pace", "fillers", "length"]) == {}
