from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.coaching.answers import WindowVerdicts
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.verdicts import (
    Reread,
    astray,
    candidates,
    counted_fillers,
    reread,
    unreviewed,
)
from sessions_app.coaching.windows import Window
from sessions_app.speech.findings import (
    Decision,
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Review,
)
from tests.sessions_app.coaching.model import an_assignment, missed, verdict, verdicts

# 0 Um, 1 we 2 walked, 3 like, 4 a 5 long 6 way 7 and 8 um, 9 I 10 mean, 11 it 12 was,
# 13 right, 14 rather 15 basically 16 dull 17 um 18 um 19 stuff.
TALK = (
    "Um, we walked, like, a long way and um, "
    "I mean, it was, right, rather basically dull um um stuff."
)


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    return an_assignment(TALK)


def read(assignment: Assignment, answer: WindowVerdicts, window: Window | None = None) -> Reread:
    size = assignment.ground.size
    whole = window or Window(0, size - 1, 0, size - 1)
    return reread(assignment.situation.findings, {whole: answer}, assignment.ground)


def at(findings: tuple[Finding, ...], start: int) -> Finding:
    (found,) = [
        each for each in findings if each.start_word == start and each.kind is FindingKind.FILLER
    ]
    return found


def test_candidates_are_filler_words_and_never_sounds(assignment: Assignment) -> None:
    offered = candidates(assignment.situation.findings, assignment.situation.sounds)
    assert [(each.label, each.status.value) for each in offered] == [
        ("like", "counted"),
        ("I mean", "counted"),
        ("right", "possible"),
        ("basically", "possible"),
    ]


def test_a_rejected_filler_counts_no_more_and_says_what_it_was(assignment: Assignment) -> None:
    like = at(read(assignment, verdicts(rejected=[verdict(3, why="A comparison")])).findings, 3)
    assert like.status is FindingStatus.REJECTED
    assert like.source is FindingSource.RULE
    assert like.review == Review(Decision.REJECTED, 0.9, "A comparison", FindingStatus.COUNTED)


def test_a_possible_filler_can_be_rejected_or_confirmed(assignment: Assignment) -> None:
    answer = verdicts(rejected=[verdict(13)], confirmed=[verdict(15)])
    findings = read(assignment, answer).findings
    right, basically = at(findings, 13), at(findings, 15)
    assert right.status is FindingStatus.REJECTED
    assert basically.status is FindingStatus.COUNTED
    assert basically.review is not None
    assert basically.review.before is right.review.before is FindingStatus.POSSIBLE  # type: ignore[union-attr]


def test_naming_a_candidate_as_missed_confirms_it(assignment: Assignment) -> None:
    basically = at(read(assignment, verdicts(missed=[missed(15)])).findings, 15)
    assert basically.review is not None
    assert basically.review.decision is Decision.CONFIRMED


def test_confirming_what_counts_already_changes_nothing(assignment: Assignment) -> None:
    result = read(assignment, verdicts(confirmed=[verdict(3)]))
    assert result == Reread(assignment.situation.findings, 0, 0)


def test_sounds_cannot_be_rejected(assignment: Assignment) -> None:
    result = read(assignment, verdicts(rejected=[verdict(0), verdict(8), verdict(17)]))
    assert result == Reread(assignment.situation.findings, 3, 0)


def test_a_sound_in_the_same_word_as_a_candidate_stands() -> None:
    glued = an_assignment("Well um,basically, this was a rather long and quiet walk home for me.")
    result = read(glued, verdicts(rejected=[verdict(1)]))
    by_label = {each.label: each.status for each in result.findings if each.start_word == 1}
    assert by_label["um"] is FindingStatus.COUNTED
    assert by_label["basically"] is FindingStatus.REJECTED


@pytest.mark.parametrize(
    "answer",
    [
        verdicts(rejected=[verdict(4)]),  # no candidate
        verdicts(rejected=[verdict(9)]),  # half a candidate
        verdicts(confirmed=[verdict(99)]),  # no word
        verdicts(rejected=[verdict(10, 9)]),  # backwards
        verdicts(rejected=[verdict(3)], confirmed=[verdict(3)]),  # yes and no
        verdicts(missed=[missed(19, 20)]),  # past the end
        verdicts(missed=[missed(0)]),  # counted already
        verdicts(missed=[missed(3, 6)]),  # overlaps a counted one
        verdicts(missed=[missed(1, 6)]),  # too long for a filler
    ],
)
def test_what_points_at_nothing_is_dropped_and_counted(
    assignment: Assignment, answer: WindowVerdicts
) -> None:
    result = read(assignment, answer)
    assert result.findings == assignment.situation.findings
    assert result.unresolved >= 1


def test_what_is_not_sure_enough_is_dropped_and_counted(assignment: Assignment) -> None:
    answer = verdicts(
        rejected=[verdict(3, sure=0.69)],
        missed=[missed(19, sure=0.5)],
        confirmed=[verdict(15, sure=0)],
    )
    assert read(assignment, answer) == Reread(assignment.situation.findings, 0, 3)
    assert read(assignment, verdicts(rejected=[verdict(3, sure=0.7)])).unsure == 0


def test_a_window_judges_its_own_words_only(assignment: Assignment) -> None:
    answer = verdicts(rejected=[verdict(3)], missed=[missed(19)])
    result = read(assignment, answer, Window(4, 18, 0, 19))
    assert result == Reread(assignment.situation.findings, 2, 0)


