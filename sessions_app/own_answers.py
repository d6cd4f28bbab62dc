"""Books in which a run finds the answers it has paid for itself, and no others."""

from __future__ import annotations

from uuid import UUID

from ai.cache import key_of
from ai.ledger import CallRecord
from sessions_app.books import TalkBooks


class OwnAnswers(TalkBooks):
    """Answers are kept here as well: a run whose worker died does not pay twice."""

    def __init__(self, run_id: UUID) -> None:
        super().__init__()
        self._run_id = str(run_id)

    def keep(self, key: str, answer: str, days: int, call: CallRecord) -> None:
        super().keep(self._own(key), answer, days, call)

    def find(self, owner_id: int | None, key: str) -> str | None:
        return super().find(owner_id, self._own(key))

    def _own(self, key: str) -> str:
        return key_of(run=self._run_id, key=key)
