from __future__ import annotations

import json

from benchmarks.table import as_json, as_markdown
from tests.benchmarks.samples import measured

FLOW = {
    "name", "runs", "wall", "slowest", "provisional", "of_sequential", "calls", "tokens_in",
    "tokens_cached", "tokens_out", "usd", "transcription", "chain", "own", "own_parts",
    "longest_piece", "stages",
}  # fmt: skip


def test_the_json_can_be_read_again_and_names_every_flow() -> None:
    document = json.loads(json.dumps(as_json(measured())))
    assert document.keys() == {
        "quick", "time_scale", "simulated", "machine", "flows", "mean_wall_s", "targets",
    }  # fmt: skip
    assert [flow["name"] for flow in document["flows"]] == [
        "sequential", "hybrid, kept", "hybrid, regenerated", "ours, kept", "ours, regenerated",
    ]  # fmt: skip
    assert all(flow.keys() == FLOW for flow in document["flows"])
    assert all(
        target.keys() == {"name", "value", "limit", "unit", "met", "missed_by"}
        for target in document["targets"]
    )


def test_a_quick_run_says_so_and_judges_no_target() -> None:
    quick = measured(quick=True)
    assert as_json(quick)["targets"] == []
    text = as_markdown(quick)
    assert "waiting times × 0.25" in text
    assert "missed" not in text


def test_the_table_has_a_line_for_each_flow_and_each_target() -> None:
    text = as_markdown(measured())
    assert "| ours, kept | 1 | 9.00 | 0.132 | 3.40 | 2 | 2,000 | 0 | 200 | 0.0200 |" in text
    assert "| complete report, coaching kept | 0.132 × | 0.150 × | met |" in text
    assert "| the same in seconds | 3.400 s | 3.000 s | missed by 0.400 s |" in text


def test_a_reference_has_no_time_of_its_own() -> None:
    line = next(line for line in as_markdown(measured()).splitlines() if "| sequential" in line)
    assert line.endswith("| – |")


def test_all_rows_of_a_table_have_as_many_cells() -> None:
    lines = [line for line in as_markdown(measured()).splitlines() if line.startswith("|")]
    assert {line.count("|") for line in lines if "target" not in line} >= {14}
