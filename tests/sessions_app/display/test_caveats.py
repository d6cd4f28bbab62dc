from __future__ import annotations

from dataclasses import replace

from sessions_app.display.caveats import caveat_texts, read_by_ai_alone
from sessions_app.stages.outputs import Caveat
from tests.sessions_app.display.test_plain import REPORT
from tests.sessions_app.samples import METRICS

UNKNOWN_LANGUAGE = replace(REPORT, caveats=(Caveat.NO_PACK,))


def test_a_language_without_rules_is_not_judged_until_the_ai_has_counted() -> None:
    uncounted = replace(UNKNOWN_LANGUAGE, metrics=replace(METRICS, fillers_total=None))
    assert "not judged in this language" in caveat_texts(uncounted)[0]
    assert not read_by_ai_alone(uncounted)


def test_fillers_the_ai_counted_are_not_denied() -> None:
    counted = replace(UNKNOWN_LANGUAGE, metrics=replace(METRICS, fillers_total=3))
    assert "fillers are those the AI found" in caveat_texts(counted)[0]
    assert read_by_ai_alone(counted)
