"""Sentences for the codes that runs and reports carry: what happened and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.speech.refusals import Refusal
from sessions_app.stages.outputs import Caveat
from sessions_app.stages.problems import Problem

QUARANTINED = "quarantined"
"""Not a problem a stage reports: the run's workers died over and over."""

_PROBLEMS: Mapping[str, Promise] = {
    Problem.EMPTY_FILE: gettext_lazy(
        "The file is empty. Check that the recording was saved, then upload it again."
    ),
    Problem.NOT_MEDIA: gettext_lazy(
        "This file is not a recording we can read. Upload audio or video: "
        "WebM, MP4, M4A, MOV, MP3, WAV, OGG or FLAC."
    ),
    Problem.FORMAT_NOT_ACCEPTED: gettext_lazy(
        "This kind of file is not accepted. Save the recording as WebM, MP4, M4A, MOV, MP3, WAV, "
        "OGG or FLAC and upload it again."
    ),
    Problem.NO_AUDIO: gettext_lazy(
        "The video has no sound. Export it again with its sound track, or upload the sound alone."
    ),
    Problem.TOO_SHORT: gettext_lazy(
        "The recording is too short to say anything about. Upload one with at least a few "
        "sentences."
    ),
    Problem.TOO_LONG: gettext_lazy(
        "The recording is longer than %(max_minutes)s minutes. Cut it into parts and upload them "
        "one by one."
    ),
    Problem.TOO_LARGE: gettext_lazy(
        "The file is larger than %(max_mb)s MB. Upload the sound alone, or save it at a lower "
        "bit rate."
    ),
    Problem.TOO_MANY_CHANNELS: gettext_lazy(
        "The recording has more sound channels than we accept. Mix it down to mono or stereo."
    ),
    Problem.FORMAT_CHANGED: gettext_lazy(
        "The sound changes its format in the middle of the file. Export the recording once more "
        "as a single file and upload that."
    ),
    Problem.DAMAGED: gettext_lazy(
        "The file is damaged and could not be decoded. Export the recording again and upload the "
        "new file."
    ),
    Problem.DECODER_LIMIT: gettext_lazy(
        "Decoding this file took more time or memory than we allow. Save it in a simpler form, "
        "such as WAV or MP3, and upload that."
    ),
    Problem.SILENT: gettext_lazy("The recording is silent. Check the microphone and record again."),
    Problem.NO_SPEECH: gettext_lazy(
        "We heard no speech in this recording. Check the microphone and its level, "
        "then record again."
    ),
    Problem.FILE_MISSING: gettext_lazy(
        "The recording is no longer on this server. Upload it again as a new talk."
    ),
    Problem.DRAFT_LANGUAGE: gettext_lazy(
        "Rough drafts are made for English only. Add your transcript (paste it, or upload TXT, "
        "SRT or VTT) and try again as a new talk."
    ),
    Problem.TRANSCRIPTION_UNAVAILABLE: gettext_lazy(
        "The AI server that writes down recordings did not do it, and rough drafts are made for "
        "English only. Try again later, or upload the talk as a new one with your transcript. If "
        "it stays so, tell whoever runs this server."
    ),
    Problem.TRANSCRIPT_EMPTY: gettext_lazy(
        "The transcript has no words of yours in it. Paste the text, or upload a TXT, SRT or VTT "
        "file that has some."
    ),
    Problem.TRANSCRIPT_UNREADABLE: gettext_lazy(
        "The transcript could not be read. Save it as plain text (UTF-8), SRT or VTT."
    ),
    Problem.TRANSCRIPT_TOO_LONG: gettext_lazy(
        "The transcript has more words than anyone says in a talk. Give only the part that is "
        "spoken in this one."
    ),
    Problem.TRANSCRIPT_MISMATCH: gettext_lazy(
        "The transcript does not fit the recording. Check that both are of the same talk, then "
        "upload them again."
    ),
    Problem.RUN_DEADLINE: gettext_lazy(
        "This took longer than we allow. Try again; if it happens again, upload a shorter "
        "recording."
    ),
    Problem.STORAGE: gettext_lazy(
        "This server could not store the result; its disk may be full. Tell whoever runs it, then "
        "try again."
    ),
    QUARANTINED: gettext_lazy(
        "Processing this talk crashed several times, so we stopped trying. Whoever runs this "
        "server will look into it and can let it go on. Meanwhile, exporting the recording as WAV "
        "and uploading that as a new talk often helps."
    ),
}
_UNKNOWN_PROBLEM = gettext_lazy(
    "Something went wrong on our side. Try again; if it happens again, tell whoever runs this "
    "server."
)

