"""How many findings of each kind the report lists, and how far the talk is on its prompt."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app.display.names import KINDS, name_of
from sessions_app.display.numbers.entry import Entry, Place, Way
from sessions_app.display.numbers.ground import Ground, listed
from sessions_app.display.text import number
from sessions_app.speech.findings import FindingKind, FindingStatus
from sessions_app.speech.relevance import RelevanceSource


def findings_entry(ground: Ground) -> Entry:
    counts = Counter(f.kind for f in ground.report.findings if f.status is FindingStatus.COUNTED)
    named = [
        f"{name_of(KINDS, kind)} {number(counts[FindingKind(kind)])}"
        for kind in KINDS
        if kind in counts
    ]
    lines = (f"{' + '.join(named)} = {number(counts.total())}",) if named else ()
    places = tuple(
        listed_kind
        for kind in KINDS
        for listed_kind in ground.of_findings(name_of(KINDS, kind), ground.found(FindingKind(kind)))
    )
    return Entry(
        "findings",
        _("Findings"),
        number(counts.total()),
        _("All findings that count, of every kind. One place can be found in two ways."),
        Way(lines, places=places),
    )


def relevance_entries(ground: Ground) -> tuple[Entry, ...]:
    relevance = ground.report.relevance
    if relevance is None:
        return ()
    answered = sum(bool(point.places) for point in relevance.points)
    line = _("%(answered)s of %(all)s points of the prompt = %(share)s") % {
        "answered": number(answered),
        "all": number(len(relevance.points)),
        "share": number(relevance.value, 2),
    }
    return (
        Entry(
            "relevance",
            _("On the prompt"),
            number(relevance.value, 2),
            _rule(relevance.source),
            Way((line,), places=listed(_("Where it answers them"), _answers(ground))),
        ),
    )


def _rule(source: RelevanceSource) -> str:
    if source is RelevanceSource.AI:
        return _("An AI named the points of the prompt and where the talk answers each; we count.")
    return _("Points of the prompt whose words come up in the talk. It is no part of any score.")


def _answers(ground: Ground) -> list[Place]:
    relevance = ground.report.relevance
    return [
        ground.place(start, end, point.text)
        for point in (relevance.points if relevance else ())
        for start, end in point.places
    ]


def talk_was_corrected(ground: Ground) -> str:
    """Empty where nothing was."""
    made = len(ground.report.corrections)
    if not made:
        return ""
    return ngettext(
        "All of it is computed with %(count)s correction of yours.",
        "All of it is computed with %(count)s corrections of yours.",
        made,
    ) % {"count": number(made)}
