"""Requests that get an error instead of an answer, in the words of the real API."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.openai_sim.faults import Fault

BAD_REQUEST, UNAUTHORIZED, NOT_FOUND, TOO_LARGE, TOO_MANY = 400, 401, 404, 413, 429


@dataclass
class Declined(Exception):
    status: int
    message: str
    type: str = "invalid_request_error"
    code: str | None = None
    param: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, object] = field(default_factory=dict)  # inside of "error"
    retry_after: float | None = None  # seconds, as the headers say

    def body(self) -> bytes:
        error = {
            "message": self.message,
            "type": self.type,
            "param": self.param,
            "code": self.code,
            **self.more,
        }
        return json.dumps({"error": error}).encode()


def rate_limited(seconds: float) -> Declined:
    """`Retry-After` has seconds with a fraction where there is one, as some servers send it."""
    seconds = math.ceil(seconds * 1000) / 1000
    return Declined(
        TOO_MANY,
        f"Rate limit reached. Please try again in {seconds:.3f}s.",
        "requests",
        "rate_limit_exceeded",
        headers={"Retry-After": f"{seconds:g}", "retry-after-ms": f"{seconds * 1000:.0f}"},
        retry_after=seconds,
    )


def wrong_key() -> Declined:
    return Declined(UNAUTHORIZED, "Incorrect API key provided.", code="invalid_api_key")


def bad_request(message: str, code: str | None = None, param: str | None = None) -> Declined:
    return Declined(BAD_REQUEST, message, code=code, param=param)


def by_fault(fault: Fault | None, retry_after: float) -> Declined | None:
    """The error that a fault is, `None` for faults that are none; `retry_after` in seconds."""
    if fault is Fault.RATE_LIMITED:
        return rate_limited(retry_after)
    make = _DECLINED.get(fault) if fault is not None else None
    return None if make is None else make()


def _azure_filter() -> Declined:
    more = {
        "status": 400,
        "innererror": {
            "code": "ResponsibleAIPolicyViolation",
            "content_filter_result": {"violence": {"filtered": True, "severity": "medium"}},
        },
    }
    return Declined(
        BAD_REQUEST,
        "The response was filtered due to the prompt triggering the content management policy.",
        type="",
        code="content_filter",
        param="prompt",
        more=more,
    )


_DECLINED: Mapping[Fault, Callable[[], Declined]] = {
    Fault.SERVER_ERROR: lambda: Declined(
        500, "The server had an error while processing your request.", "server_error"
    ),
    Fault.OVERLOADED: lambda: Declined(
        503, "The engine is currently overloaded, please try again later.", "server_error"
    ),
    Fault.QUOTA: lambda: Declined(
        TOO_MANY,
        "You exceeded your current quota, please check your plan and billing details.",
        "insufficient_quota",
        "insufficient_quota",
    ),
    Fault.FILTER_400: _azure_filter,
    Fault.CONTEXT_TOO_LONG: lambda: bad_request(
        "This model's maximum context length is 128000 tokens. Please reduce the length of the "
        "messages.",
        "context_length_exceeded",
        "messages",
    ),
}
