from __future__ import annotations

from sessions_app.recognition.anchors import Anchor, PhraseIndex, best_chain
from sessions_app.recognition.engine import Heard


def times(count: int, start: int) -> list[int]:
    return [start + 300 * i for i in range(count)]


def heard(text: str, start: int = 0) -> list[Heard]:
    words = text.split()
    return [
        Heard(w, start + i * 300, start + i * 300 + 250, 1.0, -2.0) for i, w in enumerate(words)
    ]


def index(text: str) -> PhraseIndex:
    return PhraseIndex(text.split())


def anchor(first: int, words: int, start_ms: int) -> Anchor:
    return Anchor(
        first, tuple((start_ms + i * 300, start_ms + i * 300 + 250) for i in range(words))
    )


def test_finds_where_a_heard_phrase_stands() -> None:
    places = index("we will begin with the bread and then the cake")
    (found,) = places.anchors(heard("uh begin with the bread then"))
    assert (found.first, found.last, found.start_ms) == (2, 6, 300)


def test_short_matches_prove_nothing() -> None:
    places = index("you know what I mean by that")
    assert places.anchors(heard("you know what they mean by that")) == []


def test_a_repeated_phrase_is_placed_by_its_neighbours() -> None:
    places = index("a b c d x y z w a b c d q r s t")
    found = places.anchors(heard("x y z w")) + places.anchors(heard("a b c d", 5_000))
    assert [item.first for item in best_chain(found)] == [4, 8]


def test_the_chain_leaves_out_what_contradicts_the_rest() -> None:
    right = [anchor(0, 5, 0), anchor(40, 6, 20_000), anchor(90, 5, 50_000)]
    wrong = [anchor(300, 8, 10_000), anchor(5, 4, 30_000)]
    assert best_chain(right + wrong) == right


def test_cuts_in_the_longest_pause() -> None:
    spans = ((0, 200), (210, 400), (1_000, 1_200))
    assert Anchor(7, spans).widest_pause() == (700, 9)
