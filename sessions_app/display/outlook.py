"""What a report that is still being made already has, and what is to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions_app import codec
from sessions_app.coaching.rule_based import too_short_to_coach
from sessions_app.coaching.structure import KINDS
from sessions_app.display.names import SCORES, name_of
from sessions_app.display.text import number
from sessions_app.model_access import Snapshot
from sessions_app.models import RunState, SessionRun
from sessions_app.report import Report
from sessions_app.speech.metrics import Metrics
from sessions_app.stages.context import Plan
from sessions_app.stages.outputs import Caveat, Mode, TextSource
from speechcoach.model_config import model_config

_MOVED_BY_FILLERS = ("fillers", "overall")


@dataclass(frozen=True, slots=True)
class Here:
    """Something that stands; `key` is where the page of numbers explains its `value`."""

    text: str
    key: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """`headline` is empty where the state of the run says it all; `moving` are the scores that
    may still change.
    """

    headline: str
    here: tuple[Here, ...]
    coming: tuple[str, ...]
    moving: frozenset[str]


def outlook(run: SessionRun, report: Report | None) -> Outlook | None:
    """Of a live run. `report` is what it has found so far, `None` where the page has another or
    none. `None` where the names of the stages say all there is to say.
    """
    if run.is_live and run.coaching_only:
        return Outlook("", (), (_coaching_alone(),), frozenset())
    if report is None or not run.is_live:
        return None
    if not will_be_read(run, report):
        coming = tuple(_by_rules(report))
        return Outlook(_("First findings"), _here(report, ()), coming, frozenset())
    moving = _MOVED_BY_FILLERS
    return Outlook(
        _("AI review running"),
        _here(report, moving),
        tuple(_by_ai(run, report)),
        frozenset(moving),
    )


def will_be_read(run: SessionRun, report: Report) -> bool:
    """Whether an AI is to read these words; it never reads drafts, nor what is too short."""
    config = model_config()
    if config is None or config.chat is None or run.wanted_mode == Mode.RULE_BASED:
        return False
    if report.coaching is not None or report.source == TextSource.DRAFT or report.metrics is None:
        return False
    return not too_short_to_coach(report.metrics)


def _by_ai(run: SessionRun, report: Report) -> Iterator[str]:
    """What the plan of the run asks for; a run that has none yet promises no more than it must."""
    plan = codec.load(Snapshot, run.snapshot).plan if run.snapshot else None
    if Caveat.NO_PACK in report.caveats:
        yield _("The AI’s reading of the words: which of them are fillers.")
    else:
        yield _("The AI’s second reading: which words are fillers here, and what the rules missed.")
    if plan and plan.content_review:
        yield _review(report)
    if plan and plan.parallel:
        yield _beside(plan)
    else:
        yield _("Coaching by the AI, once the second reading is done.")
    if run.state == RunState.WAITING_FOR_MODEL:
        yield _("If the AI stays away: coaching by rules, instead of all this.")


def _review(report: Report) -> str:
    if report.kind in KINDS:
        return _("The AI’s review of the content, and with it the score for structure.")
    return _("The AI’s review of the content.")


def _beside(plan: Plan) -> str:
    if plan.threshold == 0:
        return _("Coaching by the AI, written now and once more after the second reading.")
    return _(
        "Coaching by the AI: it is being written now, and once more if the second reading "
        "finds clearly more or fewer fillers."
    )


def _by_rules(report: Report) -> Iterator[str]:
    if report.coaching is None:
        yield _("Coaching, chosen by rules from what was measured. No AI reads this talk.")
    else:
        yield _("The final scores.")


def _coaching_alone() -> str:
    return _("New coaching by the AI. Findings and scores stay as they are.")


def _here(report: Report, moving: tuple[str, ...]) -> tuple[Here, ...]:
    if report.metrics is None:
        return ()
    return (*_measured(report), *_fillers(report.metrics, moving), *_scores(report, moving))


def _measured(report: Report) -> Iterator[Here]:
    metrics = report.metrics
    assert metrics is not None
    names = {
        _("pace"): metrics.wpm,
        _("pauses"): metrics.pauses,
        _("voice"): metrics.pitch_median_hz or metrics.loudness_mean_dbfs,
    }
    known = [name for name, value in names.items() if value is not None]
    if known and report.source == TextSource.DRAFT:
        yield Here(_("Measured, from a rough draft: %(names)s.") % {"names": ", ".join(known)})
    elif known:
        yield Here(_("Measured, and final: %(names)s.") % {"names": ", ".join(known)})


def _fillers(metrics: Metrics, moving: tuple[str, ...]) -> Iterator[Here]:
    if metrics.fillers_total is not None:
        text = _("Fillers found by rules, may still change:") if moving else _("Fillers:")
        yield Here(text, "fillers-total", number(metrics.fillers_total))


def _scores(report: Report, moving: tuple[str, ...]) -> Iterator[Here]:
    there = [key for key in SCORES if report.scores and getattr(report.scores, key) is not None]
    still = [name_of(SCORES, key) for key in there if key in moving]
    if still:
        yield Here(_("Scores; these may still change: %(names)s.") % {"names": ", ".join(still)})
    elif there:
        yield Here(_("Scores."))
