"""Which of our outcomes a server's error is."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pydantic import BaseModel, ValidationError

from ai.errors import (
    Filtered,
    ModelError,
    QuotaExhausted,
    RateLimited,
    Rejected,
    ServerFailed,
    TimedOut,
    TooLong,
)

QUOTA_CODES = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
LONG_CODES = {"context_length_exceeded", "string_above_max_length"}
FILTER_CODES = {"content_filter", "content_policy_violation", "responsibleaipolicyviolation"}
# vLLM and llama.cpp give no code
LONG_MESSAGE = re.compile(r"context (length|size|window)|maximum context", re.IGNORECASE)
FORMAT_MESSAGE = re.compile(
    r"response_format|json_schema|verbose_json|timestamp_granularities", re.IGNORECASE
)
PLAIN_CODE = re.compile(r"[\w.-]{1,60}", re.ASCII)


class FormatRefused(Rejected):
    """The server knows no answers of the format asked for; it may know a plainer one."""


class ServerError(BaseModel):
    """The `error` of a body. `message` may repeat what was asked: it is read, never passed on."""

    code: str | int | None = None
    type: str | None = None
    param: str | None = None
    message: str | None = None

    @classmethod
    def of(cls, body: object) -> ServerError:
        try:
            found = cls.model_validate(body)
        except ValidationError:
            return cls(message=str(body))
        return found if found.message else found.model_copy(update={"message": str(body)})

    @property
    def name(self) -> str:
        """The code, or else the type, where it is one word."""
        for given in (self.code, self.type):
            if given is not None and PLAIN_CODE.fullmatch(str(given)):
                return str(given)
        return ""

    @property
    def names(self) -> set[str]:
        return {str(given).lower() for given in (self.code, self.type) if given is not None}


def outcome_of(status: int, error: ServerError, headers: Mapping[str, str]) -> ModelError:
    """`status` 0: the error came inside a stream."""
    detail = f"{status or 'in stream'} {error.name}".strip()
    if status == 402 or error.names & QUOTA_CODES:  # noqa: PLR2004
        return QuotaExhausted(detail)
    if error.names & FILTER_CODES:
        return Filtered(detail)
    if _is_too_long(status, error):
        return TooLong(detail)
    if _is_about_format(status, error):
        return FormatRefused(detail)
    return _by_status(status, detail, retry_after(headers))


def _is_about_format(status: int, error: ServerError) -> bool:
    told = f"{error.param} {error.message}"
    return status in {400, 422} and FORMAT_MESSAGE.search(told) is not None


def _is_too_long(status: int, error: ServerError) -> bool:
    return bool(
        status == 413  # noqa: PLR2004
        or error.names & LONG_CODES
        or (status == 400 and LONG_MESSAGE.search(error.message or ""))  # noqa: PLR2004
    )


def _by_status(status: int, detail: str, wait: float | None) -> ModelError:
    match status:
        case 429:
            return RateLimited(detail, wait)
        case 408:
            return TimedOut(detail, wait)
        case 0 | 409 | 425:
            return ServerFailed(detail, wait)
        case _ if status >= 500:  # noqa: PLR2004
            return ServerFailed(detail, wait)
        case _:
            return Rejected(detail)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, `None` where the server says nothing that can be read."""
    if (wait := _number(headers.get("retry-after-ms"))) is not None:
        return wait / 1000
    given = headers.get("retry-after")
    wait = _number(given)
    return wait if wait is not None else _seconds_until(given)


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return max(0.0, number) if math.isfinite(number) else None


def _seconds_until(date: str | None) -> float | None:
    try:
        moment = parsedate_to_datetime(date or "")
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
