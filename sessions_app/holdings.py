"""What this server holds of one person: for the page of their account and for their export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, Sum

from accounts_app.models import User
from sessions_app import queries
from sessions_app.incoming import pending_bytes_of, pending_of
from sessions_app.models import Correction, PracticeSession

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Holdings:
    """`size` is the bytes of recordings and of uploads that are not finished."""

    talks: int
    recordings: int
    size: int

    @property
    def megabytes(self) -> float:
        return self.size / MB

    @property
    def share(self) -> float:
        """Of the space a person has, in percent."""
        quota: int = settings.USER_QUOTA_MB
        return min(100.0, 100 * self.megabytes / quota) if quota else 100.0


def holdings(owner: User) -> Holdings:
    found = PracticeSession.objects.filter(owner=owner).aggregate(
        talks=Count("pk"), recordings=Count("pk", filter=~Q(media="")), size=Sum("media_bytes")
    )
    size = (found["size"] or 0) + pending_bytes_of(owner)
    return Holdings(found["talks"], found["recordings"], size)


def talk_ids(owner: User) -> list[UUID]:
    """Oldest first."""
    talks = PracticeSession.objects.filter(owner=owner).order_by("created_at", "pk")
    return list(talks.values_list("pk", flat=True))


def whole_talk(owner: User, pk: UUID) -> PracticeSession | None:
    """With all that its page reads; `None` where it is gone."""
    talks = queries.sessions_of(owner).select_related("current_run__coaching")
    return talks.filter(pk=pk).first()


def talk_facts(owner: User) -> Iterator[Mapping[str, object]]:
    """What their speaker told about their talks, and the main figures; oldest first."""
    talks = PracticeSession.objects.filter(owner=owner).order_by("created_at", "pk")
    return talks.values(
        "id",
        "title",
        "created_at",
        "language",
        "kind",
        "prompt",
        "target_seconds",
        "target_wpm",
        "media_filename",
        "media_bytes",
        "speaker",
        "retake_of",
        "latest_run__state",
        "current_run__metrics__overall_score",
        "current_run__metrics__wpm",
        "current_run__metrics__fillers_total",
        "current_run__metrics__duration_ms",
    ).iterator()


def correction_facts(owner: User) -> Iterator[Mapping[str, object]]:
    """Those taken back too, in the order they were made."""
    made = Correction.objects.filter(session__owner=owner).order_by("pk")
    return made.values(
        "id", "session", "kind", "start_word", "end_word", "said", "text", "made_at",
        "taken_back_at",
    ).iterator()  # fmt: skip


def upload_facts(owner: User) -> Iterator[Mapping[str, object]]:
    """Of uploads that no talk was made of."""
    return pending_of(owner).values("id", "filename", "length", "created_at").iterator()
