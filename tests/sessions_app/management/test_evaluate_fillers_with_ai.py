from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from ai.retry import MAX_USELESS
from tests.simulator import Simulator

pytestmark = pytest.mark.django_db(transaction=True)

LINE = {"text": "Um, it was, like, hard. I like it here.", "filler_spans": [[0, 2, "um"]]}


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(json.dumps(LINE) for _ in range(60)), encoding="utf-8")
    return path


def evaluated(labelled: Path, *arguments: str) -> tuple[dict[str, Any], str]:
    out, err = StringIO(), StringIO()
    call_command("evaluate_fillers", str(labelled), "--json", *arguments, stdout=out, stderr=err)
    return json.loads(out.getvalue()), err.getvalue()


def test_without_a_model_it_says_what_to_set(labelled: Path) -> None:
    with pytest.raises(CommandError, match="OPENAI_BASE_URL"):
        evaluated(labelled, "--with-ai")


def test_the_texts_are_read_in_few_windows_and_sounds_stay(
    labelled: Path, simulator: Simulator, settings: Settings
) -> None:
    settings.OPENAI_BASE_URL = simulator.url
    result, _ = evaluated(labelled, "--with-ai", "--words", "um")
    assert result["overall"]["true_positives"] == 60
    assert result["overall"]["f1"] == 1.0
    assert 1 <= len(simulator.log("verdicts")) <= 4


def test_what_the_model_adds_is_counted_at_its_very_characters(
    tmp_path: Path, simulator: Simulator, settings: Settings
) -> None:
    settings.OPENAI_BASE_URL = simulator.url
    path = tmp_path / "texts.jsonl"
    line = {"text": "We met, “whatnot”, at noon.", "filler_spans": [[9, 16, "whatnot"]]}
    path.write_text("\n".join([json.dumps(LINE), json.dumps(line)]), encoding="utf-8")
    by_rules, _ = evaluated(path, "--words", "whatnot")
    with_ai, _ = evaluated(path, "--words", "whatnot", "--with-ai")
    assert by_rules["overall"]["recall"] == 0.0
    assert (with_ai["overall"]["recall"], with_ai["overall"]["precision"]) == (1.0, 1.0)


def test_a_server_that_is_away_is_told(labelled: Path, settings: Settings) -> None:
    settings.OPENAI_BASE_URL = "http://127.0.0.1:1/v1"
    with pytest.raises(CommandError, match="Not read by the model: 3 of 3"):
        evaluated(labelled, "--with-ai", "--seconds", "1")


def test_where_a_passage_is_lost_the_rules_stand(
    labelled: Path, simulator: Simulator, settings: Settings
) -> None:
    settings.OPENAI_BASE_URL = simulator.url
    simulator.next_faults(
        ["refusal", "ok", "ok", *["refusal"] * (MAX_USELESS - 1)], purpose="verdicts"
    )
    result, told = evaluated(labelled, "--with-ai", "--words", "um")
    assert "Not read by the model: 1 of 3 passages. The AI declined" in told
    assert result["overall"]["true_positives"] == 60
