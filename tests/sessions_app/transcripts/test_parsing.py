from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.stages.problems import InputProblem, Problem
from sessions_app.transcripts.parsing import parse, speakers

CUE = "1\n00:00:01,000 --> 00:00:04,000\nReady or not\n\n"

CLOCKS = """---
title: A talk
---
## Opening

Aaron van Wirdum: 00:00:19

Live from Utrecht,
this is it.

Sjors Provoost: 00:00:22

Explained.

Aaron van Wirdum: 01:00:23

The end.
"""


def rows(text: str, format_: str = "txt") -> list[tuple[str, str]]:
    return [(passage.speaker, passage.text) for passage in parse(text, format_).passages]


def test_reads_names_with_clock_times() -> None:
    parsed = parse(CLOCKS, "txt")
    assert [(p.speaker, p.start_ms, p.text) for p in parsed.passages] == [
        ("Aaron van Wirdum", 19_000, "Live from Utrecht, this is it."),
        ("Sjors Provoost", 22_000, "Explained."),
        ("Aaron van Wirdum", 3_623_000, "The end."),
    ]
    assert speakers(CLOCKS, "txt") == ("Aaron van Wirdum", "Sjors Provoost")


def test_reads_names_before_the_text() -> None:
    text = "Dr. Jane Smith: Good morning.\nAnd welcome.\nBob: Hi.\nDR. JANE SMITH: Well."
    assert rows(text) == [
        ("Dr. Jane Smith", "Good morning. And welcome."),
        ("Bob", "Hi."),
        ("Dr. Jane Smith", "Well."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Note: this is about bread.\nIt is good.",
        "We say hello.\nWarning: hot.\nExample: bread.",
        "My rule is simple: bake less.\nMy other rule is this: sell more.",
        "Jane: hello.\nI was alone.",
        "http://example.org is a page.\nThe ratio was 3:1 then.",
    ],
)
def test_a_colon_makes_no_speaker(text: str) -> None:
    assert speakers(text, "txt") == ()
    assert " ".join(said for _, said in rows(text)) == " ".join(text.split())


def test_one_speaker_named_again_and_again_leaves_the_words_alone() -> None:
    text = "Jane: Hello.\nJane: And goodbye."
    assert rows(text) == [("Jane", "Hello."), ("Jane", "And goodbye.")]
    assert speakers(text, "txt") == ()


def test_lines_may_open_with_the_time() -> None:
    parsed = parse("[00:05] Hello there.\n0:07 - More.\n1:02:09\nThe end.", "txt")
    assert [(p.start_ms, p.text) for p in parsed.passages] == [
        (5_000, "Hello there."),
        (7_000, "More."),
        (3_729_000, "The end."),
    ]


def test_a_time_that_is_said_stays_a_word() -> None:
    assert rows("10:30 is when we start.\nPlease come.") == [
        ("", "10:30 is when we start. Please come.")
    ]
    assert rows("10:30 we start.\n09:15 we wake.") == [("", "10:30 we start. 09:15 we wake.")]


def test_reads_voices_of_webvtt() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Jane Doe>Hi &amp; <i>welcome</i></v>\n\n"
        "00:02.000 --> 00:03.000\n<v Bob>Thanks\n\n00:03.000 --> 00:04.000\nA lot.\n"
    )
    assert rows(text, "vtt") == [
        ("Jane Doe", "Hi & welcome"),
        ("Bob", "Thanks"),
        ("Bob", "A lot."),
    ]
    assert speakers(text, "vtt") == ("Jane Doe", "Bob")


