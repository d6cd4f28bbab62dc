"""Everything that is kept of a person, talk after talk."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts_app.models import User
from sessions_app import holdings
from sessions_app.exports.account import account_json
from sessions_app.exports.archive import Entry, below
from sessions_app.exports.names import Names, title_words
from sessions_app.exports.talk import README, talk_entries
from sessions_app.models import PracticeSession


def all_entries(owner: User) -> Iterator[Entry]:
    """Talks deleted meanwhile are left out."""
    yield Entry(README, _readme(owner))
    yield Entry("account.json", account_json(owner))
    names = Names(README, "account.json")
    for pk in holdings.talk_ids(owner):
        session = holdings.whole_talk(owner, pk)
        if session is not None:
            yield from below(names.unique(_folder(session)), talk_entries(session))


def _folder(session: PracticeSession) -> str:
    day = localtime(session.created_at).strftime("%Y-%m-%d")
    return f"{day}-{title_words(session.title)}".rstrip("-")


def _readme(owner: User) -> str:
    lines = (
        _("Everything that Speech Coach keeps of %(email)s.") % {"email": owner.email},
        "",
        "account.json: " + _("your account, its settings, all talks, your corrections, what was "
                             "asked of models and its cost, and the answers that are kept."),
        _("Every other folder is a talk, by its day and title; a README.txt in it says more."),
    )  # fmt: skip
    return "\n".join(lines) + "\n"
