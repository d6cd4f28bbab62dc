from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions_app.exports.names import LONGEST_NAME, Names, export_filename, file_name


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("My first talk!", "My-first-talk.json"),
        ("../../etc/passwd", "etc-passwd.json"),
        ('a"b\r\nc', "a-b-c.json"),
        ("Größe", "Größe.json"),
        ("…", "report.json"),
        ("_", "report.json"),
        ("con", "con-.json"),
        ("x" * 200, "x" * 60 + ".json"),
    ],
)
def test_names_from_titles_are_safe_everywhere(title: str, expected: str) -> None:
    assert export_filename(title, "json") == expected


def test_the_part_follows_a_title_however_long() -> None:
    assert export_filename("x" * 200, "csv", "findings") == "x" * 60 + "-findings.csv"


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("My talk (1).webm", "My talk (1).webm"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\ana\talk.m4a", "talk.m4a"),
        ("a:b?c*.wav", "a-b-c-.wav"),
        (".hidden", "hidden"),
        ("con.wav", "_con.wav"),
        ("talk.wav. ", "talk.wav"),
        ("..", "recording"),
        ("", "recording"),
        ("Gro\u0308ße.wav", "Größe.wav"),
        ("gpj.\u202etxt", "gpj.-txt"),
        ("x" * 200 + ".webm", "x" * 55 + ".webm"),
    ],
)
def test_a_recording_keeps_its_name_as_far_as_every_system_takes_it(
    given_name: str, expected: str
) -> None:
    assert file_name(given_name, "recording") == expected


@given(st.text(max_size=300))
@example("🎤" * 200 + ".webm")
def test_no_name_leads_out_of_its_folder_or_is_too_long(given_name: str) -> None:
    name = file_name(given_name, "recording")
    assert name
    assert len(name) <= LONGEST_NAME
    assert len(f"{name}-10".encode()) <= 255
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert name.strip(" .") == name


@given(st.lists(st.sampled_from(["a", "A", "a-2", "b.wav", "B.wav", "b-2.wav"]), max_size=12))
def test_every_name_is_given_once_whatever_its_case(wanted: list[str]) -> None:
    names = Names("README.txt")
    given_names = [names.unique(name) for name in [*wanted, "readme.TXT"]]
    folded = [unicodedata.normalize("NFC", name).casefold() for name in given_names]
    assert len(set(folded)) == len(folded)
    assert "readme.txt" not in folded


def test_a_number_goes_before_the_ending() -> None:
    names = Names("report.md")
    assert [names.unique("report.md") for _ in range(2)] == ["report-2.md", "report-3.md"]
