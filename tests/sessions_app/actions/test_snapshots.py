from __future__ import annotations

import uuid

import pytest
from pytest_django import Settings

from sessions_app import actions
from sessions_app.model_access import PARALLEL
from tests.factories import RunFactory
from tests.metrics_app.switches import switch

pytestmark = pytest.mark.django_db


def test_the_first_attempt_decides_for_all(settings: Settings) -> None:
    run = RunFactory.create()
    lease = actions.claim_run(run_id=run.pk)
    assert lease is not None
    first = actions.keep_snapshot(lease)
    switch(PARALLEL, False)
    settings.AI_MODEL_COACHING = "another"
    actions.hand_back(lease)
    second = actions.claim_run(run_id=run.pk)
    assert second is not None
    assert actions.keep_snapshot(second) == first
    run.refresh_from_db()
    assert run.snapshot == first


def test_an_orphan_decides_nothing() -> None:
    run = RunFactory.create()
    with pytest.raises(actions.LeaseLost):
        actions.keep_snapshot(actions.Lease(run.pk, uuid.uuid4()))
    run.refresh_from_db()
    assert run.snapshot is None
