from __future__ import annotations

import pytest

from sessions_app.display.numbers.ground import ground_of
from sessions_app.report import Report
from sessions_app.speech.measures import measure
from sessions_app.speech.norms import COMFORTABLE
from tests.sessions_app.display.numbers.reports import REPORTS


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_what_the_page_computes_from_gives_the_numbers_of_the_report(report: Report) -> None:
    ground = ground_of(report, COMFORTABLE)
    assert ground is not None
    assert measure(ground.material) == report.metrics
    assert ground.same_formulas
