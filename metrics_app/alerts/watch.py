"""The thread that looks at the rules every minute, beside whatever its process does."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from metrics_app.alerts.database_watch import DatabaseWatch
from metrics_app.alerts.delivery import Delivery
from metrics_app.alerts.evaluation import evaluate
from metrics_app.alerts.teller import Teller
from metrics_app.health import health
from metrics_app.models import Notice

logger = logging.getLogger(__name__)

LAST_NOTICES_SECONDS = 15.0  # longer than a webhook takes, and an answer of a mail server


class AlertWatch:
    """Looks while `leads` says so. A fault of ours that ends it calls `died`: a process that looks
    healthy and tells nothing would be the worst of all.
    """

    def __init__(
        self, delivery: Delivery, *, leads: Callable[[], bool], died: Callable[[], None]
    ) -> None:
        self._delivery = delivery
        self._leads = leads
        self._died = died
        self.has_died = False
        self._database = DatabaseWatch()
        self._teller = Teller()
        self._stopping = Event()
        self._thread = Thread(target=self._work, name="alerts", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(settings.ALERT_SECONDS)
        self._delivery.close(LAST_NOTICES_SECONDS)

    def look(self) -> None:
        """The database may be away, and may go while it is asked."""
        now, seen = timezone.now(), health()
        if seen.database.ok or self._teller.is_me():
            self._delivery.post(self._database.look(seen, now))
        if not seen.database.ok:
            return
        self._teller.leave_it()
        try:
            for told in evaluate(now, seen):
                self._delivery.post([told])
        except Error as error:
            logger.warning("rules for alerts not looked at: %s", error)
        finally:
            connection.close()

    def look_after(self) -> None:
        """For one that leads no more: who told that the database is away tells that it is back,
        since nobody else knows. All else is told by the one that leads.
        """
        if not self._database.is_open:
            self._database = DatabaseWatch()  # what it saw once says nothing when it leads again
            return
        self._teller.leave_it()
        try:
            told = self._database.look(health(), timezone.now())
            self._delivery.post([each for each in told if each.notice == Notice.RECOVERED])
        finally:
            connection.close()

    def _work(self) -> None:
        try:
            while not self._stopping.is_set():
                if self._leads():
                    self.look()
                else:
                    self.look_after()
                self._stopping.wait(settings.ALERT_SECONDS)
        finally:
            if not self._stopping.is_set():
                self.has_died = True
                logger.critical("alerts are not told any more")
                self._died()
