from sessions_app.coaching.excerpts import CLOSING_WORDS, OPENING_WORDS, excerpts
from sessions_app.coaching.focus import offered
from tests.sessions_app.coaching.talks import WORDS, quoted, spoken, talk, with_fillers


def test_shows_opening_closing_and_the_moments_of_the_topics() -> None:
    situation = with_fillers("um", 12)
    focuses = offered(situation)
    shown = excerpts(situation, focuses)
    places = {(first, last + 1) for first, last, _ in shown}
    assert (0, OPENING_WORDS) in places
    assert (WORDS - CLOSING_WORDS, WORDS) in places
    assert {(e.start_word, e.end_word) for focus in focuses for e in focus.evidence} <= places
    assert all(text == quoted(situation, first, last + 1) for first, last, text in shown)
    assert shown == sorted(shown)


def test_a_short_talk_is_shown_once() -> None:
    assert [place[:2] for place in excerpts(talk(words=spoken()[:30]), [])] == [(0, 29)]
