"""Reads of recordings on their way in."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet, Sum

from accounts_app.models import User
from sessions_app.models import PracticeSession, Upload


def own_upload(owner: User, pk: UUID) -> Upload | None:
    """The owner's upload of this key, whether a talk was made of it or not."""
    return Upload.objects.filter(owner=owner, pk=pk).select_related("session").first()


def named_upload(owner: User, text: str) -> Upload | None:
    """The owner's upload that a form names; `None` for any other text."""
    pk = _uuid(text)
    return own_upload(owner, pk) if pk else None


def pending_of(owner: User) -> QuerySet[Upload]:
    """Uploads that no talk was made of yet, the one untouched for the longest time first."""
    return Upload.objects.filter(owner=owner, session=None).order_by("touched_at", "pk")


def pending_bytes_of(owner: User) -> int:
    """What they have, or will have once they are complete."""
    return pending_of(owner).aggregate(total=Sum("length"))["total"] or 0


def talk_made_of(owner: User, text: str) -> PracticeSession | None:
    """The talk that was made of the owner's upload that a form names."""
    upload = named_upload(owner, text)
    return upload.session if upload else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
