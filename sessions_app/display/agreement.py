"""Whether two readings agreed on the fillers, and what became of the coaching, in a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app.coaching.agreement import Agreement, Grounds
from sessions_app.models import SessionRun
from sessions_app.stages.outputs import Mode


def agreement_of(run: SessionRun) -> Agreement | None:
    """As the run's columns keep it; `None` where nothing was compared."""
    if run.fillers_by_rule is None or run.fillers_by_ai is None:
        return None
    grounds = Grounds(run.regeneration_grounds)
    anew = grounds not in (Grounds.BOTH_ZERO, Grounds.WITHIN)
    return Agreement(run.fillers_by_rule, run.fillers_by_ai, run.fillers_difference, anew, grounds)


def agreement_text(agreement: Agreement, *, regenerated: bool, mode: str) -> str:
    """Both counts, the share by which they differ where there is one, and the decision."""
    if agreement.grounds is Grounds.BOTH_ZERO:
        counts = _("rules and the AI reader found no filler")
    else:
        counts = _counts(agreement)
    return _decision(agreement, regenerated, mode) % {"counts": counts}


def _counts(agreement: Agreement) -> str:
    text = ngettext(
        "rules counted %(rule)d filler and the AI reader %(ai)d%(difference)s",
        "rules counted %(rule)d fillers and the AI reader %(ai)d%(difference)s",
        agreement.rule,
    )
    share = percentage(agreement)
    return text % {
        "rule": agreement.rule,
        "ai": agreement.ai,
        "difference": f" ({share})" if share else "",
    }


def percentage(agreement: Agreement) -> str:
    """Such as "53 %"; empty where the rules counted none."""
    return "" if agreement.difference is None else f"{round(agreement.difference * 100)} %"


def _decision(agreement: Agreement, regenerated: bool, mode: str) -> str:
    if mode == Mode.SEQUENTIAL:
        return _("Coaching was written after the second reading: %(counts)s.")
    if regenerated and agreement.grounds is Grounds.ALWAYS:
        return _("Coaching was written anew, as this server always does: %(counts)s.")
    if regenerated:
        return _("Coaching was written anew because %(counts)s.")
    if agreement.regenerate:
        return _("Coaching was to be written anew because %(counts)s, but that did not succeed.")
    return _("Coaching was kept because %(counts)s.")
