"""One whole trial: a Speech Coach, somebody who uploads, and somebody who kills."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Final

from benchmarks.progress import say
from sessions_app.models import LIVE_STATES, RunState, SessionRun
from tests import simulator as model_server
from tests.chaos.deaths import DeathWatch
from tests.chaos.evidence import Evidence
from tests.chaos.gathering import gather
from tests.chaos.installation import installation, speakers
from tests.chaos.kills import Killer
from tests.chaos.plan import APART, Plan
from tests.chaos.recordings import recordings
from tests.chaos.uploads import Uploader
from tests.environment import DATA_DIR
from tests.simulator import Simulator

LOOK_SECONDS: Final = 0.2
AFTERWARDS_SECONDS: Final = 600.0  # for what is left when the last upload is in
SAY_SECONDS: Final = 20.0


def trial(plan: Plan) -> Evidence:
    """Raises `AssertionError` when the product does not start or does not come to rest."""
    random = Random(plan.seed)
    with model() as simulator, installation(plan, simulator.url) as system:
        sounds = recordings(DATA_DIR, plan.sessions, random)
        uploader = Uploader(system.url, speakers(), sounds, APART)
        killer, watch = Killer(system, Random(plan.seed)), DeathWatch()
        began = time.monotonic()
        uploader.start()
        try:
            _until_over(uploader, killer, watch)
        finally:
            uploader.stop()
        watch.look()  # the last run may have been taken up and ended between two looks
        seconds = time.monotonic() - began
        return gather(
            simulator,
            system,
            uploader,
            kills=killer.kills,
            deaths=watch.deaths,
            seconds=seconds,
        )


@contextmanager
def model(time_scale: float = 0.1) -> Iterator[Simulator]:
    """Ten times as quick as a real one unless told: a talk has some seconds of calls."""
    simulator = model_server.start("--profile", "token", "--time-scale", str(time_scale))
    try:
        yield simulator
    finally:
        simulator.stop()


def _until_over(uploader: Uploader, killer: Killer, watch: DeathWatch) -> None:
    """Until all talks are in and have ended. What has not when the time is over is found later."""
    last_upload, said = time.monotonic(), 0.0
    while uploader.is_alive() or live_runs():
        now = time.monotonic()
        if uploader.is_alive():
            last_upload = now
        elif now > last_upload + AFTERWARDS_SECONDS:
            return
        killer.strike_if_due()
        watch.look()
        if now > said + SAY_SECONDS:
            said = now
            _say(uploader, killer, watch)
        time.sleep(LOOK_SECONDS)


def live_runs() -> int:
    return SessionRun.objects.filter(state__in=LIVE_STATES).count()


def _say(uploader: Uploader, killer: Killer, watch: DeathWatch) -> None:
    done = SessionRun.objects.filter(state=RunState.COMPLETED).count()
    say(
        f"{len(uploader.acknowledged)} talks in, {done} reports, {live_runs()} under way, "
        f"{len(killer.kills)} kills, {len(watch.deaths)} runs hit"
    )
