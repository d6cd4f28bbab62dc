"""`manage.py analyze FILE`: the stages of a run in memory, and the report on the terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ai.memory import MemoryBooks
from sessions_app.display.coaching import with_filled_coaching
from sessions_app.display.plain import plain_text
from sessions_app.limits import talk_limits
from sessions_app.media.sandbox import DecoderFailed
from sessions_app.messages import problem_text
from sessions_app.model_access import access_without_run
from sessions_app.models import Language, TalkKind
from sessions_app.pipeline import analyze
from sessions_app.report import as_json
from sessions_app.stages.context import ModelAccess, Talk
from sessions_app.stages.problems import StageProblem
from sessions_app.transcripts.parsing import speakers
from sessions_app.transcripts.reading import decode_transcript

TRANSCRIPT_SUFFIXES = {".txt", ".srt", ".vtt"}


class Command(BaseCommand):
    help = "Analyses one recording, one transcript or both together; stores nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a recording, or a transcript by itself")
        parser.add_argument("--transcript", type=Path, help="the words of the recording")
        parser.add_argument("--speaker", default="", help="whose words count, if several speak")
        parser.add_argument("--language", choices=Language.values, default=Language.EN.value)
        parser.add_argument("--kind", choices=TalkKind.values, default=TalkKind.PRESENTATION.value)
        parser.add_argument(
            "--no-model", action="store_true", help="use rules only and send nothing anywhere"
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            model = None if options["no_model"] else _access()
            report = analyze(_talk(options), talk_limits(), model)
        except StageProblem as stopped:
            raise CommandError(_told(stopped)) from stopped
        except DecoderFailed as failed:
            raise CommandError(_broken(failed)) from failed
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise CommandError(f"{error.filename or options['file']}: {reason}.") from error
        if options["json"]:
            document = as_json(with_filled_coaching(report))
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(plain_text(report))


def _access() -> ModelAccess | None:
    """The configured model. Its answers and costs are forgotten when the command ends."""
    access, books = access_without_run(), MemoryBooks()
    return replace(access, books=lambda: books) if access else None


def _talk(options: dict[str, Any]) -> Talk:
    """Raises `CommandError` and `StageProblem`."""
    media, transcript = options["file"], options["transcript"]
    if transcript is None and media.suffix.lower() in TRANSCRIPT_SUFFIXES:
        media, transcript = None, media
    if media is not None and not media.is_file():
        raise CommandError(f"There is no file {media}.")
    text, kind = _words(transcript) if transcript is not None else ("", "")
    return Talk(
        title=options["file"].stem,
        language=options["language"],
        kind=options["kind"],
        target_seconds=None,
        target_wpm=None,
        media_path=media.resolve() if media else None,
        transcript_text=text,
        transcript_format=kind,
        speaker=_speaker(options["speaker"], text, kind),
    )


def _words(path: Path) -> tuple[str, str]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    return decode_transcript(data, path.name)


def _speaker(wanted: str, text: str, kind: str) -> str:
    names = speakers(text, kind) if text else ()
    if not names or wanted in names:
        return wanted if names else ""
    listed = ", ".join(names)
    if wanted:
        raise CommandError(f"Nobody in the transcript is called {wanted}. There are: {listed}.")
    raise CommandError(f"Several people speak: {listed}. Say who you are with --speaker.")


def _broken(failed: DecoderFailed) -> str:
    """What a decoder leaves behind is a traceback: its last line says enough."""
    last = str(failed).strip().rpartition("\n")[2]
    return f"The decoder broke; the file is not to blame. Try again. ({last or 'no reason given'})"


def _told(stopped: StageProblem) -> str:
    text = problem_text(stopped.problem)
    return f"{text} ({stopped.detail})" if stopped.detail else text