def test_what_was_missed_is_a_finding_of_its_own(assignment: Assignment) -> None:
    stuff = at(read(assignment, verdicts(missed=[missed(19, why="says nothing")])).findings, 19)
    assert (stuff.label, stuff.text, stuff.source) == ("stuff", "stuff.", FindingSource.AI)
    assert stuff.start_ms == assignment.situation.words[19].start_ms
    assert stuff.why
    assert stuff.review == Review(Decision.ADDED, 0.9, "says nothing", None)


def test_the_same_word_is_added_once(assignment: Assignment) -> None:
    result = read(assignment, verdicts(missed=[missed(19), missed(19, kind="hedge")]))
    assert [f.kind for f in result.findings if f.start_word == 19] == [FindingKind.FILLER]
    assert result.unresolved == 1


def test_a_cluster_falls_with_its_fillers_and_forms_with_new_ones(assignment: Assignment) -> None:
    def clusters(findings: tuple[Finding, ...]) -> list[tuple[int, FindingStatus]]:
        kind = FindingKind.FILLER_CLUSTER
        return [(f.end_word, f.status) for f in findings if f.kind is kind]

    assert clusters(assignment.situation.findings) == [(19, FindingStatus.COUNTED)]
    result = read(assignment, verdicts(missed=[missed(19)]))
    assert clusters(result.findings) == [
        (19, FindingStatus.REJECTED),
        (20, FindingStatus.COUNTED),
    ]


def test_counts_only_fillers_that_stand(assignment: Assignment) -> None:
    rule = counted_fillers(assignment.situation.findings)
    answer = verdicts(rejected=[verdict(3)], confirmed=[verdict(13), verdict(15)])
    assert counted_fillers(read(assignment, answer).findings) == rule + 1


@pytest.mark.parametrize(
    "why", ["It is the 2nd one", "twelve of them", "see {slot}", "x" * 91, "<b>no</b>", "\n \t"]
)
def test_a_reason_that_cannot_be_shown_is_blank(assignment: Assignment, why: str) -> None:
    like = at(read(assignment, verdicts(rejected=[verdict(3, why=why)])).findings, 3)
    assert like.status is FindingStatus.REJECTED
    assert like.review is not None
    assert like.review.reason == ""


def test_an_answer_that_is_mostly_about_nothing_is_astray(assignment: Assignment) -> None:
    offered = candidates(assignment.situation.findings, assignment.situation.sounds)
    window = Window(0, 19, 0, 19)
    everything = verdicts(rejected=[verdict(at) for at in range(20)])
    assert astray(window, everything, offered)
    assert not astray(window, verdicts(), offered)
    assert not astray(window, verdicts(rejected=[verdict(4), verdict(5)]), offered)
    fair = verdicts(rejected=[verdict(3), verdict(9, 10), verdict(13), verdict(4), verdict(5)])
    assert not astray(window, fair, offered)
    assert astray(window, verdicts(missed=[missed(at) for at in (30, 31, 32)]), offered)


NUMBER = st.integers(0, 25)
SURE = st.floats(0, 1)
KIND = st.sampled_from(["filler", "repetition", "restart", "hedge"])
VERDICT = st.builds(verdict, NUMBER, NUMBER, SURE, st.text(max_size=20))
ANSWERS = st.builds(
    verdicts,
    st.lists(VERDICT, max_size=8),
    st.lists(VERDICT, max_size=8),
    st.lists(st.builds(missed, NUMBER, NUMBER, KIND, SURE, st.text(max_size=20)), max_size=8),
)


@given(answer=ANSWERS)
def test_whatever_is_answered_the_rules_findings_can_be_had_again(
    assignment: Assignment, answer: WindowVerdicts
) -> None:
    result = read(assignment, answer)
    assert unreviewed(result.findings) == assignment.situation.findings


@given(answer=ANSWERS)
def test_whatever_is_answered_sounds_stand_and_nothing_counts_twice(
    assignment: Assignment, answer: WindowVerdicts
) -> None:
    sounds = assignment.situation.sounds

    def standing(findings: tuple[Finding, ...], **where: Any) -> list[Finding]:
        return [
            each
            for each in findings
            if each.kind is FindingKind.FILLER and each.status is FindingStatus.COUNTED
        ]

    findings = read(assignment, answer).findings
    before = [each for each in standing(assignment.situation.findings) if each.label in sounds]
    assert all(each in findings for each in before)
    counted = standing(findings)
    words = [at for each in counted for at in range(each.start_word, each.end_word)]
    assert len(words) == len(set(words))


@given(answer=ANSWERS)
def test_findings_stand_in_order_and_on_existing_words(
    assignment: Assignment, answer: WindowVerdicts
) -> None:
    findings = read(assignment, answer).findings
    places = [(each.start_word, each.end_word) for each in findings]
    assert places == sorted(places)
    assert all(0 <= start < end <= assignment.ground.size for start, end in places)


def test_rule_findings_without_a_review_are_given_back_as_they_are() -> None:
    finding = Finding(FindingKind.HEDGE, "maybe", "maybe", 1, 2)
    added = replace(finding, review=Review(Decision.ADDED, 1.0, "", None))
    assert unreviewed([finding, added]) == (finding,)
