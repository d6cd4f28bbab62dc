from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.speech.corrections import Correction
from sessions_app.speech.findings import (
    Decision,
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Review,
)
from sessions_app.stages import rules
from sessions_app.stages.context import RunContext
from sessions_app.stages.correcting import applied, as_corrected
from sessions_app.stages.outputs import StageName, TextSource, Timing
from tests.sessions_app.speech.said import timed
from tests.sessions_app.speech.set_right import NO, WORD, YES, correction
from tests.sessions_app.stages.rule_runs import context

WORDS = timed("Today, um, we plan the trip. We like, you know, the sea. Um, we begin at nine.")
UM, LIKE, YOU, OTHER_UM = 1, 7, 8, 12


def go_on() -> None:
    """Never stops."""


def read(source: TextSource = TextSource.OWN, timing: Timing = Timing.ALIGNED) -> RunContext:
    spoken = context(WORDS, source=source, timing=timing)
    return spoken.with_output(StageName.RULES, rules.run(spoken, go_on))


def found(run: RunContext) -> tuple[Finding, ...]:
    assert run.rules is not None
    return run.rules.findings


def corrected(run: RunContext, *corrections: Correction) -> tuple[RunContext, Sequence[Finding]]:
    return as_corrected(replace(run, corrections=corrections), found(run), go_on)


def fillers(findings: Sequence[Finding]) -> list[tuple[int, str]]:
    return [
        (f.start_word, f.label)
        for f in findings
        if f.kind is FindingKind.FILLER and f.status is FindingStatus.COUNTED
    ]


def test_without_corrections_the_run_is_what_it_was() -> None:
    run = read()
    assert corrected(run) == (run, found(run))


def test_an_edited_word_is_read_again_by_the_rules() -> None:
    run, after = corrected(read(), correction(1, WORD, WORDS, UM, text="then,"))
    assert run.transcription is not None
    assert run.transcription.words[UM].text == "then,"
    assert [at for at, _ in fillers(after)] == [at for at, _ in fillers(found(read())) if at != UM]


def test_a_word_edited_into_a_filler_is_counted_and_can_be_judged_after_that() -> None:
    plan = 3
    edit = correction(1, WORD, WORDS, plan, text="uh")
    assert (plan, "uh") in fillers(corrected(read(), edit)[1])
    judged = correction(2, NO, WORDS, plan, text="uh")
    assert (plan, "uh") not in fillers(corrected(read(), edit, judged)[1])


def test_marks_typed_with_a_word_move_the_sentences() -> None:
    run, _ = corrected(read(), correction(1, WORD, WORDS, 3, text="plan."))
    assert run.rules is not None
    assert run.rules.sentences[0] == (0, 4)


def test_what_a_second_reader_said_of_other_words_stays() -> None:
    run = read()
    um = next(f for f in found(run) if f.start_word == OTHER_UM and f.kind is FindingKind.FILLER)
    turned_down = replace(
        um,
        status=FindingStatus.REJECTED,
        review=Review(Decision.REJECTED, 0.9, "", FindingStatus.COUNTED),
    )
    added = Finding(
        FindingKind.FILLER, "trip", "trip.", 5, 6, source=FindingSource.AI,
        review=Review(Decision.ADDED, 0.9, "", None),
    )  # fmt: skip
    by_ai = (*(turned_down if f is um else f for f in found(run)), added)
    edit = correction(1, WORD, WORDS, UM, text="then,")
    _, after = as_corrected(replace(run, corrections=(edit,)), by_ai, go_on)
    assert turned_down in after
    assert added in after


def test_nothing_is_set_right_in_a_draft() -> None:
    run = replace(
        read(source=TextSource.DRAFT), corrections=(correction(1, NO, WORDS, UM, text="um"),)
    )
    assert applied(run) == ()
    assert as_corrected(run, found(run), go_on) == (run, found(run))


def test_clusters_need_to_know_when_words_were_said() -> None:
    run = read(timing=Timing.APPROXIMATE)
    three = [correction(n, YES, WORDS, n, text="word") for n in (2, 3, 4)]
    assert FindingKind.FILLER_CLUSTER not in {f.kind for f in corrected(run, *three)[1]}
    clustered = {f.kind for f in corrected(read(), *three)[1]}
    assert FindingKind.FILLER_CLUSTER in clustered


@st.composite
def any_corrections(draw: st.DrawFn) -> list[Correction]:
    made = st.tuples(
        st.integers(0, len(WORDS) - 1),
        st.sampled_from([NO, YES, WORD]),
        st.sampled_from(["um", "like", "sea.", "and"]),
    )
    drawn = draw(st.lists(made, max_size=6))
    return [correction(n, kind, WORDS, at, text=text) for n, (at, kind, text) in enumerate(drawn)]


@settings(max_examples=50)
@given(any_corrections(), st.randoms())
def test_whatever_is_corrected_the_order_of_rows_does_not_matter(
    made: list[Correction], chance: object
) -> None:
    run = read()
    straight = corrected(run, *made)
    chance.shuffle(made)  # type: ignore[attr-defined]
    assert corrected(run, *made)[1] == straight[1]


@settings(max_examples=50)
@given(any_corrections())
def test_the_words_of_the_talk_itself_never_change(made: list[Correction]) -> None:
    run = read()
    after, findings = corrected(run, *made)
    assert run.transcription is not None
    assert run.transcription.words == WORDS
    assert after.transcription is not None
    spoken = [word.text for word in after.transcription.words]
    for each in findings:  # and what is quoted is what stands there
        if each.kind is not FindingKind.FILLER_CLUSTER and each.text:
            assert each.text.split()[0] in " ".join(spoken[each.start_word : each.end_word])
