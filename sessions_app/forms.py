"""What a person tells us about a talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts_app.models import User
from sessions_app import incoming, partials, queries
from sessions_app.messages import over_quota_text, problem_text
from sessions_app.models import Language, PracticeSession, TalkKind, Upload
from sessions_app.stages.problems import InputProblem, Problem
from sessions_app.transcripts import parsing, reading
from sessions_app.uploads import Refusal
from speechcoach.model_config import model_config

MEGABYTE = 1024 * 1024
ACCEPT_MEDIA = "audio/*,video/*,.webm,.mp4,.m4a,.mov,.mp3,.wav,.ogg,.oga,.opus,.flac"
ACCEPT_TRANSCRIPT = ".txt,.srt,.vtt,text/plain,text/vtt"


@dataclass(frozen=True, slots=True)
class TranscriptInput:
    """Decoded text and its format, both empty without a transcript."""

    text: str = ""
    format: str = ""


class NewSessionForm(forms.Form):
    """Checks everything that can be known before a worker looks at the recording."""

    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=200)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=Language.choices, initial=Language.EN
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of talk"), choices=TalkKind.choices, initial=TalkKind.PRESENTATION
    )
    prompt = forms.CharField(
        label=gettext_lazy("Practice prompt"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    recording = forms.FileField(
        label=gettext_lazy("Recording"),
        required=False,
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ACCEPT_MEDIA}),
    )
    upload = forms.CharField(required=False, widget=forms.HiddenInput)
    transcript = forms.CharField(
        label=gettext_lazy("Transcript, pasted"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    transcript_file = forms.FileField(
        label=gettext_lazy("or as a file (TXT, SRT, VTT)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT_TRANSCRIPT}),
    )
    target_minutes = forms.FloatField(
        label=gettext_lazy("Target length in minutes"),
        required=False,
        min_value=0.5,
        max_value=240,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )
    target_wpm = forms.IntegerField(
        label=gettext_lazy("Target pace in words per minute"),
        required=False,
        min_value=60,
        max_value=300,
    )

    def __init__(
        self, *args: Any, owner: User, refused: Mapping[str, Refusal] | None = None, **kwargs: Any
    ) -> None:
        """`refused` names fields whose value was discarded while it came in, and why."""
        super().__init__(*args, **kwargs)
        self._owner = owner
        self._refused = refused or {}

    @classmethod
    def again(cls, talk: PracticeSession) -> dict[str, Any]:
        """What the form starts with to practise a talk again."""
        seconds = talk.target_seconds
        return {
            "title": talk.title,
            "language": talk.language,
            "kind": talk.kind,
            "prompt": talk.prompt,
            "target_minutes": None if seconds is None else round(seconds / 60, 2),
            "target_wpm": talk.target_wpm,
        }

    def clean_recording(self) -> UploadedFile[bytes] | None:
        self._check_arrived("recording", problem_text(Problem.TOO_LARGE))
        recording: UploadedFile[bytes] | None = self.cleaned_data["recording"]
        if recording is None:
            return None
        size = recording.size or 0
        if size == 0:
            raise forms.ValidationError(problem_text(Problem.EMPTY_FILE))
        taken = queries.media_bytes_of(self._owner) + incoming.pending_bytes_of(self._owner)
        free = settings.USER_QUOTA_MB * MEGABYTE - taken
        if size > free:
            raise forms.ValidationError(over_quota_text(max(0, free) // MEGABYTE))
        return recording

    def clean_upload(self) -> Upload | None:
        """The recording that came in before the form; a file that comes with it counts instead.

        What is wrong with it is said where the recording is chosen: nobody sees this field.
        """
        text: str = self.cleaned_data["upload"]
        if not text or self.cleaned_data.get("recording") or "recording" in self.errors:
            return None
        upload = incoming.named_upload(self._owner, text)
        arrived = partials.offset(upload.pk) if upload else None
        if upload is None or arrived is None:
            self.add_error("recording", upload_gone_text())
        elif arrived < upload.length:
            self.add_error("recording", _("The recording is not completely uploaded yet."))
        return upload

    def clean_transcript_file(self) -> TranscriptInput:
        self._check_arrived("transcript_file", _too_long_text())
        file: UploadedFile[bytes] | None = self.cleaned_data["transcript_file"]
        if file is None:
            return TranscriptInput()
        return _parsed(file.read(), file.name or "")

    def clean_transcript(self) -> TranscriptInput:
        self._check_arrived("transcript", _too_long_text())
        text: str = self.cleaned_data["transcript"]
        if not text.strip():
            return TranscriptInput()
        data = text.encode()
        if len(data) > upload_limits()["transcript_file"]:
            raise forms.ValidationError(_too_long_text())
        return _parsed(data, "")

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        pasted, uploaded = cleaned["transcript"], cleaned["transcript_file"]
        if pasted.text and uploaded.text:
            self.add_error("transcript_file", _("Give the transcript once: pasted or as a file."))
        text = pasted.text or uploaded.text
        if not (cleaned["recording"] or cleaned["upload"] or text):
            self.add_error("recording", _("Choose a recording, or give a transcript."))
        elif not text and cleaned["language"] != Language.EN and not _is_transcribed():
            self.add_error("transcript", problem_text(Problem.DRAFT_LANGUAGE))
        return cleaned

    def talk(self) -> dict[str, Any]:
        """What `actions.create_session` takes, but for the owner. Only for a valid form."""
        cleaned = self.cleaned_data
        transcript = cleaned["transcript"]
        transcript = transcript if transcript.text else cleaned["transcript_file"]
        minutes: float | None = cleaned["target_minutes"]
        return {
            "title": cleaned["title"] or self._name_of_file() or _("Practice talk"),
            "language": cleaned["language"],
            "kind": cleaned["kind"],
            "prompt": cleaned["prompt"],
            "target_seconds": None if minutes is None else round(minutes * 60),
            "target_wpm": cleaned["target_wpm"],
            "media": cleaned["recording"],
            "upload": cleaned["upload"],
            "transcript_text": transcript.text,
            "transcript_format": transcript.format,
            "speaker": "",
        }

    def _name_of_file(self) -> str:
        """Of the recording, without one of the transcript; cleaning keeps only the text of that."""
        upload: Upload | None = self.cleaned_data["upload"]
        if upload is not None:
            return PurePath(upload.filename).stem[:200]
        file = self.cleaned_data["recording"] or self.files.get("transcript_file")
        return PurePath(file.name).stem[:200] if file and file.name else ""

    def _check_arrived(self, field: str, too_large: str) -> None:
        refusal = self._refused.get(field)
        if refusal is not None:
            raise forms.ValidationError(
                {
                    Refusal.TOO_LARGE: too_large,
                    Refusal.REPEATED: _("Choose one file; several came in at once."),
                    Refusal.STORAGE: problem_text(Problem.STORAGE),
                }[refusal]
            )

    def opens_options(self) -> bool:
        """Whether an error, or what was filled in for the user, hides in the collapsible part."""
        names = ("prompt", "target_minutes", "target_wpm")
        return any(name in self.errors or self.initial.get(name) for name in names)


class SpeakerForm(forms.Form):
    """Which of the speakers of a transcript is the owner."""

    speaker = forms.ChoiceField(label=gettext_lazy("You are"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, speakers: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["speaker"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, name) for name in speakers]


def upload_limits() -> dict[str, int]:
    """Bytes that each file field of `NewSessionForm` may have."""
    return {
        "recording": settings.UPLOAD_MAX_MB * MEGABYTE,
        "transcript_file": settings.TRANSCRIPT_MAX_KB * 1024,
    }


def upload_gone_text() -> str:
    return _("The uploaded recording is no longer on this server. Choose it again.")


def _is_transcribed() -> bool:
    """Whether a model writes down recordings; the drafts made here are English only."""
    config = model_config()
    return config is not None and config.transcription is not None


def _too_long_text() -> str:
    return _("The transcript is longer than %(limit)s kB. Give only the part that is spoken.") % {
        "limit": settings.TRANSCRIPT_MAX_KB
    }


def _parsed(data: bytes, filename: str) -> TranscriptInput:
    """Decodes and parses, to say now what a worker would say later."""
    try:
        text, kind = reading.decode_transcript(data, filename)
        parsing.parse(text, kind)
    except InputProblem as problem:
        raise forms.ValidationError(problem_text(problem.problem)) from problem
    return TranscriptInput(text, kind)
