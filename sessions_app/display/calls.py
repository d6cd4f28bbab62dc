"""What the models were asked for one report, added up. What nobody knows stays unknown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ai.errors import Outcome
from metrics_app.queries import Call
from sessions_app.display.text import MISSING, number

COACHING = ("coaching", "coaching_again")
USD_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class CallFacts:
    """`kept` counts answers found again, which cost nothing; `calls` the attempts sent."""

    calls: int
    failed: int
    kept: int
    models: tuple[str, ...]
    prompt_versions: tuple[str, ...]
    tokens_in: str
    tokens_cached: str
    tokens_out: str
    cost: str
    coaching_model: str


def call_facts(calls: Iterable[Call]) -> CallFacts | None:
    """`None` where no model was asked."""
    made = list(calls)
    if not made:
        return None
    sent = [call for call in made if not call.cache_hit]
    answered = [call for call in made if call.outcome == Outcome.OK]
    return CallFacts(
        calls=len(sent),
        failed=sum(call.outcome != Outcome.OK for call in sent),
        kept=len(made) - len(sent),
        models=_distinct(call.model for call in answered),
        prompt_versions=_distinct(
            f"{call.purpose} {call.prompt_version}" for call in answered if call.prompt_version
        ),
        tokens_in=_sum(call.tokens_in for call in sent if call.outcome == Outcome.OK),
        tokens_cached=_sum(call.tokens_cached for call in sent if call.outcome == Outcome.OK),
        tokens_out=_sum(call.tokens_out for call in sent if call.outcome == Outcome.OK),
        cost=cost_text(sent),
        coaching_model=_last([call.model for call in answered if call.purpose in COACHING]),
    )


def cost_text(calls: Iterable[Call]) -> str:
    """US dollars of the calls whose price is known, and how many there are of the others."""
    billed = [call for call in calls if _is_billed(call)]
    known = [call.cost_usd for call in billed if call.cost_usd is not None]
    unknown = len(billed) - len(known)
    if unknown and not known:
        return str(MISSING)
    total = usd(sum(known, Decimal(0)))
    if not unknown:
        return total
    more = ngettext(
        "%(total)s, and %(count)d call of unknown price",
        "%(total)s, and %(count)d calls of unknown price",
        unknown,
    )
    return more % {"total": total, "count": unknown}


def usd(amount: Decimal | None) -> str:
    if amount is None:
        return str(MISSING)
    return _("%(amount)s US dollars") % {"amount": number(float(amount), USD_DECIMALS)}


def _is_billed(call: Call) -> bool:
    """Attempts that failed without using anything cost nothing that anybody could know of."""
    used = (call.cost_usd, call.tokens_in, call.tokens_out)
    return not call.cache_hit and (
        call.outcome == Outcome.OK or any(figure is not None for figure in used)
    )


def _sum(figures: Iterable[int | None]) -> str:
    """Of those that are known; not available where none is."""
    known = [figure for figure in figures if figure is not None]
    return number(sum(known) if known else None)


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _last(names: list[str]) -> str:
    return names[-1] if names else ""
