from __future__ import annotations

from itertools import islice

import pytest

from benchmarks.capacity.measured import PAGE, measured
from benchmarks.capacity.table import as_markdown, rows

FIGURES = """
| flow | runs | calls | tokens in | tokens out | longest transcription s | longest chain s | own s |
| --- | --- | --- | --- | --- | --- | --- | --- |
| ours, kept, 1 minute | 3 | 6 | 4,791 | 726 | 1.25 | 7.06 | 0.23 |
| ours, kept | 3 | 13 | 10,712 | 824 | 1.9 | 7.0 | 0.3 |

| our own work | minutes | processor s | × realtime |
| --- | --- | --- | --- |
| decode, write, cut and measure | 5 | 0.7 | 418 |
| decode, write, cut and measure | 30 | 3.5 | 520 |

| resident memory at most | job MB | decoder MB |
| --- | --- | --- |
| 5 minutes | 141 | 51 |

""" + (
    "Processor time of a run of five minutes, without its decoder: 0.20 s in memory; the ledger of "
    "its 12 calls takes 39 ms more, checkpoints and metrics another 57 ms (medians of 5): 0.4 %.\n"
    "\n- something else, 100 ms\n"
)


def test_a_talk_is_as_it_was_measured() -> None:
    found = measured(FIGURES)
    assert found.talk.seconds == pytest.approx(1.9 + 7.0 + 0.3)
    assert (found.talk.calls, found.talk.tokens) == (13, 11_536)
    assert found.processor == pytest.approx(0.7 + 0.2 + 0.039 + 0.057)
    assert found.memory == 192


def test_a_page_without_the_figures_is_not_guessed_at() -> None:
    with pytest.raises(KeyError):
        measured(FIGURES.replace("ours, kept |", "theirs |"))


def test_our_own_page_has_them() -> None:
    found = measured(PAGE.read_text(encoding="utf-8"))
    text = as_markdown(found, list(islice(rows(found, seconds=1.0), 1)))
    assert "| 10 | 500 | 500,000 |" in text
