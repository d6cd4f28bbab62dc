"""Brings notices to all channels, each in a thread of its own: one that fails or hangs stops none
of the others, and nobody waits for it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from queue import SimpleQueue
from threading import Lock, Thread

from django.db import Error, connection

from metrics_app.alerts.channels import Channel
from metrics_app.alerts.message import NotDelivered, message
from metrics_app.alerts.told import Told
from metrics_app.models import AlertDelivery

WAITING = 100  # notices for a channel that hangs; more are dropped and said to be
DETAIL_LENGTH = 200

logger = logging.getLogger(__name__)


class Failing:
    """Which channels failed last, and why; known to all of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._why: dict[str, str] = {}

    def note(self, channel: str, why: str) -> None:
        """An empty `why`: it works."""
        with self._lock:
            self._why[channel] = why

    def others(self, channel: str) -> dict[str, str]:
        with self._lock:
            return {name: why for name, why in self._why.items() if why and name != channel}


class Lane:
    """One channel with what waits for it."""

    def __init__(self, channel: Channel, link: str, failing: Failing) -> None:
        self._channel = channel
        self._link = link
        self._failing = failing
        self._waiting: SimpleQueue[tuple[Told, dict[str, str]] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name=f"alerts by {channel.name}", daemon=True)
        self._thread.start()

    def post(self, told: Told) -> None:
        """What is said of the other channels is how they are now."""
        if self._waiting.qsize() >= WAITING:
            logger.error("alert %s not told by %s: it hangs", told.rule, self._channel.name)
            return
        self._waiting.put((told, self._failing.others(self._channel.name)))

    def end(self) -> None:
        """After what waits now."""
        self._waiting.put(None)

    def join(self, seconds: float) -> None:
        self._thread.join(seconds)

    def _work(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            told, others = waiting
            why = self._send(told, others)
            self._failing.note(self._channel.name, why)
            _keep(told, self._channel.name, why)

    def _send(self, told: Told, others: dict[str, str]) -> str:
        """Why it did not get there; empty when it did."""
        try:
            self._channel.send(message(told, self._link, others))
        except NotDelivered as error:
            logger.error("alert %s not told by %s: %s", told.rule, self._channel.name, error)
            return str(error)
        # A fault of ours would end the thread, and with it all later notices by this channel.
        except Exception as error:
            logger.exception("alert %s not told by %s", told.rule, self._channel.name)
            return type(error).__name__
        return ""


def _keep(told: Told, channel: str, why: str) -> None:
    """In the history, where the database is there and has the alert."""
    if told.alert_id is None:
        return
    try:
        AlertDelivery.objects.create(
            alert_id=told.alert_id,
            notice=told.notice,
            channel=channel,
            delivered=not why,
            detail=why[:DETAIL_LENGTH],
        )
    except Error as error:
        logger.warning("that %s was told is not in the history: %s", told.rule, error)
    finally:
        connection.close()


class Delivery:
    """To be closed, or what waits is lost. `link` leads to where all is seen."""

    def __init__(self, channels: Sequence[Channel], link: str) -> None:
        failing = Failing()
        self._lanes = [Lane(channel, link, failing) for channel in channels]

    def post(self, all_told: Sequence[Told]) -> None:
        """Returns at once."""
        for told in all_told:
            for lane in self._lanes:
                lane.post(told)

    def close(self, seconds: float) -> None:
        """Waits so long for what is on its way, and no longer."""
        end = time.monotonic() + seconds
        for lane in self._lanes:
            lane.end()
        for lane in self._lanes:
            lane.join(max(0.0, end - time.monotonic()))
