"""Deleting an account and all that is kept of its person.

First nobody can sign in with it any more and no worker writes for it; then one talk after the other
goes, each in a transaction of its own, so that others wait for none of it long; the user goes last.
What a killed process leaves undone the scheduler finishes.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.functions import Now

from accounts_app.models import User
from metrics_app.queries import owners_on_record
from metrics_app.record import forget_owner
from sessions_app import doorbell
from sessions_app.actions.sessions import fence_out_workers, remove_session
from sessions_app.actions.uploads import delete_uploads
from sessions_app.models import PracticeSession, SessionRun


def erase_account(*, user: User) -> None:
    """What stays are sums without a name: what calls to models cost whoever runs the server."""
    _close(user)
    _finish(user)


def finish_erasures() -> list[int]:
    """Erase those who asked for it and are still here; their keys."""
    left = list(User.objects.exclude(leaving_at=None))
    for user in left:
        _finish(user)
    return [user.pk for user in left]


def forget_strangers() -> None:
    """Take out of the books whom a call that was under way named after they had gone."""
    named = owners_on_record()  # first: who signs up just now is in neither
    here = set(User.objects.values_list("pk", flat=True))
    for owner_id in named - here:
        forget_owner(owner_id)


@transaction.atomic
def _close(user: User) -> None:
    """From here on requests of this person are nobody's: an inactive user is not signed in."""
    User.objects.filter(pk=user.pk).update(is_active=False, leaving_at=Now())
    fence_out_workers(SessionRun.objects.filter(session__owner=user))


def _finish(user: User) -> None:
    gone: list[UUID] = []
    while not _remove_user(user):  # a talk may have come in between
        for session in PracticeSession.objects.filter(owner=user).defer("transcript_text"):
            gone += remove_session(session)
    doorbell.forget(gone)


@transaction.atomic
def _remove_user(user: User) -> bool:
    """`False` while there are talks. The lock keeps new ones out."""
    if User.objects.select_for_update().filter(pk=user.pk).first() is None:
        return True
    if PracticeSession.objects.filter(owner=user).exists():
        return False
    delete_uploads(owner=user)
    forget_owner(user.pk)
    _forget_in_log(user)
    _forget_web_sessions(user)
    User.objects.filter(pk=user.pk).delete()
    return True


def _forget_in_log(user: User) -> None:
    """What others did to the account stays in the log of the admin, without its name."""
    kind = ContentType.objects.get_for_model(User)
    about = LogEntry.objects.filter(content_type=kind, object_id=str(user.pk))
    about.update(object_repr=str(user.pk))


def _forget_web_sessions(user: User) -> None:
    """Those signed in, and those that only know the address, such as after a wrong password."""
    for web in Session.objects.iterator():
        data = web.get_decoded()
        if data.get(SESSION_KEY) == str(user.pk) or _names(data, user.email):
            web.delete()


def _names(data: dict[str, Any], email: str) -> bool:
    """Whether the address stands in there, and not only as a part of somebody else's."""
    whole = rf"(?<![\w.+-]){re.escape(email)}(?!\.?[\w-])"
    return re.search(whole, str(data), re.IGNORECASE) is not None
