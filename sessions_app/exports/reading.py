"""A talk with its report as its page shows it, for all the forms it is exported in."""

from __future__ import annotations

from dataclasses import dataclass

from sessions_app.display.page import report_of, report_page, shown
from sessions_app.exports import subtitles
from sessions_app.exports.document import report_json
from sessions_app.exports.markdown import markdown
from sessions_app.exports.tables import findings_csv, words_csv
from sessions_app.models import PracticeSession, SessionRun, Transcript
from sessions_app.report import Report
from sessions_app.stages.outputs import Timing


@dataclass(frozen=True, slots=True)
class Reading:
    session: PracticeSession
    run: SessionRun
    report: Report

    def json(self) -> str:
        return report_json(self.session, self.run, self.report)

    def markdown(self) -> str:
        return markdown(self.session, report_page(self.session, self.run, self.report, ""))

    def findings_csv(self) -> str:
        return findings_csv(self.report)

    def words_csv(self) -> str:
        return words_csv(self.report)

    def srt(self) -> str:
        return subtitles.srt(self.report)

    def vtt(self) -> str:
        return subtitles.vtt(self.report)

    @property
    def timed(self) -> bool:
        """Whether there are subtitles."""
        return self.report.timing != Timing.NONE


def reading(session: PracticeSession) -> Reading | None:
    """`None` before there is anything to read."""
    run = shown(session)[0]
    report = report_of(run)
    return Reading(session, run, report) if run and report else None


def has_times(run: SessionRun) -> bool:
    """Whether there can be subtitles. The words are not loaded for it."""
    spoken = Transcript.objects.filter(runs=run)
    return spoken.exclude(timing=Timing.NONE).exists()