_CAVEATS: Mapping[str, Promise] = {
    Caveat.TRUNCATED: gettext_lazy(
        "The file ends earlier than it says it does. The report covers the part that is there."
    ),
    Caveat.DECODE_ERRORS: gettext_lazy(
        "Parts of the file are damaged and were skipped. What was said there is missing here."
    ),
    Caveat.NOISY: gettext_lazy(
        "There is a lot of background noise. Pitch is left out, loudness and pauses are less "
        "certain. Next time bring the microphone closer, or choose a quieter room."
    ),
    Caveat.CLIPPED: gettext_lazy(
        "The recording is overdriven in places. Loudness is less certain; turn the microphone "
        "down next time."
    ),
    Caveat.DRAFT_TEXT: gettext_lazy(
        "The text is a rough draft made on this server: its words are often wrong and some are "
        "missing. So its pace is a rough estimate, mostly too slow, and missing words look like "
        "pauses; neither is scored, and fillers are not counted. Upload the talk again with your "
        "transcript to have all of these judged."
    ),
    Caveat.TIMES_APPROXIMATE: gettext_lazy(
        "The times of words are estimates. Clicking a word may land a little beside it, and "
        "pauses between words are not judged."
    ),
    Caveat.NO_TIMES: gettext_lazy(
        "There is no recording with times, so pace, pauses and voice are not available."
    ),
    Caveat.TRANSCRIPT_DIFFERS: gettext_lazy(
        "Parts of the transcript could not be found in the recording. Times around those parts "
        "are estimates."
    ),
    Caveat.TRANSCRIPT_MISMATCHED: gettext_lazy(
        "This does not seem to be the transcript of this recording: hardly any of its words could "
        "be found in the sound. So times, pace and pauses are not judged. Check the transcript and "
        "upload the talk again."
    ),
    Caveat.HESITATIONS_DROPPED: gettext_lazy(
        "The model that wrote down this talk is known to leave out “um” and “uh”. So the real "
        "number of fillers may be higher than what is counted here; your own transcript with "
        "every “um” in it settles it."
    ),
    Caveat.REVIEW_MISSING: gettext_lazy(
        "The AI could not review the content of this talk, so its main message and structure are "
        "not judged. Everything else is complete."
    ),
    Caveat.REVIEW_OFF: gettext_lazy(
        "The AI's review of the content was switched off for this talk, so its main message and "
        "structure are not judged. Everything else is complete."
    ),
    Caveat.WINDOWS_MISSING: gettext_lazy(
        "The AI could not read all of this talk. Where it could not, the fillers are those the "
        "rules found."
    ),
    Caveat.NO_PACK: gettext_lazy("Fillers and hedges are not judged in this language yet."),
}
_REFUSALS: Mapping[str, Promise] = {
    Refusal.NO_REPORT: gettext_lazy("There is no report that could be corrected."),
    Refusal.DRAFT: gettext_lazy(
        "The text of this report is a rough draft, and nothing in it is counted. Upload the talk "
        "again with your transcript; then everything can be corrected."
    ),
    Refusal.OTHER_WORDS: gettext_lazy(
        "This report was made anew meanwhile, and its words have changed. Look at them, then "
        "correct what is still wrong."
    ),
    Refusal.NO_SUCH_WORDS: gettext_lazy("These words are not in the talk. Load the page again."),
    Refusal.TOO_MANY_WORDS: gettext_lazy(
        "This is too long for a filler. Choose only the words that fill."
    ),
    Refusal.NOT_ONE_WORD: gettext_lazy(
        "One word can take the place of one word. Type a single word, without spaces."
    ),
    Refusal.SAME_WORD: gettext_lazy("This is the word that stands there already."),
    Refusal.ALREADY_SO: gettext_lazy("The report says so already."),
}
_UNKNOWN_REFUSAL = gettext_lazy("This cannot be corrected.")

_UNKNOWN_CAVEAT = gettext_lazy("Some figures of this report are less certain than usual.")


def problem_text(code: str) -> str:
    """What went wrong and what to do, for a `Problem` code or `QUARANTINED`; never empty."""
    return str(_PROBLEMS.get(code, _UNKNOWN_PROBLEM)) % _limits()


def caveat_text(code: str) -> str:
    """What a reader of the report must know, for a `Caveat` code; never empty."""
    return str(_CAVEATS.get(code, _UNKNOWN_CAVEAT))


def refusal_text(code: str) -> str:
    """Why something cannot be corrected, for a `Refusal` code; never empty."""
    return str(_REFUSALS.get(code, _UNKNOWN_REFUSAL))


def over_quota_text(free_mb: int) -> str:
    """For an upload that does not fit into what is left of the user's space."""
    return _(
        "You have %(free)s MB of your %(quota)s MB left, and this file needs more. Delete talks "
        "you no longer need."
    ) % {"free": free_mb, "quota": settings.USER_QUOTA_MB}


def _limits() -> dict[str, int]:
    return {"max_minutes": settings.TALK_MAX_MINUTES, "max_mb": settings.UPLOAD_MAX_MB}
