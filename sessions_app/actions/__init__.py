"""Every write to the tables of this app: keyword-only, atomic, compare-and-set."""

from sessions_app.actions.leadership import lead, resign
from sessions_app.actions.leases import (
    Lease,
    LeaseLost,
    Pulse,
    claim_run,
    hand_back,
    record_death,
    renew_lease,
)
from sessions_app.actions.outcomes import complete_run, fail_run, mark_cancelled
from sessions_app.actions.outputs import (
    save_media,
    save_refinement,
    save_rules,
    save_scoring,
    save_transcription,
)
from sessions_app.actions.runs import (
    NEEDING_THE_RECORDING,
    RecordingGone,
    RunInProgress,
    cancel_run,
    release_run,
    retry_run,
    start_run,
)
from sessions_app.actions.sessions import (
    choose_speaker,
    create_session,
    delete_media,
    delete_session,
)
from sessions_app.actions.stages import begin_stage, save_stage

__all__ = [
    "NEEDING_THE_RECORDING",
    "Lease",
    "LeaseLost",
    "Pulse",
    "RecordingGone",
    "RunInProgress",
    "begin_stage",
    "cancel_run",
    "choose_speaker",
    "claim_run",
    "complete_run",
    "create_session",
    "delete_media",
    "delete_session",
    "fail_run",
    "hand_back",
    "lead",
    "mark_cancelled",
    "record_death",
    "release_run",
    "renew_lease",
    "resign",
    "retry_run",
    "save_media",
    "save_refinement",
    "save_rules",
    "save_scoring",
    "save_stage",
    "save_transcription",
    "start_run",
]
