from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.ranges import ByteRange, FilePart, Unsatisfiable, parse_range

CONTENT = bytes(range(256)) * 600  # more than two chunks


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-", 0, 999),
        ("bytes=10-19", 10, 19),
        ("bytes=10-5000", 10, 999),
        ("bytes=-1", 999, 999),
        ("bytes=-100", 900, 999),
        ("bytes=-5000", 0, 999),
        ("Bytes = 3 - 4", 3, 4),
    ],
)
def test_reads_a_single_range(header: str, start: int, end: int) -> None:
    assert parse_range(header, 1000) == ByteRange(start, end)


@pytest.mark.parametrize(
    "header",
    ["", "bytes", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,5-6", "items=0-1", "bytes=a-b",
     "bytes=٣-٤", "bytes=0-" + "9" * 400],
)  # fmt: skip
def test_answers_with_the_whole_file_to_what_is_no_single_range(header: str) -> None:
    assert parse_range(header, 1000) is None


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=1000-", 1000), ("bytes=2000-3000", 1000), ("bytes=-0", 1000)]
)
def test_refuses_ranges_outside_the_file(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        parse_range(header, size)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-5", "bytes=0-0"])
def test_an_empty_file_has_no_ranges(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        parse_range(header, 0)


@given(st.integers(1, 10_000), st.integers(0, 12_000), st.integers(0, 12_000))
def test_every_range_lies_inside_the_file(size: int, first: int, last: int) -> None:
    try:
        part = parse_range(f"bytes={first}-{last}", size)
    except Unsatisfiable:
        assert first >= size
        return
    if part is None:
        assert last < first
    else:
        assert (part.start, part.end) == (first, min(last, size - 1))


@given(st.integers(0, len(CONTENT) - 1), st.integers(1, len(CONTENT)))
def test_a_part_of_a_file_is_its_slice(start: int, length: int) -> None:
    part = ByteRange(start, min(start + length, len(CONTENT)) - 1)
    read = b"".join(FilePart(BytesIO(CONTENT), part))
    assert read == CONTENT[part.start : part.end + 1]
    assert len(read) == part.length


def test_closing_a_part_closes_the_file() -> None:
    file = BytesIO(CONTENT)
    FilePart(file, ByteRange(0, 1)).close()
    assert file.closed
