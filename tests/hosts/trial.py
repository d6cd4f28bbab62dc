"""Two hosts that share a database, a Redis and a bucket, and the death of one of them."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from random import Random
from typing import Final

from benchmarks.progress import say
from sessions_app.models import LIVE_STATES, SessionRun
from speechcoach import redis_server
from tests import bucket_server
from tests.chaos.deaths import DeathWatch
from tests.chaos.gathering import gather
from tests.chaos.installation import NO_CAPS, prepare, speakers
from tests.chaos.kills import Kill, Kind
from tests.chaos.plan import Plan
from tests.chaos.recordings import recordings
from tests.chaos.trial import LOOK_SECONDS, live_runs, model
from tests.environment import DATA_DIR, REDIS_SOCKET, REDIS_URL
from tests.hosts import host
from tests.hosts.balancing import Balancer
from tests.hosts.evidence import HostEvidence
from tests.hosts.host import Host
from tests.hosts.visiting import visit

NAMES: Final = ("one", "other")
LONGEST_SECONDS: Final = 900.0  # what has not ended by then is found later
AT_ONCE: Final = 0.2  # seconds between two uploads: hosts are to have something to do


def trial(plan: Plan) -> HostEvidence:
    """Raises `AssertionError` when a host does not start or does not come to rest."""
    random = Random(plan.seed)
    with ExitStack() as running:
        simulator = running.enter_context(model())
        bucket = running.enter_context(bucket_server.running())
        running.enter_context(_redis())
        prepare()
        common = {"REDIS_URL": REDIS_URL, "OPENAI_BASE_URL": simulator.url, **NO_CAPS}
        shared = {**common, **bucket.environment}
        hosts = [
            running.enter_context(host.running(name, DATA_DIR, shared, plan.pace)) for name in NAMES
        ]
        sounds = list(recordings(DATA_DIR, plan.sessions, random))
        uploader = Balancer([h.system.url for h in hosts], speakers(), sounds, AT_ONCE)
        random.shuffle(hosts)
        story = Story(hosts[0], hosts[1], uploader, dies_after=plan.sessions // 2)
        seconds = story.play()
        seen = visit(story.survivor.system.url)
        found = gather(
            simulator,
            story.survivor.system,
            uploader,
            kills=story.kills,
            deaths=story.watch.deaths,
            seconds=seconds,
        )
        return HostEvidence(
            found=found,
            seen=seen,
            taken_up=_taken_up(story.watch),
            on_disks=sum(len(each.recordings()) for each in hosts),
            left_at_work=len(story.survivor.left_at_work()),
        )


class Story:
    """Talks come in at both hosts; when half of them are in and `victim` is at work, it dies."""

    def __init__(
        self, victim: Host, survivor: Host, uploader: Balancer, *, dies_after: int
    ) -> None:
        self.kills: list[Kill] = []
        self.watch = DeathWatch()
        self.survivor = survivor
        self._victim = victim
        self._uploader = uploader
        self._dies_after = dies_after

    def play(self) -> float:
        """Seconds until all talks are in and have ended."""
        began = time.monotonic()
        self._uploader.start()
        try:
            while self._goes_on() and time.monotonic() < began + LONGEST_SECONDS:
                if not self.kills and self._time_has_come():
                    self._strike()
                self.watch.look()
                time.sleep(LOOK_SECONDS)
        finally:
            self._uploader.stop()
        return time.monotonic() - began

    def _goes_on(self) -> bool:
        return self._uploader.is_alive() or live_runs() > 0

    def _time_has_come(self) -> bool:
        if len(self._uploader.acknowledged) < self._dies_after:
            return False
        return self._is_at_work()

    def _is_at_work(self) -> bool:
        return any(self._victim.holds(worker) for worker in _workers())

    def _strike(self) -> None:
        """Not when its run has just ended: another one comes."""
        now = time.time()
        self._victim.freeze()
        if not self._is_at_work():
            self._victim.thaw()
            return
        self._victim.kill()
        self.kills.append(Kill(now, Kind.HOST, until=time.time()))
        say(f"Host {self._victim.name} is dead; {live_runs()} talks are under way.")


def _workers() -> Sequence[str]:
    """Of runs that are held."""
    held = SessionRun.objects.filter(state__in=LIVE_STATES).exclude(lease_token=None)
    return list(held.values_list("worker", flat=True))


def _taken_up(watch: DeathWatch) -> int:
    return sum(death.restarted_at is not None for death in watch.deaths)


@contextmanager
def _redis() -> Iterator[None]:
    """Where this process looks for it too."""
    redis_server.prepare(REDIS_SOCKET)
    server = subprocess.Popen(redis_server.command(redis_server.find_server(), REDIS_SOCKET))
    try:
        redis_server.wait_until_ready(REDIS_URL, seconds=20)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)
