"""The model calls of a run as a table. A figure nobody knows stays unknown, never 0."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from metrics_app.queries import Call, calls_of_run
from sessions_app.display.calls import cost_text
from sessions_app.display.text import number, seconds
from sessions_app.models import SessionRun


def ledger_table(run: SessionRun) -> str:
    calls = list(calls_of_run(run.pk))
    if not calls:
        return _("No model was called.")
    head = format_html_join("", "<th>{}</th>", ((name,) for name in _heads()))
    rows = format_html_join("", "<tr>{}</tr>", ((_row(call),) for call in calls))
    table = "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
    framed = f'<div class="ledger">{table}</div><p>{{}}</p>'
    return format_html(framed, head, rows, _total(calls))


def _heads() -> tuple[str, ...]:
    return (
        _("purpose"),
        _("model"),
        _("prompt version"),
        _("attempt"),
        _("outcome"),
        _("detail"),
        _("tokens in"),
        _("of these cached"),
        _("tokens out"),
        _("cost (USD)"),
        _("latency"),
        _("first token"),
    )


def _row(call: Call) -> str:
    outcome = f"{call.outcome} ({_('answer kept')})" if call.cache_hit else call.outcome
    cells = (
        call.purpose,
        call.model,
        call.prompt_version,
        call.attempt,
        outcome,
        call.detail,
        number(call.tokens_in),
        number(call.tokens_cached),
        number(call.tokens_out),
        number(None if call.cost_usd is None else float(call.cost_usd), 6),
        seconds(call.latency_ms),
        seconds(call.first_token_ms),
    )
    return format_html_join("", "<td>{}</td>", ((cell,) for cell in cells))


def _total(calls: list[Call]) -> str:
    kept = sum(call.cache_hit for call in calls)
    return _("Calls: %(calls)d. Kept answers used again: %(kept)d. Cost: %(cost)s.") % {
        "calls": len(calls) - kept,
        "kept": kept,
        "cost": cost_text(calls),
    }
