"""Every write to the tables of this app: keyword-only, atomic, compare-and-set."""

from sessions_app.actions.corrections import correct, take_back
from sessions_app.actions.embeddings import (
    EmbeddingClaim,
    claim_embedding,
    give_up_embedding,
    release_embedding,
    save_embedding,
)
from sessions_app.actions.endings import record_missing
from sessions_app.actions.erasure import erase_account, finish_erasures, forget_strangers
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
from sessions_app.actions.snapshots import keep_snapshot
from sessions_app.actions.stages import begin_stage, save_stage
from sessions_app.actions.uploads import (
    NoRoom,
    begin_upload,
    delete_upload,
    delete_uploads,
    drop_uploads,
    receive,
)
from sessions_app.actions.waiting import draft_instead, wait_for_model
from sessions_app.partials import OffsetMoved, UploadGone
from sessions_app.speech.refusals import CannotCorrect, Refusal

__all__ = [
    "NEEDING_THE_RECORDING",
    "CannotCorrect",
    "EmbeddingClaim",
    "Lease",
    "LeaseLost",
    "NoRoom",
    "OffsetMoved",
    "Pulse",
    "RecordingGone",
    "Refusal",
    "RunInProgress",
    "UploadGone",
    "begin_stage",
    "begin_upload",
    "cancel_run",
    "choose_speaker",
    "claim_embedding",
    "claim_run",
    "complete_run",
    "correct",
    "create_session",
    "delete_media",
    "delete_session",
    "delete_upload",
    "delete_uploads",
    "draft_instead",
    "drop_uploads",
    "erase_account",
    "fail_run",
    "finish_erasures",
    "forget_strangers",
    "give_up_embedding",
    "hand_back",
    "keep_snapshot",
    "lead",
    "mark_cancelled",
    "receive",
    "record_death",
    "record_missing",
    "release_embedding",
    "release_run",
    "renew_lease",
    "resign",
    "retry_run",
    "save_embedding",
    "save_media",
    "save_refinement",
    "save_rules",
    "save_scoring",
    "save_stage",
    "save_transcription",
    "start_run",
    "take_back",
    "wait_for_model",
]
