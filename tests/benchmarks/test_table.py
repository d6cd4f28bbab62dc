from __future__ import annotations

import json
from dataclasses import replace

from benchmarks.names import LONG, OURS_LONG, SEQUENTIAL, of_length
from benchmarks.table import as_json, as_markdown
from tests.benchmarks.samples import everything, measured, row, rows

FLOW = {
    "name", "runs", "wall", "slowest", "provisional", "of_sequential", "calls", "tokens_in",
    "tokens_cached", "tokens_out", "usd", "transcription", "chain", "own", "longest_piece",
    "stages", "without_calls",
}  # fmt: skip


def test_the_json_can_be_read_again_and_names_every_flow() -> None:
    document = json.loads(json.dumps(as_json(measured())))
    assert document.keys() == {
        "quick", "time_scale", "simulated", "machine", "flows", "mean_wall_s", "targets",
        "without", "tight", "own_work", "seeded",
    }  # fmt: skip
    assert [flow["name"] for flow in document["flows"]] == [
        "sequential", "hybrid, kept", "hybrid, regenerated", "ours, kept", "ours, regenerated",
    ]  # fmt: skip
    assert all(flow.keys() == FLOW for flow in document["flows"])
    assert all(
        target.keys() == {"name", "value", "limit", "unit", "at_least", "met", "missed_by"}
        for target in document["targets"]
    )


def test_a_quick_run_says_so_and_judges_no_target() -> None:
    quick = measured(quick=True)
    assert as_json(quick)["targets"] == []
    text = as_markdown(quick)
    assert "waiting times × 0.25" in text
    assert "reached" not in text


def test_the_table_has_a_line_for_each_flow_and_each_target() -> None:
    text = as_markdown(measured())
    assert "| ours, kept | 1 | 9.00 | 0.132 | 3.40 | 2 | 2,000 | 0 | 200 | 0.0200 |" in text
    assert "| complete report, coaching kept | 0.132 × | ≤ 0.150 × | reached |" in text
    assert "| the same in seconds | 3.400 s | ≤ 3.000 s | not reached, by 0.400 s |" in text


def test_a_reference_shows_what_it_took_beside_its_calls() -> None:
    line = next(line for line in as_markdown(measured()).splitlines() if "| sequential" in line)
    assert line.endswith("| 61.00 |")


def test_every_length_is_held_against_its_own_sequential_flow() -> None:
    more = (row(of_length(SEQUENTIAL, LONG), 100.0), row(OURS_LONG, 12.0))
    found = replace(measured(), rows={**rows(), **{each.name: each for each in more}})
    text = as_markdown(found)
    assert f"| {OURS_LONG} | 1 | 12.00 | 0.120 |" in text


def test_what_was_measured_besides_has_tables_of_its_own() -> None:
    text = as_markdown(everything())
    assert "| windows | one call | 11.00 | +2.00 | 3.40 | +0.00 | 0.0200 |" in text
    assert "| 30 requests, 60,000 tokens | parallel | 120.0 | 60.0 | 2 | 0 | yes | 0 |" in text
    assert "| ours | 12.00 | 0.179 |" in text
    assert "50% of them regenerated" in text
    assert "| rules | 5 | 0.050 | 6000 |" in text
    assert "| 30 minutes | 151 | – |" in text
    assert "ledger of its 12 calls takes 30 ms more, checkpoints and metrics another 70 ms" in text
    assert "0.3 % and 0.8 % of the time" in text


def test_the_json_has_it_all() -> None:
    document = json.loads(json.dumps(as_json(everything())))
    assert document["seeded"]["regenerated"] == 0.5
    assert document["without"][0]["more"] == 2.0
    assert document["tight"]["complete"] is True
    assert document["own_work"]["bookkeeping"]["calls"] == 12


def test_all_rows_of_a_table_have_as_many_cells() -> None:
    lines = [line for line in as_markdown(measured()).splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines if "target" not in line} >= {14}
