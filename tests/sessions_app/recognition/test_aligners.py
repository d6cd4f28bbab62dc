from __future__ import annotations

import logging
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from sessions_app.recognition import launched
from sessions_app.recognition.aligners import MOST, Aligners
from sessions_app.recognition.alignment import Aligner, Alignment
from sessions_app.recognition.engine import alignment_engine
from sessions_app.recognition.orders import Order
from sessions_app.recognition.sound import Excerpt
from tests.deadline import eventually
from tests.sessions_app.recognition.aligning import ORDERS, UNSAID, aligners, processes, wait_for
from tests.sessions_app.recognition.speech import never_stop, recording

DEADLY = replace(ORDERS[0], words=[None])  # type: ignore[list-item]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Aligners]:
    with aligners(tmp_path) as found:
        yield found


def aligned_here(folder: Path, orders: Sequence[Order]) -> list[Alignment]:
    engine = alignment_engine()
    with recording(folder) as sound:
        return [
            Aligner(
                Excerpt(sound, each.start_ms, each.end_ms), each.words, folder, never_stop, engine
            ).align_heard(each.speech)
            for each in orders
        ]


def test_words_are_found_where_one_process_would_find_them_in_any_order(
    opened: Aligners, tmp_path: Path
) -> None:
    orders = [*ORDERS, UNSAID]
    mixed = random.Random(1).sample(orders, len(orders))
    with ThreadPoolExecutor(MOST) as threads:
        found = dict(zip(map(id, mixed), threads.map(opened.align, mixed), strict=True))
    assert [found[id(each)] for each in orders] == aligned_here(tmp_path, orders)
    assert 1 <= len(processes()) <= MOST


def test_they_are_prepared_as_far_as_they_will_be_needed(opened: Aligners) -> None:
    opened.prepare(1)
    wait_for(1)
    opened.prepare(10_000)
    ready = wait_for(MOST)
    assert opened.align(ORDERS[0]) is not None
    assert set(processes()) == set(ready)


def test_none_is_started_before_it_is_needed(opened: Aligners) -> None:
    assert processes() == []


def test_one_that_died_idle_loses_nothing(
    opened: Aligners, caplog: pytest.LogCaptureFixture
) -> None:
    opened.prepare(1)
    (process,) = wait_for(1)
    process.kill()
    with caplog.at_level(logging.WARNING):
        found = opened.align(ORDERS[0])
    assert found is not None
    assert found.share == 1
    assert "process that aligns is gone" in caplog.text


def test_a_piece_that_they_die_of_is_given_up(
    opened: Aligners, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert opened.align(DEADLY) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"] * 2
    found = opened.align(ORDERS[0])
    assert found is not None
    assert found.share == 1


def test_without_room_for_a_process_nothing_is_found(
    opened: Aligners, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launched, "command", lambda *arguments: [str(tmp_path / "missing")])
    opened.prepare(MOST)
    assert opened.align(ORDERS[0]) is None


def test_the_end_does_not_wait_for_answers(
    opened: Aligners, caplog: pytest.LogCaptureFixture
) -> None:
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(opened.align, UNSAID)
        eventually(lambda: [process for process in processes() if works(process)], what="it works")
        opened.end()
        assert answer.result() is None
    assert processes() == []
    assert caplog.text == ""


def test_after_the_end_none_is_started(opened: Aligners) -> None:
    opened.end()
    opened.prepare(MOST)
    assert opened.align(ORDERS[0]) is None
    assert processes() == []


def works(process: psutil.Process) -> bool:
    return bool(process.cpu_times().user > 0.5)
