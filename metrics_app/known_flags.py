"""The flags there are, what each is for, and what it is until somebody changes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class KnownFlag:
    """`setting` names one of the settings without which the flag does nothing. `by_hand`: who
    starts a run may switch off for it what the flag stands for.
    """

    name: str
    default: bool
    purpose: str | Promise
    setting: str = ""
    by_hand: bool = False

    @property
    def has_effect(self) -> bool:
        return not self.setting or bool(getattr(settings, self.setting))


_ALL = (
    KnownFlag(
        "parallel_ai_processing",
        default=True,
        purpose=_("The talk is read and the coaching is written at the same time."),
        by_hand=True,
    ),
    KnownFlag(
        "windowed_analysis",
        default=True,
        purpose=_("The words are read in windows, several at once; else all in one call."),
    ),
    KnownFlag(
        "content_review",
        default=True,
        purpose=_("A model reviews what was said and how it is built."),
    ),
    KnownFlag(
        "answer_cache",
        default=True,
        purpose=_(
            "Answers kept from earlier runs are used again. Without it a run finds only its own."
        ),
    ),
    KnownFlag(
        "experimental_model",
        default=False,
        purpose=_("AI_MODEL_EXPERIMENTAL reads the talk instead of the usual model."),
        setting="AI_MODEL_EXPERIMENTAL",
    ),
)
KNOWN_FLAGS: Final[Mapping[str, KnownFlag]] = {flag.name: flag for flag in _ALL}
