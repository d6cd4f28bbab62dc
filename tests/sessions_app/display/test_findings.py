from __future__ import annotations

from dataclasses import replace

import pytest

from sessions_app.display.findings import finding_list
from sessions_app.speech.findings import Finding, FindingKind, FindingSource, FindingStatus

FINDINGS = (
    Finding(FindingKind.FILLER, "um", "Um,", 0, 1, 0, 300),
    Finding(FindingKind.HEDGE, "I guess", "I guess", 3, 5, 65_000, 66_000),
    Finding(FindingKind.FILLER, "like", "like", 6, 7, status=FindingStatus.POSSIBLE),
    Finding(FindingKind.FILLER, "so", "so", 8, 9, status=FindingStatus.REJECTED),
)


def test_possible_and_rejected_findings_are_kept_apart() -> None:
    listed = finding_list(FINDINGS)
    assert [row.quote for row in listed.rows] == ["Um,", "I guess"]
    assert [row.quote for row in listed.possible] == ["like"]
    assert [row.quote for row in listed.rejected] == ["so"]
    assert listed.total == 2


def test_a_kind_selects_its_findings_but_not_the_counts() -> None:
    listed = finding_list(FINDINGS, "hedge")
    assert [(row.word, row.clock) for row in listed.rows] == [(3, "1:05.0")]
    assert [(entry.kind, entry.count) for entry in listed.kinds] == [("filler", 1), ("hedge", 1)]
    assert listed.selected == "hedge"


def test_an_unknown_kind_selects_all() -> None:
    listed = finding_list(FINDINGS, "<script>")
    assert listed.selected == ""
    assert len(listed.rows) == 2


def test_a_finding_without_a_time_has_no_clock() -> None:
    row = finding_list(FINDINGS).possible[0]
    assert (row.ms, row.clock) == (None, "")


def test_long_quotes_are_cut() -> None:
    long = Finding(FindingKind.RUN_ON, "run-on", "word " * 60, 0, 60)
    assert finding_list((long,)).rows[0].quote.endswith("word …")


@pytest.mark.parametrize(
    ("source", "confidence", "origin"),
    [
        (FindingSource.RULE, 0.9, "found by rule · 90%"),
        (FindingSource.AI, 1.0, "found by AI · 100%"),
        (FindingSource.USER, 0.5, "marked by you"),
    ],
)
def test_every_finding_says_who_found_it_and_how_sure_that_is(
    source: FindingSource, confidence: float, origin: str
) -> None:
    finding = replace(FINDINGS[0], source=source, confidence=confidence)
    assert finding_list((finding,)).rows[0].origin == origin


def test_what_its_speaker_dismissed_stays_in_its_place_uncounted() -> None:
    dismissed = replace(
        FINDINGS[0], status=FindingStatus.REJECTED, source=FindingSource.USER, correction=7
    )
    listed = finding_list((dismissed, *FINDINGS[1:]))
    assert [row.correction for row in listed.rows] == [7, None]
    assert listed.total == 1
    assert [(entry.kind, entry.count) for entry in listed.kinds] == [("filler", 0), ("hedge", 1)]
    assert [row.quote for row in listed.rejected] == ["so"]


def test_what_gave_way_to_a_filler_marked_by_its_speaker_is_not_listed_beside_it() -> None:
    marked = Finding(FindingKind.FILLER, "you know", "you know", 6, 8, correction=7)
    gave_way = replace(FINDINGS[2], status=FindingStatus.REJECTED, correction=7)
    listed = finding_list((marked, gave_way))
    assert [row.quote for row in listed.rows] == ["you know"]
    assert listed.possible == listed.rejected == ()


def test_only_fillers_can_be_judged_and_keep_their_place_whatever_is_said() -> None:
    um, hedge = finding_list(FINDINGS).rows
    assert (um.words, um.place) == ("0:1:um", "filler-0-1-um")
    assert (hedge.words, hedge.place) == ("", "")
    rejected = replace(FINDINGS[0], status=FindingStatus.REJECTED)
    assert finding_list((rejected,)).rejected[0].place == um.place


def test_a_cluster_is_as_sure_as_its_fillers() -> None:
    cluster = Finding(FindingKind.FILLER_CLUSTER, "cluster", "um uh er", 0, 3)
    assert finding_list((cluster,)).rows[0].origin == "from the fillers in it"


def test_the_same_advice_is_given_once() -> None:
    um = Finding(FindingKind.FILLER, "um", "um", 0, 1, why="A sound.", advice="Pause.")
    hedge = Finding(FindingKind.HEDGE, "I guess", "I guess", 2, 3, why="A hedge.", advice="Say it.")
    again = [replace(each, start_word=9, end_word=10) for each in (um, hedge)]
    rows = finding_list((um, hedge, *again)).rows
    assert [row.advice for row in rows] == ["Pause.", "Say it.", "", ""]
    assert [row.why for row in finding_list((um, hedge, *again), "hedge").rows] == ["A hedge.", ""]
