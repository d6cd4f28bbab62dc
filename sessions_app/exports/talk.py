"""Everything there is of one talk, file by file."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from sessions_app.exports.archive import Entry, pieces
from sessions_app.exports.names import Names, file_name
from sessions_app.exports.reading import Reading, reading
from sessions_app.models import PracticeSession
from sessions_app.recordings import open_recording

README = "README.txt"
OURS = (
    README,
    "report.md",
    "report.json",
    "findings.csv",
    "words.csv",
    "words.srt",
    "words.vtt",
    "transcript.txt",
    "transcript.srt",
    "transcript.vtt",
)


def talk_entries(session: PracticeSession) -> Iterator[Entry]:
    """What says what is what comes first."""
    names = Names(*OURS)
    told = reading(session)
    recording = open_recording(session)
    name = names.unique(file_name(session.media_filename, "recording")) if recording else ""
    yield Entry(README, _readme(session, told, name))
    if told is not None:
        yield from _report_entries(told)
    if session.transcript_text:
        yield Entry(f"transcript.{session.transcript_format or 'txt'}", session.transcript_text)
    if recording is not None:
        yield Entry(name, pieces(recording), packed=True)


def _report_entries(told: Reading) -> Iterator[Entry]:
    yield Entry("report.md", told.markdown())
    yield Entry("report.json", told.json())
    yield Entry("findings.csv", told.findings_csv())
    yield Entry("words.csv", told.words_csv())
    if told.timed:
        yield Entry("words.srt", told.srt())
        yield Entry("words.vtt", told.vtt())


def _readme(session: PracticeSession, told: Reading | None, recording: str) -> str:
    lines = [session.title, "=" * len(session.title), ""]
    if told is None:
        lines += [_("There is no report on this talk yet."), ""]
    else:
        lines += _told(told)
    if session.transcript_text:
        name = f"transcript.{session.transcript_format or 'txt'}"
        lines.append(f"{name}: " + _("the transcript as you gave it."))
    if recording:
        lines.append(f"{recording}: " + _("the recording as you uploaded it."))
    elif session.recording_is_gone:
        lines.append(_("The recording was removed before; what was measured from it is kept."))
    return "\n".join(lines) + "\n"


def _told(told: Reading) -> Iterator[str]:
    yield "report.md: " + _("the whole report, to read in any editor.")
    yield "report.json: " + _("the same with all details, for programs.")
    yield "findings.csv: " + _("the findings as a table, for spreadsheets. Text that looks like a "
                               "formula has a ' in front.")  # fmt: skip
    yield "words.csv: " + _("every word with its time.")
    if told.timed:
        yield "words.srt, words.vtt: " + _("the words as subtitles, for video players.")
