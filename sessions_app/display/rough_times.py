"""How long something usually takes, no more exact than that is known."""

from __future__ import annotations

from django.utils.translation import ngettext

_SECOND_MS = 1_000
_STEP_S = 5
_MINUTE_S = 60


def rough_time(ms: int) -> str:
    """Whole seconds up to ten, then steps of five, then whole minutes."""
    seconds = max(1, round(ms / _SECOND_MS))
    if seconds > 2 * _STEP_S:
        seconds = _STEP_S * round(seconds / _STEP_S)
    if seconds < _MINUTE_S:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    minutes = round(seconds / _MINUTE_S)
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
