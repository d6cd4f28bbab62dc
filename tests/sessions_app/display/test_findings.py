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


def test_possible_findings_are_kept_apart_and_rejected_ones_left_out() -> None:
    listed = finding_list(FINDINGS)
    assert [row.quote for row in listed.rows] == ["Um,", "I guess"]
    assert [row.quote for row in listed.possible] == ["like"]
    assert listed.total == 2


def test_a_kind_selects_its_findings_but_not_the_counts() -> None:
    listed = finding_list(FINDINGS, "hedge")
    assert [(row.number, row.clock) for row in listed.rows] == [(1, "1:05")]
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
        (FindingSource.RULE, 1.0, ""),
        (FindingSource.RULE, 0.95, ""),
        (FindingSource.RULE, 0.9, "found by rule · 90%"),
        (FindingSource.AI, 1.0, "found by AI · 100%"),
    ],
)
def test_only_a_doubt_or_another_source_than_rules_is_told(
    source: FindingSource, confidence: float, origin: str
) -> None:
    finding = replace(FINDINGS[0], source=source, confidence=confidence)
    assert finding_list((finding,)).rows[0].origin == origin
