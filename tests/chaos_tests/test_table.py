from __future__ import annotations

from benchmarks.machine import Machine
from tests.chaos import table
from tests.chaos.judging import judge
from tests.chaos.plan import Plan
from tests.chaos_tests.evidence import SOUND, with_report

PLAN = Plan(seed=1, sessions=1)
WHERE = Machine("2026-01-01", cores=2, python="3.11.7", load_before=0.0, load_after=0.1)


def test_a_table_tells_the_setting_and_each_figure_beside_its_target() -> None:
    text = table.as_markdown(PLAN, SOUND, judge(SOUND), WHERE)
    assert "1 talks in 100 s; killed: 1 × forked job; 1 runs hit" in text
    assert "| talks lost | 0 | 0 | yes |" in text
    assert "**no**" not in text


def test_what_does_not_hold_stands_out() -> None:
    found = with_report(state="failed")
    assert "| talks lost | 1 | 0 | **no** |" in table.as_markdown(PLAN, found, judge(found), WHERE)
    assert table.as_json(PLAN, found, judge(found))["lost"] == ["Talk 0, try 1"]
