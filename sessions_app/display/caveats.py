"""What a reader of a report must know, as far as this report bears it out."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from sessions_app.messages import caveat_text
from sessions_app.report import Report
from sessions_app.stages.outputs import Caveat


def caveat_texts(report: Report) -> tuple[str, ...]:
    return tuple(_texts(report))


def read_by_ai_alone(report: Report) -> bool:
    """Fillers were counted in a language the rules do not know."""
    counted = report.metrics is not None and report.metrics.fillers_total is not None
    return counted and Caveat.NO_PACK in report.caveats


def _texts(report: Report) -> Iterator[str]:
    for code in report.caveats:
        if code == Caveat.NO_PACK and read_by_ai_alone(report):
            yield _(
                "The rules do not know this language: fillers are those the AI found, and hedges "
                "are not judged."
            )
        else:
            yield caveat_text(code)
