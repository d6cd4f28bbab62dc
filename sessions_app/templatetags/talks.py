"""Filters that write figures, where what is missing says so, and the words of a transcript."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sessions_app.display import text
from sessions_app.display.transcript import Token

register = template.Library()


@register.filter
def clock(ms: int | None) -> str:
    """Milliseconds as m:ss."""
    return text.clock(ms)


@register.filter
def figure(value: float | None, decimals: int = 0) -> str:
    """A number, rounded."""
    return text.number(value, decimals)


@register.filter
def words(tokens: Iterable[Token]) -> SafeString:
    """Each word in an element of its own. No template: a long talk has ten thousand of them, and a
    dozen nodes for each took most of the time of a page.
    """
    return mark_safe(" ".join(map(_word, tokens)))  # noqa: S308 - all that was said is escaped


def _word(token: Token) -> str:
    kind, told = "w", ""
    if token.before:
        was = _("Corrected by you; it was “%(said)s”") % {"said": token.before}
        kind, told = "w w-yours", f' title="{escape(was)}"'
    at = "" if token.ms is None else f' data-ms="{token.ms:d}"'
    return f'<span class="{kind}" id="w{token.index:d}"{at}{told}>{escape(token.text)}</span>'
