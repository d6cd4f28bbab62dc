"""Which models a server offers, and until when."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator

from ai.wire import Several


def _day(value: object) -> object:
    """A date, the start of a longer text, or seconds since the epoch; else unknown."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, UTC).date()
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


class ServedModel(BaseModel):
    """`shutdown_date` is `None` where the server tells no end."""

    id: str
    shutdown_date: Annotated[date | None, BeforeValidator(_day)] = None


class Catalogue(BaseModel):
    data: Several[ServedModel] = []
