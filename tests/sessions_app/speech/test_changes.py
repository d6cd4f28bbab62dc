from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.changes import Altogether, Aspect, Pairing, changes
from sessions_app.speech.delivered import Delivered

PLAIN = Delivered(words=50, fillers=2, wpm=140.0, pause_share=0.2)


def talk(*paces: float, fillers: int = 2) -> list[Delivered]:
    return [replace(PLAIN, wpm=pace, fillers=fillers) for pace in paces]


def beside(then: list[Delivered], now: list[Delivered]) -> list[Pairing]:
    return list(zip(then, now, strict=True))


EVEN = (138.0, 142.0, 139.0, 141.0, 140.0, 143.0, 137.0, 140.0)


def test_one_passage_far_outside_the_usual_is_named() -> None:
    found = changes(beside(talk(*EVEN), talk(*EVEN[:-1], 200.0))).passages
    assert [each[Aspect.PACE] for each in found] == [False] * 7 + [True]


def test_a_change_all_along_is_seen_where_no_passage_stands_out() -> None:
    faster = tuple(pace + 7.5 + at % 2 / 2 for at, pace in enumerate(EVEN))
    found = changes(beside(talk(*EVEN), talk(*faster)))
    assert not any(each[Aspect.PACE] for each in found.passages)
    assert found.altogether[Aspect.PACE] == Altogether(140.0, 147.75, True)
    assert found.altogether[Aspect.FILLERS] == Altogether(4.0, 4.0, False)


def test_chance_alone_seldom_names_a_passage() -> None:
    """Two takes of twelve passages that vary alike: one in twenty may have a passage named."""
    random, named = Random(7), 0
    for _ in range(400):
        then, now = (talk(*(random.gauss(140, 12) for _ in range(12))) for _ in range(2))
        named += any(each[Aspect.PACE] for each in changes(beside(then, now)).passages)
    assert named / 400 <= 0.05


def test_one_filler_less_is_chance_even_where_fillers_are_rare() -> None:
    then = talk(*EVEN, fillers=0)
    then[3] = replace(then[3], fillers=1)
    found = changes(beside(then, talk(*EVEN, fillers=0)))
    assert not any(each[Aspect.FILLERS] for each in found.passages)


def test_a_passage_freed_of_many_fillers_is_named() -> None:
    then = talk(*EVEN, fillers=1)
    then[3] = replace(then[3], fillers=15)
    found = changes(beside(then * 2, talk(*EVEN, fillers=1) * 2))
    named = [at for at, each in enumerate(found.passages) if each[Aspect.FILLERS]]
    assert named == [3, 11]


def test_few_passages_leave_it_unknown() -> None:
    found = changes(beside(talk(*EVEN[:3]), talk(*EVEN[:3])))
    assert [each[Aspect.PACE] for each in found.passages] == [None] * 3
    assert found.altogether[Aspect.PACE].beyond is None


def test_new_and_short_passages_and_unknown_measures_are_not_judged() -> None:
    new: Pairing = (None, PLAIN)
    short: Pairing = (replace(PLAIN, words=8), replace(PLAIN, words=8))
    untimed: Pairing = (replace(PLAIN, wpm=None), PLAIN)
    found = changes([new, short, untimed, *beside(talk(*EVEN), talk(*EVEN))])
    assert found.passages[:2] == ({}, {})
    assert Aspect.PACE not in found.passages[2]
    assert found.passages[2][Aspect.FILLERS] is False


def test_nothing_said_twice_changed_nothing() -> None:
    assert changes([]).passages == ()
    assert changes([(PLAIN, None)]).altogether == {}


passage = st.builds(
    Delivered,
    words=st.integers(1, 90),
    fillers=st.none() | st.integers(0, 9),
    wpm=st.none() | st.floats(40, 300),
    pause_share=st.none() | st.floats(0, 1),
)
pairs = st.lists(st.tuples(st.none() | passage, st.none() | passage), max_size=14)


@given(st.lists(passage, max_size=14))
def test_a_talk_beside_itself_exceeds_nothing(spoken: list[Delivered]) -> None:
    found = changes(beside(spoken, spoken))
    assert not any(beyond for each in found.passages for beyond in each.values())
    assert not any(each.beyond for each in found.altogether.values())


@given(pairs)
def test_the_other_way_round_the_same_exceeds(compared: list[Pairing]) -> None:
    there = changes(compared)
    back = changes([(now, then) for then, now in compared])
    assert there.passages == back.passages
    assert there.altogether.keys() == back.altogether.keys()
    for aspect, each in there.altogether.items():
        assert each.beyond is back.altogether[aspect].beyond
