"""The model calls of a run as a table. A figure nobody knows stays unknown, never 0."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from metrics_app.queries import Call, calls_of_run
from sessions_app.display.text import number, seconds
from sessions_app.models import SessionRun


def ledger_table(run: SessionRun) -> str:
    calls = list(calls_of_run(run.pk))
    if not calls:
        return _("No model was called.")
    heads = (
        _("purpose"),
        _("model"),
        _("attempt"),
        _("outcome"),
        _("tokens in"),
        _("of these cached"),
        _("tokens out"),
        _("cost (USD)"),
        _("latency"),
    )
    head = format_html_join("", "<th>{}</th>", ((name,) for name in heads))
    return format_html(
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        head,
        format_html_join("", "<tr>{}</tr>", ((_row(call),) for call in calls)),
    )


def _row(call: Call) -> str:
    outcome = f"{call.outcome} ({_('answer kept')})" if call.cache_hit else call.outcome
    cells = (
        call.purpose,
        call.model,
        call.attempt,
        outcome,
        number(call.tokens_in),
        number(call.tokens_cached),
        number(call.tokens_out),
        number(None if call.cost_usd is None else float(call.cost_usd), 6),
        seconds(call.latency_ms),
    )
    return format_html_join("", "<td>{}</td>", ((cell,) for cell in cells))
