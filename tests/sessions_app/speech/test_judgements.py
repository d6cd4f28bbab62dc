from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.clusters import cluster_findings
from sessions_app.speech.corrections import Correction, in_force
from sessions_app.speech.findings import (
    Decision,
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Review,
    Severity,
)
from sessions_app.speech.judgements import corrected, filler_label, fillers_on, reclustered
from sessions_app.speech.words import Word
from tests.sessions_app.speech.said import english, notes, said, timed
from tests.sessions_app.speech.set_right import NO, YES, correction

COUNTED, POSSIBLE, REJECTED = FindingStatus
TEXT = "um we like it you know and kind of uh like that um we so plan the day um yes"
WORDS = timed(TEXT)
UM, LIKE, YOU_KNOW, KIND_OF, UH, OTHER_LIKE = (0, 1), (2, 3), (4, 6), (7, 9), (9, 10), (10, 11)


def filler(place: tuple[int, int], label: str, status: FindingStatus = COUNTED) -> Finding:
    found = notes(WORDS).note(FindingKind.FILLER, label, *place)
    return replace(found, status=status)


FOUND = (
    filler(UM, "um"),
    filler(YOU_KNOW, "you know", POSSIBLE),
    notes(WORDS).note(FindingKind.HEDGE, "kind of", *KIND_OF),
    filler(UH, "uh"),
    filler(OTHER_LIKE, "like", REJECTED),
    filler((12, 13), "um"),
    filler((17, 18), "um"),
)


def judged(*corrections: Correction, findings: Sequence[Finding] = FOUND) -> list[Finding]:
    return list(corrected(findings, corrections, notes(WORDS)))


def at(findings: Sequence[Finding], place: tuple[int, int]) -> list[Finding]:
    return [f for f in findings if (f.start_word, f.end_word) == place]


def no(number: int, place: tuple[int, int], text: str = "") -> Correction:
    return correction(number, NO, WORDS, *place, text=text)


def yes(number: int, place: tuple[int, int], text: str) -> Correction:
    return correction(number, YES, WORDS, *place, text=text)


def test_without_corrections_nothing_changes() -> None:
    assert judged() == list(FOUND)


@pytest.mark.parametrize("place", [UM, YOU_KNOW])
def test_what_is_no_filler_is_kept_as_rejected_by_the_speaker(place: tuple[int, int]) -> None:
    (found,) = at(judged(no(7, place)), place)
    assert (found.status, found.source, found.correction) == (REJECTED, FindingSource.USER, 7)


def test_part_of_a_phrase_names_the_phrase() -> None:
    (found,) = at(judged(no(7, (5, 6))), YOU_KNOW)
    assert found.status is REJECTED


def test_of_two_fillers_in_one_word_the_label_tells_which() -> None:
    both = (filler(UM, "um"), filler(UM, "like"))
    after = judged(no(7, UM, "like"), findings=both)
    assert {f.label: f.status for f in after} == {"um": COUNTED, "like": REJECTED}


@pytest.mark.parametrize(("place", "label"), [(YOU_KNOW, "you know"), (OTHER_LIKE, "like")])
def test_what_was_doubted_counts_when_the_speaker_says_so(
    place: tuple[int, int], label: str
) -> None:
    (found,) = at(judged(yes(7, place, label)), place)
    assert (found.status, found.source, found.correction) == (COUNTED, FindingSource.USER, 7)


def test_a_filler_nobody_found_is_found_by_the_speaker() -> None:
    (found,) = at(judged(yes(7, LIKE, "like")), LIKE)
    assert (found.kind, found.label, found.text) == (FindingKind.FILLER, "like", "like")
    assert (found.status, found.source, found.correction) == (COUNTED, FindingSource.USER, 7)
    assert found.severity is Severity.INFO
    assert found.why
    assert found.advice


def test_a_sound_nobody_found_weighs_as_sounds_do() -> None:
    (found,) = at(judged(yes(7, (13, 14), "um")), (13, 14))
    assert found.severity is Severity.MINOR


def test_nothing_counts_twice() -> None:
    hedge = at(judged(yes(7, KIND_OF, "kind of")), KIND_OF)
    assert {f.kind: f.status for f in hedge} == {
        FindingKind.FILLER: COUNTED,
        FindingKind.HEDGE: REJECTED,
    }
    longer = judged(yes(7, (3, 6), "it you know"))
    assert [f.status for f in fillers_on(longer, 3, 6, "")] == [COUNTED, REJECTED]


def test_a_hedge_around_a_filler_is_made_of_other_words() -> None:
    around = notes(WORDS).note(FindingKind.HEDGE, "we it", 1, 4)
    after = judged(yes(7, LIKE, "like"), findings=(around,))
    assert at(after, (1, 4)) == [around]


