"""The finding: one thing in a talk worth showing to its speaker."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LONGEST_LABEL = 100
"""Characters of a label, as they are stored; the quote is always whole."""


class FindingKind(StrEnum):
    FILLER = "filler"
    FILLER_CLUSTER = "filler_cluster"
    REPETITION = "repetition"
    RESTART = "restart"
    HEDGE = "hedge"
    WEAK_OPENER = "weak_opener"
    LONG_PAUSE = "long_pause"
    MID_SENTENCE_PAUSE = "mid_sentence_pause"
    PACE_FAST = "pace_fast"
    PACE_SLOW = "pace_slow"
    RUN_ON = "run_on"
    MONOTONE = "monotone"  # a stretch in one pitch
    TRAILING_OFF = "trailing_off"  # a sentence whose end falls away in loudness
    OVERUSED_WORD = "overused_word"
    NON_INCLUSIVE = "non_inclusive"


class FindingStatus(StrEnum):
    COUNTED = "counted"
    POSSIBLE = "possible"  # context does not decide: shown apart, not counted
    REJECTED = "rejected"  # kept with its source, not counted


class Severity(StrEnum):
    INFO = "info"
    MINOR = "minor"
    MAJOR = "major"


class FindingSource(StrEnum):
    RULE = "rule"
    AI = "ai"
    USER = "user"


class Decision(StrEnum):
    """What a second reader said about a finding of the first, or added to them."""

    CONFIRMED = "confirmed"  # a possible one that counts after all
    REJECTED = "rejected"
    ADDED = "added"  # missed by the rules


@dataclass(frozen=True, slots=True)
class Review:
    """`before` is the status the rules gave, `None` for a finding they missed.

    `confidence` is 0–1. `reason` is one short sentence, empty where the reader gave none that
    can be shown.
    """

    decision: Decision
    confidence: float
    reason: str
    before: FindingStatus | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Words `start_word` up to, not including, `end_word`; times in ms, `None` where unknown.

    `label` is the canonical form the finding is counted under ("um", "you know").
    `text` quotes the transcript exactly. `confidence` is 0–1. `why` and `advice` are whole
    sentences in the language of the talk and carry no figures. `correction` is the number of the
    speaker's correction that made the finding what it is.
    """

    kind: FindingKind
    label: str
    text: str
    start_word: int
    end_word: int
    start_ms: int | None = None
    end_ms: int | None = None
    status: FindingStatus = FindingStatus.COUNTED
    severity: Severity = Severity.MINOR
    source: FindingSource = FindingSource.RULE
    confidence: float = 1.0
    why: str = ""
    advice: str = ""
    review: Review | None = None
    correction: int | None = None
