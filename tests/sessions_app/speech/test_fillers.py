from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.speech.fillers import (
    FillerMatch,
    filler_findings,
    find_fillers,
    possible_sounds,
)
from sessions_app.speech.findings import FindingStatus
from sessions_app.speech.packs import Verdict, load_pack
from sessions_app.speech.words import Word
from tests.sessions_app.speech.said import english, notes, said, timed

ORDINARY = ["we", "went", "home", "the", "report", "is", "late", "I", "like", "it", "so", "well."]


def counted(text: str) -> list[str]:
    return labels(said(text))


def labels(
    words: tuple[Word, ...], verdict: Verdict = Verdict.COUNTED, language: str = "en"
) -> list[str]:
    pack = load_pack(language)
    assert pack is not None
    return [m.label for m in find_fillers(words, pack) if m.verdict is verdict]


@pytest.mark.parametrize("text", ["um", "UM,", "(um)", "umm…", "Ummmmm!", "erm", "“um”"])
def test_a_sound_counts_however_it_is_written(text: str) -> None:
    assert counted(f"we {text} left") == ["um"]


def test_two_fillers_in_one_word_are_two() -> None:
    first, second = find_fillers(said("um,uh"), english())
    assert (first.start_char, first.end_char) == (0, 2)
    assert (second.start_char, second.end_char) == (3, 5)


@pytest.mark.parametrize("text", ["Uh-huh.", "uh huh", "No, huh-uh.", "Mm-hmm.", "uh-oh"])
def test_an_answer_is_no_filler(text: str) -> None:
    assert counted(text) == []


def test_capitals_alone_are_an_abbreviation() -> None:
    assert counted("in the ER today") == []
    assert counted("IN THE, ER, HOUSE") == ["er"]


def test_counts_like_only_when_it_fills() -> None:
    assert counted("It was, like, really hard.") == ["like"]
    assert counted("I like it and it looks like gold.") == []


def test_judges_without_marks_and_case_too() -> None:
    assert counted("it was um you know really hard") == ["um", "you know"]
    assert counted("do you know him he did very well and i like him") == []


def test_a_phrase_split_by_a_pause_is_one_filler() -> None:
    (match,) = find_fillers(timed("it was, you... know, hard", gaps={2: 900}), english())
    assert (match.label, match.start_word, match.last_word) == ("you know", 2, 3)


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence_or_turn() -> None:
    assert counted("It was you. Know this.") == []
    assert labels((*said("it was you"), *said("know this", turn=1))) == []


def test_pauses_set_a_word_off_where_there_are_no_marks() -> None:
    text = "it is basically a box"
    assert labels(timed(text)) == []
    assert labels(timed(text), Verdict.POSSIBLE) == ["basically"]
    assert labels(timed(text, gaps={1: 400, 2: 400})) == ["basically"]


def test_undecided_words_are_possible_and_not_counted() -> None:
    assert labels(said("I sort of agree."), Verdict.POSSIBLE) == ["sort of"]
    assert counted("I sort of agree.") == []


def test_commas_too_rare_to_mean_anything_are_not_held_against_a_word() -> None:
    text = "we built it and you know it was hard. " * 6
    assert counted(text).count("you know") == 6


def test_a_finding_quotes_the_filler_alone_and_keeps_its_times() -> None:
    words = timed("So um,uh… You Know, yes")
    found = filler_findings(find_fillers(words, english()), notes(words))
    texts = [(f.text, f.start_ms, f.end_ms) for f in found if f.status is FindingStatus.COUNTED]
    assert texts == [("um", 300, 600), ("uh", 300, 600), ("You Know", 600, 1200)]


def test_a_draft_has_possible_sounds_only_as_sure_as_it_was_heard() -> None:
    words = (Word("um", confidence=0.3), Word("you"), Word("know"), Word("uh"))
    found = possible_sounds(find_fillers(words, english()), words)
    assert [(m.label, m.verdict, m.confidence) for m in found] == [
        ("um", Verdict.POSSIBLE, 0.3),
        ("uh", Verdict.POSSIBLE, 0.5),
    ]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(ORDINARY), min_size=1, max_size=25), st.data())
