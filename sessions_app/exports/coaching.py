"""The coaching and the review of the content as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app.display.coaching import CoachingCard, FocusCard, GoalCard, ProgressLine
from sessions_app.display.content_review import RemarkLine, ReviewCard
from sessions_app.display.moments import Moment
from sessions_app.display.page import ReportPage
from sessions_app.exports.markup import plain, quoted


def coaching(page: ReportPage) -> Iterator[str]:
    """Figures filled in."""
    card = page.coaching
    if card is None:
        return
    yield from _paragraphs(card.summary, card.acknowledgement)
    for line in card.progress:
        yield f"- {_progress(line)}"
    for number, area in enumerate(card.focus, start=1):
        yield from _focus(number, area)
    yield from _rest(card)
    yield f"*{plain(page.coaching_source)}*"


def review(card: ReviewCard | None) -> Iterator[str]:
    if card is None:
        return
    yield from _remark(_("Main message"), card.main_message)
    yield from _remark(_("Structure"), card.structure)
    for part in card.parts:
        yield f"- {part.name}: {moments([part.moment])}"
    for strength in card.strengths:
        yield from _remark(_("Strength"), strength)
    if card.concern:
        yield from _remark(_("Main concern"), card.concern)
    yield ""
    yield _("An AI read the words of this talk, and may be wrong.")


def moments(found: Iterable[Moment]) -> str:
    return ", ".join(f"{each.clock} {quoted(each.quote)}".strip() for each in found)


def _progress(line: ProgressLine) -> str:
    against = ngettext(
        "against the talk before", "against the mean of %(talks)s talks before", line.talks
    )
    told = f"{against % {'talks': line.talks}}, {_variation(line)}"
    return f"{line.measure}: {line.earlier} → **{line.now}** ({told})"


def _variation(line: ProgressLine) -> str:
    if line.beyond_usual is None:
        return _("too few to know your usual variation")
    return (
        _("beyond your usual variation") if line.beyond_usual else _("within your usual variation")
    )


def _focus(number: int, area: FocusCard) -> Iterator[str]:
    yield ""
    yield f"### {number}. {plain(area.title)}"
    yield ""
    yield from _paragraphs(area.what)
    if area.moments:
        yield from (moments(area.moments), "")
    yield from _paragraphs(area.why)
    minutes = f" ({area.minutes} min)" if area.minutes else ""
    yield f"**{_('Exercise')}**{minutes}: {plain(area.exercise)}"


def _rest(card: CoachingCard) -> Iterator[str]:
    if card.strengths:
        yield from ("", f"### {_('Strengths')}", "")
        yield from (f"- {plain(strength)}" for strength in card.strengths)
    if card.goal:
        yield from ("", f"### {_('Goal for this week')}", "", *_goal(card.goal))
    if card.plan:
        yield from ("", f"### {_('Practice plan')}", "")
    for step in card.plan:
        effort = _("%(minutes)s min, %(times)s × a week") % {
            "minutes": step.minutes,
            "times": step.times_per_week,
        }
        yield f"- {plain(step.text)} ({effort})"
    yield ""


def _goal(goal: GoalCard) -> tuple[str, ...]:
    return plain(goal.text), "", f"{goal.measure}: {goal.now} → **{goal.target}**"


def _remark(lead: str, remark: RemarkLine) -> Iterator[str]:
    where = f" ({moments(remark.moments)})" if remark.moments else ""
    yield f"- **{lead}**: {plain(remark.text)}{where}"


def _paragraphs(*texts: str) -> Iterator[str]:
    for text in filter(None, texts):
        yield plain(text)
        yield ""
