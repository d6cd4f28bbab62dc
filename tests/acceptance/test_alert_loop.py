"""Two scheduler processes and a real receiver: what is broken is told once, and once that it is
over, whatever happens to Redis."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from metrics_app.models import Alert, AlertDelivery, Run
from tests.acceptance.conftest import OwnRedis
from tests.deadline import eventually
from tests.metrics_app.alerts.sights import runs
from tests.ports import free_port
from tests.smtp_server import mail_server
from tests.webhook_receiver import Receiver, webhook_receiver

pytestmark = pytest.mark.django_db(transaction=True)

QUICK = {
    "ALERT_SECONDS": "1",
    "RING_SECONDS": "1",
    "SITE_URL": "https://coach.example.com",
    "HTTPS": "true",
}


@contextmanager
def schedulers(count: int, environment: dict[str, str], folder: Path) -> Iterator[Path]:
    """At work until the end of the block; their output is in the file."""
    log = folder / "schedulers.log"
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "scheduler"]
    with log.open("wb") as output:
        processes = [
            subprocess.Popen(
                command, env={**os.environ, **environment}, stdout=output, stderr=subprocess.STDOUT
            )
            for _ in range(count)
        ]
        try:
            yield log
        finally:
            for process in processes:
                process.send_signal(signal.SIGTERM)
            codes = [process.wait(timeout=60) for process in processes]
    assert codes == [0] * count, log.read_text()


def heads(receiver: Receiver) -> list[str]:
    return [text.splitlines()[0] for text in receiver.texts]


def told(receiver: Receiver, count: int, log: Path) -> None:
    try:
        eventually(lambda: len(receiver.texts) >= count, seconds=180)
    except AssertionError as error:
        raise AssertionError(log.read_text()) from error


def test_each_thing_is_told_once_also_while_redis_is_away(
    live_env: dict[str, str], own_redis: OwnRedis, folder: Path
) -> None:
    runs(30, outcome="failed", at=timezone.now() - timedelta(minutes=1))
    with webhook_receiver() as receiver:
        environment = {
            **live_env,
            **QUICK,
            "REDIS_URL": own_redis.url,
            "ALERT_WEBHOOK_URL": receiver.url,
        }
        with schedulers(2, environment, folder) as log:
            told(receiver, 1, log)
            own_redis.stop()
            told(receiver, 2, log)
            Run.objects.update(outcome="completed")
            told(receiver, 3, log)
            own_redis.start()
            told(receiver, 4, log)
    assert heads(receiver) == [
        "*Critical: Failed runs*",
        "*Critical: Redis*",
        "*Recovered: Failed runs*",
        "*Recovered: Redis*",
    ]
    assert "https://coach.example.com/staff/metrics/" in receiver.texts[0]
    assert Alert.objects.filter(closed_at=None).count() == 0
    delivered = AlertDelivery.objects.filter(channel="webhook", delivered=True)
    assert delivered.count() == 4


def test_a_receiver_that_hangs_keeps_no_scheduler_from_ending(
    live_env: dict[str, str], folder: Path
) -> None:
    runs(30, outcome="failed", at=timezone.now() - timedelta(minutes=1))
    with webhook_receiver(hangs=True) as receiver:
        environment = {**live_env, **QUICK, "ALERT_WEBHOOK_URL": receiver.url}
        with schedulers(1, environment, folder) as log:
            told(receiver, 1, log)
            eventually(lambda: "CRITICAL" in log.read_text(), what=log.read_text())
    failed = AlertDelivery.objects.get(channel="webhook")
    assert (failed.delivered, failed.detail) == (False, "TimeoutError")


def test_a_database_that_is_away_is_told_by_mail_and_webhook(
    live_env: dict[str, str], folder: Path
) -> None:
    nowhere = f"postgres://nobody@127.0.0.1:{free_port()}/nothing"
    with mail_server() as server, webhook_receiver() as receiver:
        environment = {
            **live_env,
            **QUICK,
            "DATABASE_URL": nowhere,
            "ALERT_WEBHOOK_URL": receiver.url,
            "ALERT_EMAILS": "a@example.com",
            "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        }
        with schedulers(1, environment, folder) as log:
            told(receiver, 1, log)
            eventually(lambda: server.received)
    assert heads(receiver) == ["*Critical: Database*"]
    assert "It does not answer: OperationalError." in receiver.texts[0]
    (mail,) = server.received
    assert mail["Subject"] == "[Speech Coach] Critical: Database"
