from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.coaching.agreement import compare
from sessions_app.coaching.verdicts import counted_fillers, unreviewed
from sessions_app.display.second_reading import MAX_PLACES, SecondReading, second_reading
from sessions_app.report import Report, assemble
from sessions_app.speech.corrections import Correction, CorrectionKind
from sessions_app.speech.findings import (
    Decision,
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Review,
)
from sessions_app.speech.scores import score
from sessions_app.stages.outputs import Caveat, ScoringOutput, WindowFacts
from tests.sessions_app.ai_runs import READ_TWICE
from tests.sessions_app.provisional import FOUND, SPOKEN
from tests.sessions_app.samples import MEDIA, METRICS

LONG = replace(METRICS, word_count=300, speaking_ms=120_000, pitch_range_semitones=8.0)
FILLER = Finding(FindingKind.FILLER, "like", "like", 1, 2, 500, 800)
COUNTED, POSSIBLE, REJECTED = FindingStatus


def judged(decision: Decision, before: FindingStatus | None, at: int = 1) -> Finding:
    status = REJECTED if decision is Decision.REJECTED else COUNTED
    source = FindingSource.AI if before is None else FindingSource.RULE
    review = Review(decision, 0.9, "", before)
    place = replace(FILLER, start_word=at, end_word=at + 1)
    return replace(place, status=status, source=source, review=review)


TAKEN = judged(Decision.REJECTED, COUNTED)
CONFIRMED = judged(Decision.CONFIRMED, POSSIBLE)
ADDED = judged(Decision.ADDED, None)
DISMISSED = judged(Decision.REJECTED, POSSIBLE)
ALL = (FILLER, TAKEN, CONFIRMED, ADDED, DISMISSED)


def report(found: tuple[Finding, ...], windows: WindowFacts | None = READ_TWICE.windows) -> Report:
    total = counted_fillers(found)
    metrics = replace(
        LONG, fillers_total=total, filler_sounds=0, fillers_per_minute=total / 2, pauses=None
    )
    before = counted_fillers(unreviewed(found))
    refinement = replace(
        READ_TWICE,
        findings=found,
        windows=windows,
        review=None,
        agreement=compare(before, total, 0.2),
    )
    return assemble(
        title="",
        language="en",
        kind="presentation",
        provisional=False,
        media=MEDIA,
        transcription=SPOKEN,
        rules=FOUND,
        refinement=refinement,
        scoring=ScoringOutput(metrics, score(metrics)),
        steps_down=(),
        timings=(),
        processing_time_ms=1,
    )


def reading(found: tuple[Finding, ...]) -> SecondReading:
    given = second_reading(report(found), found, None)
    assert given is not None
    return given


def counts(given: SecondReading) -> tuple[str, str]:
    assert given.fillers is not None
    return given.fillers.before, given.fillers.after


def test_each_kind_of_change_is_told_with_its_places() -> None:
    given = reading(ALL)
    assert [change.text for change in given.changes] == [
        "took away 1",
        "counted 1 possible one",
        "found 1 that the rules had missed",
        "dismissed 1 possible one",
    ]
    assert all(change.places[0].quote == "like" for change in given.changes)
    assert counts(given) == ("2", "3")
    assert "took away 1, counted 1 possible one" in given.said
    assert "before 2, now 3" in given.said


@given(st.lists(st.sampled_from(ALL), max_size=30))
def test_the_counts_are_those_of_the_rules_and_of_the_report_whatever_changed(
    found: list[Finding],
) -> None:
    given = reading(tuple(found))
    taken, confirmed, added = (found.count(each) for each in (TAKEN, CONFIRMED, ADDED))
    before, after = map(int, counts(given))
    assert after == counted_fillers(found)
    assert before - taken + confirmed + added == after


def test_a_reading_that_agrees_says_that_nothing_changed() -> None:
    given = reading((FILLER,))
    assert not given.changed
    assert given.said == "The AI’s second reading changed no finding."


def test_scores_that_moved_are_told_with_what_they_were() -> None:
    moved = {each.key: each for each in reading((FILLER,) * 9 + (TAKEN,) * 9).scores}
    fillers = moved["score-fillers"]
    assert int(fillers.before) < int(fillers.after)
    assert "score-pace" not in moved


def test_a_score_that_is_new_was_nothing_before() -> None:
    found = (FILLER,)
    given = report(found)
    assert given.metrics is not None
    scored = replace(given, scores=score(given.metrics, structure=75))
    told = second_reading(scored, found, None)
    assert told is not None
    structure = next(each for each in told.scores if each.key == "score-structure")
    assert (structure.before, structure.after) == ("", "75")


def test_other_things_an_ai_found_are_no_fillers_and_clusters_no_change() -> None:
    hedge = replace(ADDED, kind=FindingKind.HEDGE)
    cluster = replace(ADDED, kind=FindingKind.FILLER_CLUSTER)
    given = reading((FILLER, hedge, cluster))
    assert [change.text for change in given.changes] == ["found 1 other thing"]
    assert counts(given) == ("1", "1")


def test_of_many_places_a_few_are_listed_and_the_rest_counted() -> None:
    many = tuple(judged(Decision.REJECTED, COUNTED, at) for at in range(MAX_PLACES + 3))
    (change,) = reading(many).changes
    assert (len(change.places), change.more) == (MAX_PLACES, 3)


def test_after_a_correction_no_score_is_held_against_the_rules() -> None:
    found = (FILLER,) * 9 + (TAKEN,) * 9
    made = Correction(1, CorrectionKind.NOT_A_FILLER, 1, 2, 500, 800, "like", "")
    given = second_reading(replace(report(found), corrections=(made,)), found, None)
    assert given is not None
    assert given.corrected
    assert given.scores == ()
    assert counts(given) == ("18", "9")


@pytest.mark.parametrize("windows", [None, WindowFacts(4, 4, 0, 0)])
def test_where_no_ai_read_the_words_there_is_nothing_to_tell(windows: WindowFacts | None) -> None:
    assert second_reading(report((FILLER,), windows), (FILLER,), None) is None


def test_where_the_rules_count_no_fillers_those_of_the_ai_are_new() -> None:
    given = second_reading(replace(report((ADDED,)), caveats=(Caveat.NO_PACK,)), (ADDED,), None)
    assert given is not None
    assert counts(given) == ("", "1")
    assert "score-fillers" in {each.key for each in given.scores if not each.before}


def test_the_fate_of_the_coaching_is_told_with_its_reason() -> None:
    assert "written anew because rules counted 2 fillers" in reading(ALL).coaching
