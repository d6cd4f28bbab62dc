"""What the model has said about one talk so far: carried from rung to rung, never asked twice."""

from __future__ import annotations

from dataclasses import dataclass, field

from sessions_app.coaching.answers import WindowVerdicts
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.failure import Failure
from sessions_app.coaching.schemas import Coaching, ContentReview
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.verdicts import Reread, reread
from sessions_app.coaching.windows import Window


@dataclass(slots=True)
class Readings:
    """`lost` holds the windows without an answer and why. `first` is the coaching written from
    the rules' findings, `again` the one from those of the second reading.
    """

    windows: dict[Window, WindowVerdicts] = field(default_factory=dict)
    lost: dict[Window, Failure] = field(default_factory=dict)
    review: ContentReview | None = None
    review_lost: Failure | None = None
    first: Coaching | None = None
    again: Coaching | None = None
    _reread: tuple[int, Reread] | None = None
    _situation: tuple[int, Situation] | None = None

    def to_ask(self, assignment: Assignment) -> list[Window]:
        """Windows that have no answer yet and may get one."""
        return [
            window
            for window in assignment.windows
            if window not in self.windows and not (window in self.lost and self.lost[window].final)
        ]

    def review_to_ask(self) -> bool:
        return self.review is None and not (self.review_lost and self.review_lost.final)

    def away(self) -> Failure | None:
        """Why a part is missing that may be had later."""
        lost = (self.review_lost, *self.lost.values())
        return next((failure for failure in lost if failure and failure.away), None)

    def reread(self, assignment: Assignment) -> Reread:
        """The findings after the second reading; where a window is lost, those of the rules."""
        if self._reread is None or self._reread[0] != len(self.windows):
            read = reread(assignment.situation.findings, self.windows, assignment.ground)
            self._reread = (len(self.windows), read)
        return self._reread[1]

    def situation(self, assignment: Assignment) -> Situation:
        """The talk as the second reading left it; by its rule findings where nothing was read."""
        if not self.windows:
            return assignment.situation
        if self._situation is None or self._situation[0] != len(self.windows):
            measured = assignment.measured(self.reread(assignment).findings)
            self._situation = (len(self.windows), measured)
        return self._situation[1]