def test_two_people_in_one_cue() -> None:
    text = "1\n00:00:01,000 --> 00:00:04,000\nJANE: Ready?\nBOB: Yes.\n"
    assert rows(text, "srt") == [("JANE", "Ready?"), ("BOB", "Yes.")]
    dashes = "1\n00:00:01,000 --> 00:00:04,000\n- Ready?\n- Yes.\n"
    assert rows(dashes, "srt") == [("", "Ready?"), ("", "Yes.")]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("so [NOISE] yeah <VOCNOISE> well (applause) fine", "so yeah well fine"),
        ("saying [adif] bunch", "saying adif bunch"),
        ("I (think) so", "I (think) so"),
        ("♪ la la ♪ [música] *laughs*", "la la"),
        ("a *very* good day [00:12:05]", "a very good day"),
        ("{\\an8}<font color=red>Hi</font>", "Hi"),
        ("see [the page](https://example.org)", "see the page"),
        ("3 < 5 and 7 > 2", "3 < 5 and 7 > 2"),
    ],
)
def test_markers_are_no_words(written: str, said: str) -> None:
    assert rows(written) == [("", said)]


def test_a_subtitle_file_without_cues_is_read_as_text() -> None:
    assert rows("Only words here.", "srt") == [("", "Only words here.")]


def test_a_number_of_thousands_of_digits_is_no_character() -> None:
    assert rows("one &#" + "1" * 5_000 + "; two &#33;")[0][1].startswith("one")


def test_a_name_can_be_stored() -> None:
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {'Ann ' * 80}>Hi\n"
    assert parse(text, "vtt").speakers == (("Ann " * 80)[:100],)


STAMPED = "WEBVTT\n\n00:01.000 --> 00:02.000\n<00:00:01.000>"
LINES = (range(50_000), range(50_000, 100_000))
NEAR_MISSES = {
    "brackets": "[" * 300_000,
    "links": "[a](/" * 60_000,
    "styles": "{\\" * 150_000,
    "wide gap": "a" + " " * 300_000 + "b",
    "voices": STAMPED + "<v " * 60_000,
    "voice without a name": STAMPED + "<v" + " " * 300_000,
    "tags": STAMPED + "<" * 300_000,
    "lines that come back": "\n\n".join(STAMPED + "\n".join(map(str, lines)) for lines in LINES),
}


@pytest.mark.timeout(20)  # the square of such a length takes minutes
@pytest.mark.parametrize("name", NEAR_MISSES)
@pytest.mark.parametrize("format_", ["txt", "vtt"])
def test_no_text_takes_the_square_of_its_length(name: str, format_: str) -> None:
    with suppress(InputProblem):
        parse(NEAR_MISSES[name], format_)


@pytest.mark.parametrize("unit", ["x:\n", "X: a\n", "w ", "0:01\n", "- "])
def test_two_megabytes_of_scraps_are_refused_at_a_glance(unit: str) -> None:
    text = unit * (1_800_000 // len(unit))
    with pytest.raises(InputProblem) as caught:
        parse(text, "txt")
    assert caught.value.problem is Problem.TRANSCRIPT_TOO_LONG


@pytest.mark.parametrize(
    ("text", "format_"),
    [("word " * 30_001, "txt"), ("漢" * 30_001, "txt"), (CUE * 10_001, "srt")],
    ids=["words", "characters", "cues"],
)
def test_more_words_than_anyone_says_are_refused(text: str, format_: str) -> None:
    with pytest.raises(InputProblem) as caught:
        parse(text, format_)
    assert caught.value.problem is Problem.TRANSCRIPT_TOO_LONG


def test_a_long_hour_is_read_whole() -> None:
    assert len(rows("word " * 30_000)[0][1].split()) == 30_000
    assert len(rows("".join([CUE] * 10_000), "srt")) == 10_000


@given(st.text(max_size=200), st.sampled_from(["txt", "srt", "vtt"]))
def test_anything_can_be_parsed(text: str, format_: str) -> None:
    for passage in parse(text, format_).passages:
        assert passage.text.strip() == passage.text != ""


@given(
    st.text("ab:.,0123456789->\n [](){}<>*#", max_size=200), st.sampled_from(["txt", "srt", "vtt"])
)
def test_near_misses_can_be_parsed(text: str, format_: str) -> None:
    for passage in parse(text, format_).passages:
        assert passage.text
        assert passage.end_ms is None or passage.end_ms >= (passage.start_ms or 0)
