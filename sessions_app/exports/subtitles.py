"""The words of a report as SRT and WebVTT."""

from __future__ import annotations

import html
from collections.abc import Iterable

from sessions_app.exports.cueing import TimedCue, cues
from sessions_app.report import Report


def srt(report: Report) -> str:
    """Empty where no word has a time."""
    return "\n".join(
        f"{number}\n{_times(cue, ',')}\n{_lines(cue)}\n"
        for number, cue in enumerate(_cues(report), start=1)
    )


def vtt(report: Report) -> str:
    """Without a cue where no word has a time."""
    return "WEBVTT\n\n" + "\n".join(
        f"{_times(cue, '.')}\n{html.escape(_lines(cue), quote=False)}\n" for cue in _cues(report)
    )


def _cues(report: Report) -> Iterable[TimedCue]:
    return cues(report.words, report.sentences)


def _lines(cue: TimedCue) -> str:
    return "\n".join(cue.lines)


def _times(cue: TimedCue, mark: str) -> str:
    return f"{_clock(cue.start_ms, mark)} --> {_clock(cue.end_ms, mark)}"


def _clock(ms: int, mark: str) -> str:
    """hh:mm:ss and milliseconds after `mark`."""
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{mark}{ms:03}"
