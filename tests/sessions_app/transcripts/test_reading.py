from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.stages.problems import InputProblem, Problem
from sessions_app.transcripts.reading import decode_transcript

SRT = "1\n00:00:01,000 --> 00:00:02,000\nHello\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_reads_every_usual_encoding(encoding: str) -> None:
    text = "Our café isn’t far – it’s around the corner."
    assert decode_transcript(text.encode(encoding), "talk.txt") == (text, "txt")


def test_reads_other_scripts() -> None:
    russian = "Добрый день, уважаемые коллеги, начнём наше выступление с главного вопроса."
    assert decode_transcript(russian.encode("cp1251"), "t.txt")[0] == russian
    chinese = "大家好，今天我们来谈谈面包店的故事。"
    assert decode_transcript(chinese.encode("utf-8"), "t.txt")[0] == chinese


def test_line_ends_become_newlines() -> None:
    assert decode_transcript(b"one\r\ntwo\rthree", "a.txt")[0] == "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("text", "name", "format_"),
    [
        (SRT, "talk.txt", "srt"),
        (SRT, "talk.srt", "srt"),
        (SRT.replace(",", "."), "talk.vtt", "vtt"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", "talk.txt", "vtt"),
        ("\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", "", "vtt"),
        ("Just words.", "talk.srt", "txt"),
    ],
)
def test_content_decides_about_the_format(text: str, name: str, format_: str) -> None:
    assert decode_transcript(text.encode(), name)[1] == format_


def document() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", "<w:t>Hello</w:t>")
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        document(),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        b"{\\rtf1 Hello}",
        bytes(range(256)) * 20,
        b"\xff\xfeA",
        b"\x00\x01\x02\x03" * 100,
        b"\xef\xbb\xbf" + b"word " * 100 + b"\0",
        ("word " * 100 + "\0").encode("utf-16"),
        ("word " * 100 + "\0").encode("utf-16-le"),
    ],
)
def test_refuses_what_is_no_text(data: bytes) -> None:
    with pytest.raises(InputProblem) as caught:
        decode_transcript(data, "talk.txt")
    assert caught.value.problem is Problem.TRANSCRIPT_UNREADABLE


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", b"... --- !!!"])
def test_refuses_what_has_no_words(data: bytes) -> None:
    with pytest.raises(InputProblem) as caught:
        decode_transcript(data, "talk.txt")
    assert caught.value.problem is Problem.TRANSCRIPT_EMPTY


def test_refuses_marks_piled_up_without_end() -> None:
    with pytest.raises(InputProblem) as caught:
        decode_transcript(("a" + "\u0301\u0316" * 1_000).encode(), "talk.txt")
    assert caught.value.problem is Problem.TRANSCRIPT_UNREADABLE


def test_letters_keep_their_marks() -> None:
    assert decode_transcript("Vie\u0323\u0302t Nam".encode(), "talk.txt")[0] == "Việt Nam"


@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-16")))
def test_any_bytes_end_in_text_or_a_named_problem(data: bytes) -> None:
    text, format_ = "", ""
    refused: Problem | None = None
    try:
        text, format_ = decode_transcript(data, "x.srt")
    except InputProblem as problem:
        refused = problem.problem
    if refused is None:
        assert text
        assert "\0" not in text
        assert format_ in {"txt", "srt", "vtt"}
    else:
        assert refused in {Problem.TRANSCRIPT_EMPTY, Problem.TRANSCRIPT_UNREADABLE}
