from __future__ import annotations

import json
from typing import Any

import pytest

from sessions_app import actions, queries
from sessions_app.exports.document import report_document, report_json
from tests.sessions_app.finished import finished_run


@pytest.mark.django_db
def test_the_document_is_the_report_with_the_facts_of_its_talk() -> None:
    run = finished_run(session__prompt="Sell it", session__target_wpm=140)
    report = queries.report(run)
    assert report is not None
    document = json.loads(report_json(run.session, run, report))
    assert document["metrics"]["wpm"] == 128.5
    assert document["session"]["prompt"] == "Sell it"
    assert document["session"]["target_wpm"] == 140
    assert document["run"] == {"id": str(run.pk), "number": 1, "state": "completed"}


@pytest.mark.django_db
def test_coaching_is_exported_as_it_is_read() -> None:
    run = finished_run(summary="You used {fillers_total} fillers.")
    report = queries.report(run)
    assert report is not None
    assert report_document(run.session, run, report)["coaching"]["summary"] == "You used 1 fillers."


@pytest.mark.django_db
def test_corrections_are_exported_with_what_they_changed() -> None:
    run = finished_run(summary="You used {fillers_total|filler|fillers}.")
    own: dict[str, Any] = {"session": run.session, "author": run.session.owner}
    made = actions.correct(kind="not_a_filler", start_word=0, end_word=1, **own)
    actions.correct(kind="word", start_word=1, end_word=2, text="hullo", **own)
    report = queries.report(run)
    assert report is not None
    document = json.loads(report_json(run.session, run, report))
    assert [row["kind"] for row in document["corrections"]] == ["not_a_filler", "word"]
    assert document["corrections"][1]["said"] == "hello"
    assert document["words"][1]["text"] == "hullo"
    assert document["metrics"]["fillers_total"] == 0
    (um,) = [found for found in document["findings"] if found["label"] == "um"]
    assert (um["status"], um["source"], um["correction"]) == ("rejected", "user", made.pk)
