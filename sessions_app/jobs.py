"""What a worker is told to do."""

from __future__ import annotations

from uuid import UUID

from sessions_app import embedding, mailing, pipeline


def process_run(run_id: str) -> None:
    pipeline.execute(UUID(run_id))


def embed_run(run_id: str) -> None:
    embedding.execute(UUID(run_id))


def mail_run(run_id: str) -> None:
    mailing.execute(UUID(run_id))
