from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.evaluation import Evaluation, Finder, Tally, evaluate, pooled
from sessions_app.speech.fillers import FillerMatch, find_fillers
from sessions_app.speech.labelled import LabelledText
from sessions_app.speech.packs import Verdict
from tests.sessions_app.speech.said import english


def labelled(text: str, *words: str) -> LabelledText:
    """Each word labelled where it first stands in the text."""
    spans = tuple((text.lower().index(word), word) for word in words)
    return LabelledText(
        text=text, filler_spans=tuple((at, at + len(word), word) for at, word in spans)
    )


def tally(
    *texts: LabelledText, strip: bool = False, words: tuple[str, ...] | None = None
) -> tuple[int, int, int]:
    options = {} if words is None else {"inventory": words}
    overall = pooled(evaluate(texts, english(), find_fillers, strip=strip, **options)).overall
    return overall.true_positives, overall.false_positives, overall.false_negatives


def test_a_hit_a_miss_and_an_extra_are_counted() -> None:
    assert tally(labelled("Um, we uh went erm home now.", "um", "now")) == (1, 2, 1)


def test_spans_have_to_match_exactly() -> None:
    text = LabelledText(text="Um, yes", filler_spans=((0, 3, "um"),))
    assert tally(text) == (0, 1, 1)


def test_stripping_changes_no_place() -> None:
    texts = (labelled("Um, it's late, uh…", "um", "uh"),)
    assert tally(*texts) == tally(*texts, strip=True) == (2, 0, 0)


def test_a_phrase_is_one_span_under_its_own_word() -> None:
    (result,) = evaluate([labelled("It was, You know, hard.", "you know")], english(), find_fillers)
    assert result.words == {"you know": Tally(true_positives=1)}


def test_words_outside_the_inventory_count_on_neither_side() -> None:
    assert tally(labelled("Oh, um, yes.", "oh", "um"), words=("uh",)) == (0, 0, 0)
    assert tally(labelled("Oh, um, yes.", "oh", "um"), words=("um",)) == (1, 0, 0)
    assert tally(labelled("Oh, um, yes.", "oh", "um"), words=("um", "OH")) == (1, 0, 1)


def test_a_spelling_variant_counts_as_its_label() -> None:
    assert tally(labelled("Umm yes.", "umm")) == (1, 0, 0)


def test_rates_without_anything_to_count_are_unknown() -> None:
    empty = Tally()
    assert empty.precision is empty.recall is empty.f1 is None
    assert Tally(false_positives=1).recall is None
    assert Tally(false_positives=1).f1 == 0


def test_rates_are_those_of_the_textbook() -> None:
    some = Tally(true_positives=6, false_positives=2, false_negatives=4)
    assert some.precision == 0.75
    assert some.recall == 0.6
    assert some.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


@given(st.lists(st.sampled_from(["um", "uh,", "we", "like", "Well,", "you", "know"]), max_size=15))
def test_words_add_up_to_the_whole(tokens: list[str]) -> None:
    text = LabelledText(text=" ".join(tokens), filler_spans=())
    (result,) = evaluate([text], english(), find_fillers)
    assert result.overall.false_positives == sum(w.false_positives for w in result.words.values())
    assert result.overall.true_positives == result.overall.false_negatives == 0


def test_each_conversation_is_counted_apart_and_texts_without_one_too() -> None:
    texts = [labelled("Um.", "um").model_copy(update={"conv": conv}) for conv in ("b", "a", "b")]
    one, other = evaluate(texts, english(), find_fillers)
    assert (one.overall.true_positives, other.overall.true_positives) == (2, 1)
    nameless = evaluate([labelled("Um.", "um")] * 3, english(), find_fillers)
    assert [part.overall.true_positives for part in nameless] == [1, 1, 1]


SPOKEN = ["um", "uh", "er"]


def finder(counted: list[set[int]]) -> Finder:
    """Counts the words at these places, a set for each text in turn."""
    answers = iter(counted)

    def find(words: object, pack: object) -> list[FillerMatch]:
        return [
            FillerMatch(SPOKEN[at % 3], at, 0, at, 2, Verdict.COUNTED, 1.0, True)
            for at in sorted(next(answers))
        ]

    return find


places = st.sets(st.integers(0, 8))


@given(st.lists(st.tuples(places, places), max_size=6))
def test_the_arithmetic_is_that_of_sets(cases: list[tuple[set[int], set[int]]]) -> None:
    text = " ".join(SPOKEN * 3)
    texts = [
        LabelledText(
            text=text,
            filler_spans=tuple((3 * at, 3 * at + 2, SPOKEN[at % 3]) for at in sorted(gold)),
        )
        for gold, _ in cases
    ]
    found = pooled(evaluate(texts, english(), finder([found for _, found in cases])))
    assert found.overall == Tally(
        true_positives=sum(len(gold & counted) for gold, counted in cases),
        false_positives=sum(len(counted - gold) for gold, counted in cases),
        false_negatives=sum(len(gold - counted) for gold, counted in cases),
    )
    summed = Tally()
    for tally in found.words.values():
        summed.add(tally)
    assert summed == found.overall


def test_nothing_pooled_is_nothing() -> None:
    assert pooled([]) == Evaluation()