def test_one_more_um_is_exactly_one_more_counted_um(tokens: list[str], data: st.DataObject) -> None:
    words = [Word(token) for token in tokens]
    place = data.draw(st.integers(0, len(words)))
    more = [*words[:place], Word("um"), *words[place:]]
    assert labels(tuple(more)).count("um") == 1
    assert labels(tuple(words)).count("um") == 0


TOKENS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["um,like", "you", "know,", "uh-huh", "I", "mean", "so...", "kind", "of", "um-um"]
    ),
)


@settings(max_examples=150)
@given(st.lists(TOKENS, max_size=25))
def test_any_words_give_fillers_inside_them_that_never_overlap(tokens: list[str]) -> None:
    words = tuple(Word(token, turn=index // 10) for index, token in enumerate(tokens))
    found = find_fillers(words, english())
    for match in found:
        assert 0 <= match.start_word <= match.last_word < len(words)
        assert 0 <= match.start_char < len(words[match.start_word].text)
        assert 0 < match.end_char <= len(words[match.last_word].text)
        assert words[match.start_word].turn == words[match.last_word].turn
        assert 0 <= match.confidence <= 1
    ends = [(match.last_word, match.end_char) for match in found]
    starts = [(match.start_word, match.start_char) for match in found]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    assert find_fillers(words, english()) == found


def test_a_model_entry_without_trained_weights_falls_back_to_its_place() -> None:
    foreign = english().model_copy(update={"language": "qq"})
    found: list[FillerMatch] = find_fillers(said("It was, like, hard, um."), foreign)
    assert [match.label for match in found] == ["like", "um"]
    assert find_fillers(said("Well, we left."), foreign) == []


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("es", "{}, vamos.", "eh"),
        ("es", "vamos {} a casa", "em"),
        ("es", "¡{}! ¿Vamos?", "eh"),
        ("pt", "{}, vamos.", "hum"),
        ("pt", "vamos {} para casa", "ahn"),
        ("it", "{}, andiamo.", "ehm"),
        ("it", "andiamo {} a casa", "uhm"),
    ],
)
def test_the_sounds_of_a_language_count_in_any_dress(language: str, text: str, label: str) -> None:
    drawn_out = f"{label[:-1]}{label[-1] * 5}"
    for written in (label, label.upper(), drawn_out, f"«{label}»", f"{label}...", f"{label}…"):
        shouted = written == label.upper()
        found = labels(said(text.format(written)), language=language)
        assert found == [label] or (shouted and found == [])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pt", "Um dia um homem comprou um pão em casa."),  # the article, not the sound
        ("pt", "O resultado é bom e o prazo é curto."),
        ("es", "Este libro es de este año y aquel no."),
        ("es", "Llueven diez mm en el este."),
        ("it", "Il resto è detto, e c'è un tipo di pane."),
    ],
)
def test_a_word_of_the_language_is_no_sound_of_another(language: str, text: str) -> None:
    words = said(text)
    assert labels(words, language=language) == []
    assert labels(words, Verdict.POSSIBLE, language) == []


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("es", "lo vimos, digamos, ayer", "digamos"),
        ("pt", "O mapa… é… novo.", "é"),
        ("it", "Era, cioè, tardi.", "cioè"),
    ],
)
def test_letters_may_be_composed_or_not(language: str, text: str, label: str) -> None:
    for form in ("NFC", "NFD"):
        assert labels(said(unicodedata.normalize(form, text)), language=language) == [label]


def test_a_phrase_of_another_language_may_be_split_by_a_pause() -> None:
    for pack, text in (("es", "vendimos o... sea casi"), ("it", "era come... dire, tardi")):
        words = timed(text, gaps={0: 500, 1: 900, 2: 500})
        assert len(labels(words, language=pack)) == 1


def test_a_copula_with_pauses_around_it_is_not_counted() -> None:
    words = timed("o resultado é bom", gaps={1: 500, 2: 500})
    assert labels(words, language="pt") == []
    assert labels(words, Verdict.POSSIBLE, "pt") == ["é"]
