from __future__ import annotations

from sessions_app.transcripts.cues import Cue, read_cues


def rows(text: str) -> list[tuple[int, int, str]]:
    return [(cue.start_ms, cue.end_ms, " ".join(cue.lines)) for cue in read_cues(text)]


def test_reads_hours_and_short_clocks() -> None:
    text = "1\n01:02:03,5 --> 01:02:04,050\nlate\n\n2\n00:07.250-->00:09.000\nearly\n"
    assert rows(text) == [(7_250, 9_000, "early"), (3_723_500, 3_724_050, "late")]


def test_survives_missing_blank_lines() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:02,000 --> 00:00:03,000\ntwo"
    assert rows(text) == [(1_000, 2_000, "one"), (2_000, 3_000, "two")]


def test_keeps_blank_lines_inside_and_numbers_that_are_said() -> None:
    first = "1\n00:00:01,000 --> 00:00:02,000\nthe answer is\n\n42\n\n"
    text = first + "2\n00:00:03,000 --> 00:00:04,000\nok"
    assert rows(text) == [(1_000, 2_000, "the answer is 42"), (3_000, 4_000, "ok")]


def test_drops_names_notes_and_styles_of_webvtt() -> None:
    text = (
        "WEBVTT - talk\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE not said\n\n"
        "intro\n00:01.000 --> 00:02.000 align:start position:0%\nHello\n\nNOTE\nnot said either\n"
    )
    assert rows(text) == [(1_000, 2_000, "Hello")]


def test_backward_and_empty_cues_do_no_harm() -> None:
    text = "00:00:05,000 --> 00:00:04,000\nback\n\n00:00:06,000 --> 00:00:07,000\n\n"
    assert read_cues(text) == (Cue(5_000, 5_000, ("back",)),)


def test_live_captions_are_not_read_twice() -> None:
    text = (
        "WEBVTT\n\n00:00.000 --> 00:02.000\nso<00:00:00.500><c> hello</c>\n\n"
        "00:02.000 --> 00:02.010\nso hello\n\n"
        "00:02.010 --> 00:04.000\nso hello\nand<00:00:02.900><c> welcome</c>\n"
    )
    assert [cue.lines[0][:3] for cue in read_cues(text)] == ["so<", "and"]


def test_ordinary_subtitles_may_repeat_themselves() -> None:
    text = "00:01.000 --> 00:02.000\nNo.\n\n00:02.000 --> 00:03.000\nNo.\n"
    assert len(read_cues(text)) == 2
