"""Findings and words as CSV, for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.utils.translation import gettext as _

from sessions_app.display.names import KINDS, name_of
from sessions_app.report import Report
from sessions_app.speech.findings import Finding

MARK = "\ufeff"
"""Without it Excel takes UTF-8 for an older encoding."""
_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for a formula, wide forms too (OWASP, "CSV Injection")."""

Cell = str | int | float | None


def findings_csv(report: Report) -> str:
    """All findings, those that are not counted too. Times in seconds, words from 0."""
    head = (
        _("Kind"),
        _("Label"),
        _("Quote"),
        _("Start in seconds"),
        _("End in seconds"),
        _("First word"),
        _("Last word"),
        _("Status"),
        _("Severity"),
        _("Found by"),
        _("Confidence"),
        _("Why"),
        _("Advice"),
        _("AI decision"),
        _("AI reason"),
    )
    return _table(head, (_finding(found) for found in report.findings))


def words_csv(report: Report) -> str:
    """The words as their speaker set them right."""
    head = (_("Number"), _("Word"), _("Start in seconds"), _("End in seconds"), _("Confidence"))
    return _table(
        head,
        (
            (index, word.text, _seconds(word.start_ms), _seconds(word.end_ms), word.confidence)
            for index, word in enumerate(report.words)
        ),
    )


def harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet would compute is marked as text; figures stay figures."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_BEGINNINGS):
        return f"'{cell}"
    return cell


def _finding(found: Finding) -> tuple[Cell, ...]:
    review = found.review
    return (
        name_of(KINDS, found.kind),
        found.label,
        found.text,
        _seconds(found.start_ms),
        _seconds(found.end_ms),
        found.start_word,
        found.end_word - 1,
        str(found.status),
        str(found.severity),
        str(found.source),
        found.confidence,
        found.why,
        found.advice,
        str(review.decision) if review else "",
        review.reason if review else "",
    )


def _seconds(ms: int | None) -> float | None:
    return None if ms is None else ms / 1000


def _table(head: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> str:
    text = StringIO(newline="")
    writer = csv.writer(text)
    for row in (head, *rows):
        writer.writerow([harmless(cell) for cell in row])
    return MARK + text.getvalue()
