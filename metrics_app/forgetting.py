"""Taking people and their talks out of the records; the figures stay for the sums."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from metrics_app.models import Call, CorrectionEvent, KeptAnswer, Run, Spending


def forget_about(about: UUID) -> None:
    """Delete the answers kept for what does not exist any more, such as a talk."""
    KeptAnswer.objects.filter(about=about).delete()


def forget_runs(run_ids: Collection[UUID]) -> None:
    """Take the runs out of the record of their ends, calls and corrections."""
    for record in (Call, CorrectionEvent):
        record.objects.filter(run_id__in=run_ids).update(run_id=None)
    Run.objects.filter(run_id__in=run_ids).update(run_id=None, owner_id=None)


def forget_owner(owner_id: int) -> None:
    """Delete a person's kept answers and spending; runs, calls, corrections and the sum of all lose
    the name only.
    """
    with transaction.atomic():
        KeptAnswer.objects.filter(owner_id=owner_id).delete()
        Spending.objects.filter(owner_id=owner_id).delete()
        for record in (Call, CorrectionEvent, Run):
            record.objects.filter(owner_id=owner_id).update(owner_id=None, run_id=None)
