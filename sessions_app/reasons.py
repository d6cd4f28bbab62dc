"""Why a report had to do without the AI, or with less of it: what happened and what to do.

The codes are `ai.errors.Outcome`, and `LIMIT` for a rung whose own time was over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ai.errors import Outcome

LIMIT = "limit"

_AGAIN = _("Try again with AI in a few minutes.")
_OPERATOR = _("Trying again helps only after whoever runs this server has looked into it.")


@dataclass(frozen=True, slots=True)
class Reason:
    """Whole sentences: `happened` for everybody, `advice` for the owner, `staff` for whoever
    runs the server; the last is empty where there is nothing for them to do.
    """

    happened: str
    advice: str
    staff: str


_REASONS: Mapping[str, tuple[Promise, Promise, Promise | str]] = {
    LIMIT: (
        _("The AI took longer than it is given."),
        _AGAIN,
        _("If this happens often, choose faster models or raise the limit in the settings."),
    ),
    Outcome.RATE_LIMITED: (
        _("The AI server had too many requests."),
        _AGAIN,
        _(
            "Set AI_REQUESTS_PER_MINUTE and AI_TOKENS_PER_MINUTE to what the account may use, or "
            "have its limits raised."
        ),
    ),
    Outcome.SERVER_ERROR: (
        _("The AI server reported an error of its own."),
        _AGAIN,
        _("If it stays, look at the status page or the log of that server."),
    ),
    Outcome.CONNECTION: (
        _("The AI server could not be reached."),
        _AGAIN,
        _("Check the address in the settings and the network; manage.py check_models helps."),
    ),
    Outcome.TIMEOUT: (
        _("The AI server did not answer in time."),
        _AGAIN,
        _("If this happens often, choose faster models or raise AI_ATTEMPT_SECONDS."),
    ),
    Outcome.UNAVAILABLE: (
        _("The AI server was away, and we waited as long as we may."),
        _AGAIN,
        _("Check the address and the key in the settings; manage.py check_models helps."),
    ),
    Outcome.TRUNCATED: (
        _("The AI's answer broke off before its end."),
        _AGAIN,
        _("If it stays, choose a model that writes longer answers."),
    ),
    Outcome.MALFORMED: (
        _("The AI's answer was not in the form we asked for."),
        _AGAIN,
        _("If it stays, choose another model, or set AI_ANSWER_FORMAT."),
    ),
    Outcome.EMPTY: (
        _("The AI gave an empty answer."),
        _AGAIN,
        _("If it stays, choose another model."),
    ),
    Outcome.REFUSED: (
        _("The AI declined to answer about this talk."),
        _("Trying again may help; the rest of the report does not depend on it."),
        _("If this happens with ordinary talks, choose another model."),
    ),
    Outcome.FILTERED: (
        _("The content filter of the AI server stopped the answer."),
        _("Trying again gives the same as long as the words are the same."),
        _("If this happens with ordinary talks, the filter of the server can often be loosened."),
    ),
    Outcome.TOO_LONG: (
        _("The talk is longer than the AI can read at once."),
        _("Upload it in shorter parts to have it read by the AI."),
        _("A model with a larger context reads longer talks."),
    ),
    Outcome.QUOTA_EXHAUSTED: (
        _("The account at the AI server has no money or quota left."),
        _OPERATOR,
        _("Top up the account, or raise its limit, at the provider."),
    ),
    Outcome.REJECTED: (
        _("The AI server did not accept our request."),
        _OPERATOR,
        _("Check key, address and the names of the models; manage.py check_models helps."),
    ),
    Outcome.SPEND_CAP: (
        _("What may be spent on AI today is used up."),
        _("Try again with AI tomorrow (the day changes at midnight UTC)."),
        _("AI_USER_DAILY_USD and AI_DAILY_USD set what may be spent in a day."),
    ),
    Outcome.CANCELLED: (_("The AI was stopped while it worked."), _AGAIN, ""),
}
_UNKNOWN = (_("The AI could not be used."), _AGAIN, "")


def reason(code: str) -> Reason:
    happened, advice, staff = _REASONS.get(code, _UNKNOWN)
    return Reason(str(happened), str(advice), str(staff))
