from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.request_body import BLOCK, blocks


class Breaking(BytesIO):
    """Tells a broken connection as an error, where others tell it as an end."""

    def read(self, size: int | None = -1, /) -> bytes:
        block = super().read(size)
        if not block:
            raise ConnectionResetError("gone")
        return block


def request(stream: Any, length: int) -> WSGIRequest:
    made = RequestFactory().generic("PATCH", "/")
    environ = {**made.environ, "wsgi.input": stream, "CONTENT_LENGTH": str(length)}
    return WSGIRequest(environ)


@given(st.integers(0, 4 * BLOCK))
def test_the_whole_body_comes_in_blocks(size: int) -> None:
    data = b"x" * size
    arrived = list(blocks(request(BytesIO(data), size)))
    assert b"".join(arrived) == data
    assert all(len(block) <= BLOCK for block in arrived)


def test_no_more_is_read_than_was_announced() -> None:
    stream = BytesIO(b"a" * 10)
    assert list(blocks(request(stream, 4))) == [b"aaaa"]
    assert stream.read() == b"aaaaaa"


@pytest.mark.parametrize("kind", [BytesIO, Breaking])
def test_a_broken_connection_is_an_end(kind: type[BytesIO]) -> None:
    assert b"".join(blocks(request(kind(b"a" * 100_000), 500_000))) == b"a" * 100_000
