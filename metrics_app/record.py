"""The door for writing: records of runs, calls and corrections, answers, spending; and
forgetting.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import Error, connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Round
from django.utils import timezone

from ai.ledger import CallRecord
from metrics_app.ended_runs import EndedRun, StageTime, record_run, resume_run, unrecorded
from metrics_app.forgetting import forget_about, forget_owner, forget_runs
from metrics_app.late import note_if_late
from metrics_app.models import EVERYBODY, NOBODY, Call, CorrectionEvent, KeptAnswer, Spending
from metrics_app.tolerance import work_goes_on

__all__ = [
    "DatabaseBooks",
    "EndedRun",
    "StageTime",
    "forget_about",
    "forget_owner",
    "forget_runs",
    "purge_answers",
    "record_correction",
    "record_run",
    "resume_run",
    "unrecorded",
]

DETAIL_LENGTH = 200
MODEL_LENGTH = 100


class DatabaseBooks:
    """The books of one conversation with a model; it implements `ai.ledger.Books`.

    What a conversation spends belongs to the day (UTC) on which it began, so that money is
    settled where it was reserved.
    """

    def __init__(self) -> None:
        self._day = datetime.now(UTC).date()

    def record(self, call: CallRecord) -> None:
        """A record that cannot be written is logged: the work is worth more."""
        with work_goes_on("a model call was not recorded"):
            _write(call, could_hit=call.cache_hit)

    def keep(self, key: str, answer: str, days: int, call: CallRecord) -> None:
        with transaction.atomic():
            _write(call, could_hit=_kept(call.subject.owner_id, key).exists())
            if days > 0:
                _keep(key, answer, days, call)

    def find(self, owner_id: int | None, key: str) -> str | None:
        return _kept(owner_id, key).values_list("answer", flat=True).first()

    def reserve(
        self, owner_id: int | None, usd: Decimal, *, owner_cap: Decimal | None, cap: Decimal | None
    ) -> bool:
        """Nobody's calls know the cap for all only."""
        caps = {EVERYBODY: cap} if owner_id is None else {EVERYBODY: cap, owner_id: owner_cap}
        with transaction.atomic():
            reserved = all(self._add(spender, usd, most) for spender, most in caps.items())
            transaction.set_rollback(not reserved)
        return reserved

    def settle(self, owner_id: int | None, *, reserved: Decimal, spent: Decimal) -> None:
        """What cannot be settled stays reserved, which is the careful side, and is logged."""
        spenders = [EVERYBODY] if owner_id is None else [EVERYBODY, owner_id]
        with work_goes_on("the cost of a model call was not settled"):
            for spender in spenders:
                self._add(spender, spent - reserved, None)

    def open(self) -> None:
        with suppress(Error):  # the first entry will say it
            connection.ensure_connection()

    def close(self) -> None:
        connection.close()

    def _add(self, spender: int, usd: Decimal, cap: Decimal | None) -> bool:
        """`False` when it would pass the cap. Everybody's row comes first, then the owner's:
        two transactions that lock rows in the same order never wait for each other in a circle.
        """
        rows = Spending.objects.filter(day=self._day, owner_id=spender)
        if cap is not None:
            rows = rows.filter(usd__lte=cap - usd)
        # rounded, because SQLite counts in binary fractions: 0.1 + 0.2 must not pass a cap of 0.3
        more = {"usd": Round(F("usd") + usd, precision=8)}
        if rows.update(**more):
            return True
        first = Spending(day=self._day, owner_id=spender)  # of the day, or there is no room
        Spending.objects.bulk_create([first], ignore_conflicts=True)
        return bool(rows.update(**more))


def record_correction(
    *,
    made: bool,
    kind: str,
    source: str,
    label: str,
    language: str,
    run_id: UUID,
    owner_id: int,
) -> None:
    """Count a correction made, or taken back. One that cannot be counted is logged: the
    correction itself is worth more. `label` is never what somebody said, see `CorrectionEvent`.
    """
    with work_goes_on("a correction was not counted"):
        CorrectionEvent.objects.create(
            made=made,
            kind=kind,
            source=source,
            label=label,
            language=language,
            run_id=run_id,
            owner_id=owner_id,
        )


def purge_answers() -> int:
    """Delete the answers whose time is over; how many these were."""
    deleted, _ = KeptAnswer.objects.filter(expires_at__lte=timezone.now()).delete()
    return deleted


def _write(call: CallRecord, *, could_hit: bool) -> None:
    """Once: the conflict of a record that is there is answered by writing what it says already."""
    once = ["record_id"]
    Call.objects.bulk_create(
        [Call(**_fields(call), could_hit=could_hit)],
        update_conflicts=True,
        unique_fields=once,
        update_fields=once,
    )
    note_if_late(Call, call.started_at)


def _fields(call: CallRecord) -> dict[str, Any]:
    """What others worded is cut to what the table holds: no answer is lost for a long name."""
    fields: dict[str, Any] = asdict(call)
    del fields["subject"]
    return fields | {
        "run_kind": call.subject.run_kind,
        "run_id": call.subject.run_id,
        "owner_id": call.subject.owner_id,
        "outcome": call.outcome.value,
        "model": call.model[:MODEL_LENGTH],
        "detail": call.detail.replace("\0", "")[:DETAIL_LENGTH],
    }


def _kept(owner_id: int | None, key: str) -> QuerySet[KeptAnswer]:
    """The owner's answer to be used again; none when its time is over."""
    return KeptAnswer.objects.filter(
        owner_id=owner_id or NOBODY, key=key, expires_at__gt=timezone.now()
    )


def _keep(key: str, answer: str, days: int, call: CallRecord) -> None:
    kept = KeptAnswer(
        owner_id=call.subject.owner_id or NOBODY,
        key=key,
        about=call.subject.about,
        answer=answer,
        expires_at=timezone.now() + timedelta(days=days),
    )
    KeptAnswer.objects.bulk_create(
        [kept],
        update_conflicts=True,
        unique_fields=["owner_id", "key"],
        update_fields=["about", "answer", "expires_at"],
    )
