"""Passages of earlier talks that are like passages of this one."""

from __future__ import annotations

from dataclasses import dataclass

from sessions_app import queries
from sessions_app.display.moments import Moment, moment_at
from sessions_app.models import PracticeSession, SessionRun

MS_A_SECOND = 1000


@dataclass(frozen=True, slots=True)
class SimilarPair:
    """`url` leads to the moment in the earlier talk."""

    here: Moment
    there: Moment
    talk: PracticeSession
    url: str


def similar_pairs(run: SessionRun) -> tuple[SimilarPair, ...]:
    """The most similar first; empty where there are none, or none is known yet."""
    return tuple(
        SimilarPair(
            here=moment_at(found.passage.text, found.passage.start_ms),
            there=moment_at(found.earlier.text, found.earlier.start_ms),
            talk=found.earlier.run.session,
            url=_url(found.earlier.run.session, found.earlier.start_ms),
        )
        for found in queries.similar_moments(run)
    )


def _url(talk: PracticeSession, ms: int | None) -> str:
    """With a time as media fragments write it, which the player of that page goes to."""
    address = talk.get_absolute_url()
    return address if ms is None else f"{address}#t={ms / MS_A_SECOND:g}"
