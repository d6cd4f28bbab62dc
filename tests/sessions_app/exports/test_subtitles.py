from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sessions_app import queries
from sessions_app.exports.subtitles import srt, vtt
from sessions_app.report import Report
from sessions_app.speech.words import Word
from sessions_app.transcripts.parsing import parse
from sessions_app.transcripts.reading import decode_transcript
from tests.sessions_app.finished import finished_run

SENTENCE_END = ".?!"


@pytest.fixture
def report(db: None) -> Report:
    found = queries.report(finished_run())
    assert found is not None
    return found


def test_srt_numbers_its_cues(report: Report) -> None:
    assert srt(report) == "1\n00:00:00,000 --> 00:00:01,400\nUm, hello there.\n"


def test_vtt_says_what_it_is(report: Report) -> None:
    assert vtt(report) == "WEBVTT\n\n00:00:00.000 --> 00:00:01.400\nUm, hello there.\n"


def test_what_means_something_in_vtt_is_escaped(report: Report) -> None:
    told = replace(report, words=(Word("AT&T", 0, 500), Word("<b>", 500, 900)), sentences=((0, 2),))
    assert "AT&amp;T &lt;b&gt;" in vtt(told)


def test_times_pass_the_hour(report: Report) -> None:
    told = replace(report, words=(Word("late", 3_723_004, 3_725_000),), sentences=((0, 1),))
    assert "01:02:03,004 --> 01:02:05,000" in srt(told)


TEXT = st.text("abcdefghijklmnoäöüßéñ", min_size=1, max_size=12)
SAID = st.lists(st.tuples(TEXT, st.sampled_from(["", ",", *SENTENCE_END])), min_size=1, max_size=80)


@pytest.mark.parametrize("format", ["srt", "vtt"])
@given(said=SAID, pace=st.integers(60, 900))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_again(
    report: Report, format: str, said: list[tuple[str, str]], pace: int
) -> None:
    words = tuple(
        Word(text + mark, i * pace, i * pace + pace) for i, (text, mark) in enumerate(said)
    )
    ends = [i + 1 for i, (_, mark) in enumerate(said) if mark and mark in SENTENCE_END]
    bounds = sorted({0, *ends, len(words)})
    told = replace(report, words=words, sentences=tuple(pairwise(bounds)))
    written = srt(told) if format == "srt" else vtt(told)
    text, found_format = decode_transcript(written.encode(), f"words.{format}")
    assert found_format == format
    parsed = parse(text, format)
    read = " ".join(passage.text for passage in parsed.passages)
    assert read == " ".join(word.text for word in words)
    starts = [passage.start_ms for passage in parsed.passages]
    assert starts == sorted(starts, key=lambda ms: ms or 0)
    assert starts[0] == 0
