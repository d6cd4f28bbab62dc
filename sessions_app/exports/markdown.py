"""A report as Markdown: what its page says, to read anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app.display.comparison import ComparedMeasure
from sessions_app.display.findings import FindingRow
from sessions_app.display.page import ReportPage
from sessions_app.display.scores import ScoreCard
from sessions_app.display.text import MISSING, clock
from sessions_app.exports.coaching import coaching, moments, review
from sessions_app.exports.markup import plain, quoted, table
from sessions_app.models import PracticeSession
from sessions_app.speech.findings import FindingStatus

_BLANKS = re.compile(r"\n{3,}")


def markdown(session: PracticeSession, page: ReportPage) -> str:
    """With the very figures of `page`."""
    sections = (
        _head(session, page),
        _section(_("Please note"), _notes(page)),
        _section(_("Scores"), _scores(page)),
        _section(_("What to work on"), coaching(page)),
        _section(_("What your talk says"), review(page.review)),
        _section(_("On the prompt"), _relevance(page)),
        _section(_("Compared with earlier talks"), _comparisons(page)),
        _section(_("Measures"), _measures(page)),
        _section(_("Findings"), _findings(page)),
        _section(_("Your corrections"), _corrections(page)),
        _section(_("Transcript"), _transcript(page)),
        _section(_("How this report was made"), _facts(page)),
    )
    text = "\n\n".join("\n".join(section) for section in sections if section)
    return _BLANKS.sub("\n\n", text).strip() + "\n"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    body = list(lines)
    return [f"## {title}", "", *body] if body else []


def _head(session: PracticeSession, page: ReportPage) -> list[str]:
    facts = [
        date_format(localtime(session.created_at), "DATETIME_FORMAT"),
        session.get_kind_display(),
        session.get_language_display(),
    ]
    if page.report.media:
        facts.append(clock(page.report.media.duration_ms))
    lines = [f"# {plain(session.title)}", "", " · ".join(facts)]
    if session.prompt.strip():
        lines += ["", f"{_('Practice prompt')}: {plain(session.prompt)}"]
    return lines


def _notes(page: ReportPage) -> Iterator[str]:
    if page.provisional:
        yield "- " + _("First findings: the report was not finished when it was saved.")
    elif not page.complete:
        yield "- " + _(
            "This report is not complete: it shows what was found before the work stopped."
        )
    if page.shortfall:
        yield f"- {page.shortfall.missing} {page.shortfall.reason}"
    for caveat in page.caveats:
        yield f"- {caveat}"


def _scores(page: ReportPage) -> Iterator[str]:
    if page.why_unscored:
        yield page.why_unscored
        return
    rows = (
        (
            score.label,
            str(MISSING) if score.value is None else str(score.value),
            score.band_name,
            _usual(score),
        )
        for score in page.scores
    )
    yield from table((_("Score"), _("of 100"), _("Band"), _("Before")), rows)


def _usual(score: ScoreCard) -> str:
    if score.usual is None:
        return ""
    text = ngettext(
        "%(usual)s in the talk before", "usually %(usual)s, by %(talks)s talks", score.usual.talks
    )
    return text % {"usual": score.usual.value, "talks": score.usual.talks}


def _relevance(page: ReportPage) -> Iterator[str]:
    card = page.relevance
    if card is None:
        return
    yield f"{card.value} {card.reason}".strip()
    if card.points:
        yield ""
    for point in card.points:
        answered = moments(point.moments) if point.moments else _("not found in the talk")
        yield f"- {plain(point.text)}: {answered}"


def _comparisons(page: ReportPage) -> Iterator[str]:
    if page.comparison:
        yield from _compared(page.comparison.previous, page.comparison.measures)
    for beside in page.retake.beside if page.retake else ():
        if beside.rows:
            yield from _compared(beside.earlier, [row.measure for row in beside.rows])


def _compared(then: PracticeSession, rows: Iterable[ComparedMeasure]) -> Iterator[str]:
    day = date_format(localtime(then.created_at), "DATE_FORMAT")
    yield _("Beside “%(title)s” of %(day)s:") % {"title": plain(then.title), "day": day}
    yield ""
    cells = ((row.label, row.before, row.now, row.change) for row in rows)
    yield from table((_("Measure"), _("Then"), _("Now"), _("Change")), cells)
    yield ""


def _measures(page: ReportPage) -> Iterator[str]:
    for group in page.measures:
        yield f"### {group.title}"
        yield ""
        rows = ((each.label, each.value, plain(each.how)) for each in group.measures)
        yield from table((_("Measure"), _("Value"), _("How it is measured")), rows)
        yield ""


def _findings(page: ReportPage) -> Iterator[str]:
    found = page.findings
    if not found.rows:
        yield _nothing_found(page)
    counted = [row for row in found.rows if row.status is FindingStatus.COUNTED]
    if counted:
        yield ngettext("%(count)s finding.", "%(count)s findings.", found.total) % {
            "count": found.total
        }
        yield ""
    yield from map(_finding, counted)
    if found.possible:
        yield from ("", f"### {_('Possible fillers, not counted')}", "")
        yield from map(_finding, found.possible)


def _nothing_found(page: ReportPage) -> str:
    if page.draft:
        return _("Nothing is judged in a rough draft: neither its words nor its pauses are exact.")
    return _("Nothing to mend was found.")


def _finding(row: FindingRow) -> str:
    moment = f"{row.clock} " if row.clock else ""
    said = f" {quoted(row.quote)}" if row.quote else ""
    told = " ".join(plain(text) for text in (row.why, row.advice, row.reason) if text)
    return f"- {moment}**{row.kind_name}**{said} {told} ({row.severity_name} · {row.origin})"


def _corrections(page: ReportPage) -> Iterator[str]:
    for row in page.corrections.rows:
        yield f"- {row.clock} {plain(row.what)} {plain(row.why)}".rstrip()


def _transcript(page: ReportPage) -> Iterator[str]:
    for paragraph in page.paragraphs:
        words = " ".join(token.text for piece in paragraph.pieces for token in piece.tokens)
        yield f"**{paragraph.clock}** {plain(words)}" if paragraph.clock else plain(words)
        yield ""


def _facts(page: ReportPage) -> Iterator[str]:
    facts = page.facts
    lines = [
        (_("Mode"), facts.mode),
        (_("Words from"), f"{facts.source} {facts.engine}".strip()),
        (_("Times of words"), facts.timing),
        (_("Run"), str(facts.run_number)),
        (_("Processing time"), facts.processing_time),
    ]
    if facts.calls:
        lines += [
            (_("Models"), ", ".join(facts.calls.models)),
            (_("Cost"), facts.calls.cost),
        ]
    for name, text in lines:
        if text:
            yield f"- {name}: {plain(text)}"
