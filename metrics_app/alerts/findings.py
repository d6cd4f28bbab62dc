"""What a rule found, in a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics_app.alerts.readings import Reading
from metrics_app.alerts.rules import Level, Rule
from metrics_app.alerts.units import written


def finding(rule: Rule, level: Level, reading: Reading) -> str:
    """The value, the threshold, and how many cases of what time it rests on."""
    if reading.is_empty:
        return _nothing_in(rule.minutes)
    said = [reading.because] if reading.because else []
    if level.threshold is not None and reading.value is not None:
        said.append(_measured(rule, level.threshold, reading.value, reading.sample))
    return " ".join(said) or _("It answers.")


def _nothing_in(minutes: int) -> str:
    text = ngettext(
        "There were no cases in the last %d minute: whether all is well again is not known.",
        "There were no cases in the last %d minutes: whether all is well again is not known.",
        minutes,
    )
    return text % minutes


def _measured(rule: Rule, threshold: float, value: float, sample: int) -> str:
    bound = _("at least %s") if rule.below else _("at most %s")
    parts = [
        _("%(value)s (should be %(bound)s)")
        % {
            "value": written(value, rule.unit),
            "bound": bound % written(threshold, rule.unit),
        },
        ngettext("%d case", "%d cases", sample) % sample,
        ngettext("the last %d minute", "the last %d minutes", rule.minutes) % rule.minutes,
    ]
    return ", ".join(parts) + "."
