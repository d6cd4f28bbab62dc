"""What did not have to be asked, or read, again."""

from __future__ import annotations

from metrics_app.api.answers import Cache, Hits, ServerCache
from metrics_app.api.question import Question
from metrics_app.measures.calls import CallsIn, CallTotals


def cache(question: Question) -> Cache:
    window, scope = question.latest(), question.scope
    totals = CallsIn(window, scope).totals("", "purpose")
    total = totals[""][""]
    return Cache(
        asked=question.asked(window),
        answers=_hits(total),
        by_operation={name: _hits(found) for name, found in totals["purpose"].items()},
        server=ServerCache(
            tokens_in=total.tokens_in,
            tokens_cached=total.tokens_cached,
            rate=total.tokens_cached / total.tokens_in if total.tokens_in else None,
        ),
    )


def _hits(found: CallTotals) -> Hits:
    return Hits(hits=found.hits, could_hit=found.could_hit, hit_rate=found.hit_rate)
