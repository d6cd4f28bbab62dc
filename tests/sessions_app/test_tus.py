from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app import tus

KEYS = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1)


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("000012", 12)])
def test_a_number_is_read(text: str, number: int) -> None:
    assert tus.number(text) == number


@pytest.mark.parametrize("text", [None, "", "-1", "+1", "1.5", " 1", "1e3", "²", "٣", "9" * 16])
def test_what_is_no_number_of_bytes_is_none(text: str | None) -> None:
    assert tus.number(text) is None


@given(st.dictionaries(KEYS, st.text(st.characters(exclude_categories=["Cs"]), min_size=1)))
def test_metadata_says_what_was_put_into_it(pairs: dict[str, str]) -> None:
    assert tus.metadata(tus.as_header(pairs)) == pairs


def test_metadata_of_other_clients_is_read() -> None:
    header = "filename d29ybGQucGRm, is_confidential,filetype  YXVkaW8vd2VibQ=="
    assert tus.metadata(header) == {
        "filename": "world.pdf",
        "is_confidential": "",
        "filetype": "audio/webm",
    }


@pytest.mark.parametrize("value", ["%%%", "/w==", "YQ", "YQ== YQ=="])
def test_a_value_that_cannot_be_read_is_empty(value: str) -> None:
    assert tus.metadata(f"filename {value}") == {"filename": ""}


def test_no_metadata_is_none() -> None:
    assert tus.metadata("") == {}
    assert tus.as_header({"filename": ""}) == ""


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("My talk.webm", "My talk.webm"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Rede \u00fcber B\u00e4ume.wav", "Rede \u00fcber B\u00e4ume.wav"),
        ("a\x00b\nc.wav", "abc.wav"),
        ("", ""),
        ("a" * 300, "a" * 255),
    ],
)
def test_a_name_is_the_last_part_of_a_path(path: str, name: str) -> None:
    assert tus.plain_name(path, 255) == name


@given(st.text())
def test_any_text_is_made_fit_for_a_row(text: str) -> None:
    plain = tus.plain_text(text, 20)
    assert len(plain) <= 20
    assert plain.isprintable()
    assert "/" not in tus.plain_name(text, 20)
