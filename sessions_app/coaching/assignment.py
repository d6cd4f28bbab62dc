"""One talk as it is handed to the hybrid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from sessions_app.coaching.agreement import Agreement, compare
from sessions_app.coaching.ground import Ground
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.verdicts import candidates, counted_fillers
from sessions_app.coaching.windows import Window, undivided, windows
from sessions_app.speech.findings import Finding


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds a rung of the ladder may take."""

    parallel: float
    regeneration: float
    sequential: float


@dataclass(frozen=True)
class Assignment:
    """`situation` is the talk by its rule findings; `measured` gives it with other findings.

    `kind` and `prompt` are the speaker's own words on what they practise. `salt` makes questions
    new that were asked before, `again` those asked a second time: an answer of no use is kept like
    any other, and must not be the last word in every later run. `name` stands in log lines.
    `windowed` has the words read in windows, else all in one call; without `content_review` nobody
    is asked about the content.
    """

    situation: Situation
    measured: Callable[[tuple[Finding, ...]], Situation] = field(repr=False)
    ground: Ground
    kind: str
    prompt: str
    analysis_model: str
    coaching_model: str
    threshold: float
    times: Times
    name: str
    salt: str = ""
    again: str = ""
    windowed: bool = True
    content_review: bool = True

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        situation = self.situation
        if not self.windowed:
            return undivided(len(situation.words))
        offered = candidates(situation.findings, situation.sounds)
        whole = [(finding.start_word, finding.end_word) for finding in offered]
        return windows(len(situation.words), situation.sentences, whole)

    def agreement(self, findings: tuple[Finding, ...]) -> Agreement:
        """The rules' count of fillers beside that of `findings`."""
        rule = counted_fillers(self.situation.findings)
        return compare(rule, counted_fillers(findings), self.threshold)
