"""What is sent along with a question: JSON of a talk, or of what was found in it.

Everything goes through `json.dumps`, so that whatever was said stays inside a string.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.excerpts import excerpts
from sessions_app.coaching.progress import moves
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.slots import rendered
from sessions_app.coaching.verdicts import candidates
from sessions_app.coaching.windows import Window
from sessions_app.coaching.written import Offer
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.norms import FILLERS_PER_MINUTE, LIVELY_SEMITONES, SENTENCE_WORDS
from sessions_app.speech.places import SET_OFF_PAUSE_MS
from sessions_app.speech.scores import Score
from sessions_app.speech.words import Word

PLACES = 6
"""Of one kind and label; more add nothing to what a coach can say."""

GROUPS = 30

_KNOWN = (FindingKind.HEDGE, FindingKind.REPETITION, FindingKind.RESTART)


def verdicts_data(assignment: Assignment, window: Window) -> str:
    situation = assignment.situation
    inside = [each for each in situation.findings if window.holds(*_place(each))]
    known = [each for each in situation.findings if each.kind in _KNOWN]
    return _json(
        {
            "language": situation.language,
            "first": window.first,
            "last": window.last,
            "words": _numbered(situation.words, window.seen_first, window.seen_last, pauses=True),
            "candidates": [
                [*_place(finding), finding.label, finding.status]
                for finding in candidates(inside, situation.sounds)
            ],
            "sounds": sorted(situation.sounds),
            "known": [
                [*_place(finding), finding.kind]
                for finding in known
                if window.sees(*_place(finding))
            ],
        }
    )


def review_data(assignment: Assignment, violations: Sequence[str] = ()) -> str:
    situation = assignment.situation
    return _json(
        {
            "language": situation.language,
            "prompt": _counted(assignment.ground.prompt),
            "kind": assignment.kind,
            "words": _numbered(situation.words, 0, len(situation.words) - 1),
            **_again(violations),
        }
    )


def coaching_data(
    assignment: Assignment, situation: Situation, offer: Offer, violations: Sequence[str] = ()
) -> str:
    """`situation` is the talk with the findings to coach on."""
    metrics = situation.metrics
    slots = sorted(offer.house.slots)
    return _json(
        {
            "language": situation.language,
            "kind": assignment.kind,
            "prompt": assignment.prompt,
            "slots": slots,
            "measures": {slot: rendered(slot, metrics) for slot in slots},
            "norms": _norms(situation),
            "scores": _bands(situation),
            "topics": list(offer.topics),
            "problems": {
                topic: f"{focus.advice} {focus.label}".strip()
                for topic, focus in offer.topics.items()
            },
            "goals": list(offer.aims),
            "findings": list(_groups(situation.findings)),
            "excerpts": excerpts(situation, offer.topics.values()),
            "history": _history(situation),
            **_again(violations),
        }
    )


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _again(violations: Sequence[str]) -> dict[str, Any]:
    return {"violations": list(violations)} if violations else {}


def _place(finding: Finding) -> tuple[int, int]:
    return finding.start_word, finding.end_word - 1


def _numbered(words: Sequence[Word], first: int, last: int, *, pauses: bool = False) -> str:
    """Words `first` to `last`, each behind its number; a dash for a pause after it."""
    shown = (
        f"{at} {words[at].text}{' –' * (pauses and _pause_after(words, at))}"
        for at in range(first, last + 1)
    )
    return " ".join(shown)


def _counted(texts: Sequence[str]) -> str:
    """Each text behind its number, from 0."""
    return " ".join(f"{at} {text}" for at, text in enumerate(texts))


def _pause_after(words: Sequence[Word], at: int) -> bool:
    if at + 1 >= len(words):
        return False
    end, start = words[at].end_ms, words[at + 1].start_ms
    return end is not None and start is not None and start - end >= SET_OFF_PAUSE_MS


def _groups(findings: Iterable[Finding]) -> Iterator[dict[str, Any]]:
    """Counted findings by kind and label, most frequent first."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.status is FindingStatus.COUNTED:
            groups.setdefault((finding.kind, finding.label), []).append(finding)
    ranked = sorted(groups.items(), key=lambda group: -len(group[1]))
    for (kind, label), found in ranked[:GROUPS]:
        places = [list(_place(finding)) for finding in found[:PLACES]]
        yield {"kind": kind, "label": label, "count": len(found), "at": places}


def _norms(situation: Situation) -> dict[str, Any]:
    return {
        "pace_wpm": [situation.norm.low, situation.norm.high],
        "fillers_per_minute": FILLERS_PER_MINUTE,
        "pitch_range_semitones": LIVELY_SEMITONES,
        "sentence_words_mean": SENTENCE_WORDS,
    }


def _bands(situation: Situation) -> dict[str, str]:
    scores: dict[str, Score | None] = {
        name: getattr(situation.scores, name) for name in asdict(situation.scores)
    }
    return {name: score.band for name, score in scores.items() if score is not None}


def _history(situation: Situation) -> list[dict[str, Any]]:
    return [
        {
            "measure": moved.change.metric,
            "moved": moved.direction,
            "beyond_usual": moved.change.beyond_usual,
        }
        for moved in moves(situation)
    ]
