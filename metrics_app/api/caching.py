"""What did not have to be asked, or read, again."""

from __future__ import annotations

from metrics_app.api.answers import Cache, Hits, ServerCache
from metrics_app.api.question import Question
from metrics_app.measures import calls
from metrics_app.measures.calls import CallTotals


def cache(question: Question) -> Cache:
    window, scope = question.latest(), question.scope
    total = calls.totals(window, scope)[""]
    by_operation = calls.totals(window, scope, "purpose")
    return Cache(
        asked=question.asked(window),
        answers=_hits(total),
        by_operation={name: _hits(found) for name, found in by_operation.items()},
        server=ServerCache(
            tokens_in=total.tokens_in,
            tokens_cached=total.tokens_cached,
            rate=total.tokens_cached / total.tokens_in if total.tokens_in else None,
        ),
    )


def _hits(found: CallTotals) -> Hits:
    return Hits(hits=found.hits, could_hit=found.could_hit, hit_rate=found.hit_rate)
