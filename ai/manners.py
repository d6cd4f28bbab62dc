"""What servers were found not to know, remembered for as long as this process lives."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from ai.config import Endpoint

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Manner:
    """Something an endpoint may or may not do with a model, such as answers by schema."""

    base_url: str
    model: str
    what: str

    @classmethod
    def of(cls, endpoint: Endpoint, model: str, what: str) -> Manner:
        return cls(endpoint.base_url, model, what)


_missing: set[Manner] = set()


def knows(manner: Manner) -> bool:
    """Whether it may be tried."""
    return manner not in _missing


def remember_missing(manner: Manner) -> None:
    if manner not in _missing:
        logger.info("%s does not know %s of %s", manner.base_url, manner.what, manner.model)
        _missing.add(manner)
