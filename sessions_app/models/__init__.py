"""Practice sessions, their runs, and what the runs found.

A session is one talk; a run is one attempt to turn it into a report. The row is the truth and
the queue a doorbell: whoever holds the lease of a run may write to it, nobody else.
"""

from sessions_app.models.claims import EMBEDDING_ATTEMPTS, embedding_due, unattended
from sessions_app.models.corrections import Correction, CorrectionKind
from sessions_app.models.moments import Passage, SimilarMoment
from sessions_app.models.results import CoachingNote, Finding, RunMetrics
from sessions_app.models.runs import (
    FINISHED_STAGES,
    LIVE_STATES,
    RunStage,
    RunState,
    SchedulerLease,
    SessionRun,
    StageState,
)
from sessions_app.models.sessions import Language, PracticeSession, TalkKind
from sessions_app.models.transcripts import Transcript
from sessions_app.models.uploads import Upload

__all__ = [
    "EMBEDDING_ATTEMPTS",
    "FINISHED_STAGES",
    "LIVE_STATES",
    "CoachingNote",
    "Correction",
    "CorrectionKind",
    "Finding",
    "Language",
    "Passage",
    "PracticeSession",
    "RunMetrics",
    "RunStage",
    "RunState",
    "SchedulerLease",
    "SessionRun",
    "SimilarMoment",
    "StageState",
    "TalkKind",
    "Transcript",
    "Upload",
    "embedding_due",
    "unattended",
]