def test_words_of_a_filler_that_counts_already_make_no_other() -> None:
    assert judged(yes(7, (8, 10), "of uh")) == list(FOUND)


PLACES = st.sampled_from([UM, LIKE, YOU_KNOW, KIND_OF, UH, OTHER_LIKE, (12, 13), (14, 15)])


@st.composite
def judgements(draw: st.DrawFn) -> list[Correction]:
    drawn = draw(st.lists(st.tuples(PLACES, st.sampled_from([NO, YES])), max_size=8))
    return [
        correction(number, kind, WORDS, *place, text=filler_label(WORDS[slice(*place)], english()))
        for number, (place, kind) in enumerate(drawn)
    ]


def key(finding: Finding) -> tuple[int, int, str, str]:
    return finding.start_word, finding.end_word, finding.kind, finding.label


@given(judgements(), st.randoms())
def test_twice_is_once_and_the_order_of_what_does_not_touch_is_all_the_same(
    made: list[Correction], chance: object
) -> None:
    standing = list(in_force(made))
    once = judged(*standing)
    assert judged(*standing, findings=once) == once
    chance.shuffle(standing)  # type: ignore[attr-defined]
    assert judged(*standing) == once


@given(judgements())
def test_the_last_word_is_what_the_findings_say(made: list[Correction]) -> None:
    after = judged(*in_force(made))
    last = {(c.start_word, c.end_word): c for c in made}
    for place, said_last in last.items():
        counted = any(f.status is COUNTED for f in fillers_on(after, *place, ""))
        assert counted == (said_last.kind is YES)


@given(judgements())
def test_other_findings_stay_and_none_is_lost(made: list[Correction]) -> None:
    after = judged(*in_force(made))
    assert {key(f) for f in FOUND} <= {key(f) for f in after}
    touched = {at for c in made for at in range(c.start_word, c.end_word)}
    for found in FOUND:
        if touched.isdisjoint(range(found.start_word, found.end_word)):
            assert found in after


@pytest.mark.parametrize(
    ("text", "label"),
    [("Um,", "um"), ("ummmm", "um"), ("You know,", "you know"), ("Bananas!", "bananas")],
)
def test_a_label_is_that_of_the_pack_or_the_words_in_lower_case(text: str, label: str) -> None:
    assert filler_label(said(text), english()) == label


def test_without_a_pack_the_words_are_the_label() -> None:
    assert filler_label(said("Ano, prostě"), None) == "ano prostě"
    assert filler_label(said("—"), None) == ""


SENTENCES = ((0, len(WORDS)),)


def clustered(findings: Sequence[Finding]) -> list[Finding]:
    fillers = [f for f in findings if f.kind is FindingKind.FILLER]
    return [*findings, *cluster_findings(fillers, SENTENCES, notes(WORDS))]


def clusters(findings: Sequence[Finding], words: Sequence[Word] = WORDS) -> list[Finding]:
    again = reclustered(findings, SENTENCES, notes(tuple(words)))
    return [f for f in again if f.kind is FindingKind.FILLER_CLUSTER]


def test_a_cluster_falls_apart_with_its_fillers() -> None:
    before = clustered(FOUND)
    assert len(clusters(before)) == 1
    assert clusters(judged(no(1, UM), no(2, UH), findings=before)) == []


def test_a_cluster_that_was_there_stays_whose_it_was() -> None:
    (rule,) = clusters(clustered(FOUND))
    assert rule.source is FindingSource.RULE
    by_ai = replace(rule, source=FindingSource.AI, review=Review(Decision.ADDED, 1.0, "", None))
    assert clusters([*FOUND, by_ai]) == [by_ai]


def test_a_cluster_that_the_speaker_completed_is_the_speakers() -> None:
    two = judged(no(1, UM), no(2, UH))
    (found,) = clusters(judged(yes(3, LIKE, "like"), findings=two))
    assert found.source is FindingSource.USER


def test_a_cluster_a_second_reader_took_apart_stays_rejected() -> None:
    fallen = replace(clusters(clustered(FOUND))[0], status=REJECTED)
    fewer = judged(no(1, UM), no(2, UH))
    assert clusters([*fewer, fallen]) == [fallen]


@given(judgements())
def test_finding_clusters_again_changes_nothing_more(made: list[Correction]) -> None:
    after = judged(*in_force(made), findings=clustered(FOUND))
    once = reclustered(after, SENTENCES, notes(WORDS))
    assert reclustered(once, SENTENCES, notes(WORDS)) == once
