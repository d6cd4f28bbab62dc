from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai.errors import (
    Filtered,
    ModelError,
    QuotaExhausted,
    RateLimited,
    Rejected,
    ServerFailed,
    TimedOut,
    TooLong,
    TryLater,
)
from ai.mapping import FormatRefused, ServerError, outcome_of, retry_after

SAID = "what the speaker said"


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (429, {"code": "rate_limit_exceeded"}, RateLimited),
        (429, {"code": "insufficient_quota", "type": "insufficient_quota"}, QuotaExhausted),
        (429, {"code": None, "type": "insufficient_quota"}, QuotaExhausted),
        (402, {}, QuotaExhausted),
        (400, {"code": "context_length_exceeded"}, TooLong),
        (
            400,
            {"message": "This model's maximum context length is 4096 tokens", "code": 400},
            TooLong,
        ),
        (413, "Request Entity Too Large", TooLong),
        (400, {"code": "content_filter"}, Filtered),
        (400, {"code": "invalid_value"}, Rejected),
        (401, {"code": "invalid_api_key"}, Rejected),
        (403, {}, Rejected),
        (404, {"code": "model_not_found"}, Rejected),
        (418, None, Rejected),
        (408, {}, TimedOut),
        (409, {}, ServerFailed),
        (500, {}, ServerFailed),
        (503, "<html>Bad gateway</html>", ServerFailed),
        (529, ["?"], ServerFailed),
        (0, {"code": "server_error"}, ServerFailed),
        (0, {"code": "content_filter"}, Filtered),
        (400, {"param": "response_format", "message": SAID}, FormatRefused),
        (400, {"message": "verbose_json is not supported"}, FormatRefused),
        (422, {"detail": [{"loc": ["body", "response_format"]}]}, FormatRefused),
        (500, {"message": "response_format"}, ServerFailed),
    ],
)
def test_what_the_server_says_has_one_outcome(
    status: int, body: object, expected: type[ModelError]
) -> None:
    assert type(outcome_of(status, ServerError.of(body), {})) is expected


@given(
    st.sampled_from([0, 400, 401, 429, 500]),
    st.fixed_dictionaries({"message": st.just(SAID), "code": st.none() | st.just(f"x {SAID}")}),
)
def test_details_repeat_nothing_of_what_was_asked(status: int, body: dict[str, object]) -> None:
    assert SAID not in str(outcome_of(status, ServerError.of(body), {}))


def test_details_carry_status_and_code() -> None:
    error = outcome_of(404, ServerError.of({"code": "model_not_found"}), {})
    assert error.detail == "404 model_not_found"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "12"}, 12),
        ({"retry-after": "0.25"}, 0.25),
        ({"retry-after": "3", "retry-after-ms": "250"}, 0.25),
        ({"retry-after": "-5"}, 0),
        ({"retry-after": "Mon, 01 Jan 2001 00:00:00 GMT"}, 0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_when_to_come_back(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_when_to_come_back_as_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    assert retry_after({"retry-after": date}) == pytest.approx(89, abs=3)


def test_errors_to_come_back_to_say_when() -> None:
    error = outcome_of(503, ServerError.of({}), {"retry-after": "7"})
    assert isinstance(error, TryLater)
    assert error.retry_after == 7


@given(st.text())
def test_no_header_is_an_error(text: str) -> None:
    assert (retry_after({"retry-after": text}) or 0) >= 0
