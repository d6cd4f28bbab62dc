"""The steps a run had to take down the ladder, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.display.names import name_of
from sessions_app.reasons import Reason, reason
from sessions_app.stages.outputs import Rung, StepDown

_LEFT: Mapping[str, Promise] = {
    Rung.API: gettext_lazy("Writing down the recording by AI"),
    Rung.PARALLEL: gettext_lazy("AI analysis and coaching side by side"),
    Rung.SEQUENTIAL: gettext_lazy("AI analysis, then coaching"),
}
_ENTERED: Mapping[str, Promise] = {
    Rung.DRAFT: gettext_lazy("a rough draft was made on this server instead"),
    Rung.SEQUENTIAL: gettext_lazy("they were done one after the other"),
    Rung.RULE_BASED: gettext_lazy("the report was finished by rules alone"),
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """`detail` is for staff."""

    text: str
    reason: Reason
    detail: str


def step_lines(steps: tuple[StepDown, ...]) -> tuple[StepLine, ...]:
    return tuple(StepLine(_step(step), reason(step.reason), step.detail) for step in steps)


def _step(step: StepDown) -> str:
    return _("%(left)s did not succeed; %(entered)s.") % {
        "left": name_of(_LEFT, step.left),
        "entered": name_of(_ENTERED, step.entered),
    }
