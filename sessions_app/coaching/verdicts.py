"""The second reading of the words, applied to what the rules found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sessions_app.coaching.answers import Missed, Verdict, WindowVerdicts
from sessions_app.coaching.clustering import reclustered
from sessions_app.coaching.ground import Ground
from sessions_app.coaching.missing import found, overlapping
from sessions_app.coaching.reasons import shown
from sessions_app.coaching.windows import Window
from sessions_app.speech.findings import (
    Decision,
    Finding,
    FindingKind,
    FindingStatus,
    Review,
)

SURE = 0.7
"""Below this confidence a verdict changes nothing."""

ASTRAY = 3
"""From so many pointers at nothing on, an answer of which they are the larger part is not about
this talk, and none of it is believed."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reread:
    """All findings after the second reading, and how many of its verdicts were dropped."""

    findings: tuple[Finding, ...]
    unresolved: int
    unsure: int


@dataclass(slots=True)
class _Tally:
    unresolved: int = 0
    unsure: int = 0

    def believes(self, verdict: Verdict | Missed) -> bool:
        self.unsure += verdict.sure < SURE
        return verdict.sure >= SURE


def candidates(findings: Iterable[Finding], sounds: frozenset[str]) -> tuple[Finding, ...]:
    """Fillers the second reader may judge: words, counted or possible. A sound is a fact."""
    return tuple(
        finding
        for finding in findings
        if finding.kind is FindingKind.FILLER
        and finding.status is not FindingStatus.REJECTED
        and finding.label not in sounds
    )


def counted_fillers(findings: Iterable[Finding]) -> int:
    return sum(
        finding.kind is FindingKind.FILLER and finding.status is FindingStatus.COUNTED
        for finding in findings
    )


def astray(window: Window, answer: WindowVerdicts, offered: Sequence[Finding]) -> bool:
    """Whether most of what an answer points at does not exist."""
    places = {_place(finding) for finding in offered}
    verdicts = [*answer.rejected, *answer.confirmed]
    wrong = sum((verdict.first, verdict.last) not in places for verdict in verdicts)
    wrong += sum(not window.holds(missed.first, missed.last) for missed in answer.missed)
    return wrong >= ASTRAY and 2 * wrong > len(verdicts) + len(answer.missed)


def reread(
    findings: Sequence[Finding], answers: Mapping[Window, WindowVerdicts], ground: Ground
) -> Reread:
    """`findings` of the rules with the verdicts of all windows on them, in order of the talk."""
    tally = _Tally()
    answers = {window: answers[window] for window in sorted(answers, key=_begin)}
    offered = {_place(finding) for finding in candidates(findings, ground.sounds)}
    decided: dict[Place, Review] = {}
    for window, answer in answers.items():
        inside = {place for place in offered if window.holds(*place)}
        decided |= _decisions(answer, inside, ground.language, tally)
    judged = [_judged(finding, decided, ground.sounds) for finding in findings]
    for window, answer in answers.items():
        missed = [each for each in _in_order(answer) if not _on_candidate(each, offered)]
        judged = _with_missed(judged, window, missed, ground, tally)
    ordered = sorted(reclustered(judged, ground), key=_order)
    return Reread(tuple(ordered), tally.unresolved, tally.unsure)


def unreviewed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What the rules found, before anybody read it again."""
    before = (_before(finding) for finding in findings)
    return tuple(finding for finding in before if finding is not None)


def _before(finding: Finding) -> Finding | None:
    if finding.review is None:
        return finding
    if finding.review.before is None:
        return None
    return replace(finding, status=finding.review.before, review=None)


def _begin(window: Window) -> int:
    return window.first


def _in_order(answer: WindowVerdicts) -> list[Missed]:
    """Of two that overlap the first stands, however the talk was cut and in whatever order."""
    return sorted(answer.missed, key=lambda missed: (missed.first, missed.last))


def _place(finding: Finding) -> Place:
    """First and last word."""
    return finding.start_word, finding.end_word - 1


def _order(finding: Finding) -> tuple[int, int, str]:
    return finding.start_word, finding.end_word, finding.kind


def _decisions(
    answer: WindowVerdicts, offered: set[Place], language: str, tally: _Tally
) -> dict[Place, Review]:
    """On the candidates of a window; whoever says yes and no about one says nothing."""
    missed = [each for each in answer.missed if _on_candidate(each, offered)]
    sides: dict[Decision, list[Verdict | Missed]] = {
        Decision.REJECTED: [*answer.rejected],
        Decision.CONFIRMED: [*missed, *answer.confirmed],
    }
    by_side = {
        decision: {(verdict.first, verdict.last): verdict for verdict in verdicts}
        for decision, verdicts in sides.items()
    }
    both = by_side[Decision.REJECTED].keys() & by_side[Decision.CONFIRMED].keys()
    decided: dict[Place, Review] = {}
    for decision, verdicts in by_side.items():
        for place, verdict in verdicts.items():
            if place not in offered or place in both:
                tally.unresolved += 1
            elif tally.believes(verdict):
                reason = shown(verdict.why, language)
                decided[place] = Review(decision, verdict.sure, reason, None)
    return decided


def _judged(finding: Finding, decided: Mapping[Place, Review], sounds: frozenset[str]) -> Finding:
    review = decided.get(_place(finding))
    if review is None or not candidates([finding], sounds):
        return finding
    status = _AFTER[review.decision]
    if status is finding.status:
        return finding
    return replace(finding, status=status, review=replace(review, before=finding.status))


_AFTER = {
    Decision.REJECTED: FindingStatus.REJECTED,
    Decision.CONFIRMED: FindingStatus.COUNTED,
}


def _on_candidate(missed: Missed, offered: set[Place]) -> bool:
    """A filler that was not missed but offered: to name it is to confirm it."""
    return missed.kind == "filler" and (missed.first, missed.last) in offered


def _with_missed(
    findings: list[Finding],
    window: Window,
    all_missed: Iterable[Missed],
    ground: Ground,
    tally: _Tally,
) -> list[Finding]:
    """`findings` and what the rules missed in a window, where nothing else was found."""
    for missed in all_missed:
        new = found(missed, ground) if window.holds(missed.first, missed.last) else None
        if new is None:
            tally.unresolved += 1
        elif not tally.believes(missed):
            continue
        elif overlapping(new, findings):
            tally.unresolved += 1
        else:
            findings = [*findings, new]
    return findings
