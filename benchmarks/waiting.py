"""Waiting for a run of the product; whoever waits in vain is told for what."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import django_rq
from django.utils import timezone
from redis.exceptions import RedisError
from rq.worker import BaseWorker, Worker

from benchmarks.flow import EMBEDDINGS
from sessions_app import doorbell
from sessions_app.models import RunState, SessionRun
from tests.simulator import Simulator

LOOK = 0.2  # seconds; to look more often would take time from what is measured
EMBEDDED = ("done", "skipped")
STARTING = 60.0  # seconds for a worker, on a busy machine


class WaitedInVain(RuntimeError):
    """The message says for what, and how things stood."""


def until_over(run: SessionRun, seconds: float, simulator: Simulator, *, embedded: bool) -> None:
    """The run has ended; with `embedded` its vectors are made too, so that all calls are known.

    Raises `WaitedInVain`, at once for a run that waits for the model: no scheduler is running that
    would wake it.
    """
    end = time.monotonic() + seconds
    while not _is_over(run, embedded=embedded):
        if run.state == RunState.WAITING_FOR_MODEL:
            raise WaitedInVain(f"the run waits for the model: {how_it_stands(run, simulator)}")
        if time.monotonic() > end:
            what = "embeddings" if not run.is_live else "the end of the run"
            raise WaitedInVain(f"{seconds:.0f} s for {what}: {how_it_stands(run, simulator)}")
        time.sleep(LOOK)


def until_ready(queues: Sequence[str]) -> None:
    """A worker listens to every queue: it has rehearsed then. Raises `WaitedInVain`."""
    end = time.monotonic() + STARTING
    while missing := [queue for queue in queues if not _workers_of(queue)]:
        if time.monotonic() > end:
            raise WaitedInVain(f"{STARTING:.0f} s for workers of {', '.join(missing)}")
        time.sleep(LOOK)


def how_it_stands(run: SessionRun, simulator: Simulator) -> str:
    """Of the run and its stages, the queues, the workers, and what the server has not answered."""
    run.refresh_from_db()
    return "; ".join([_run(run), *_stages(run), *_queues(), *_open_calls(simulator)])


def _is_over(run: SessionRun, *, embedded: bool) -> bool:
    run.refresh_from_db(fields=["state"])
    if run.is_live:
        return False
    done = run.stages.filter(stage=EMBEDDINGS, state__in=EMBEDDED)
    return not embedded or run.state != RunState.COMPLETED or done.exists()


def _run(run: SessionRun) -> str:
    holder = f"held by {run.worker}" if run.lease_token else "held by nobody"
    reason = " ".join(filter(None, [run.waiting_reason, run.problem, run.problem_detail]))
    return f"run {run.state} {reason}, attempt {run.attempts}, {holder}, steps {run.steps_down}"


def _stages(run: SessionRun) -> Iterator[str]:
    for row in run.stages.all():
        since = (timezone.now() - row.started_at).total_seconds()
        length = f"since {since:.1f} s" if row.duration_ms is None else f"{row.duration_ms} ms"
        yield f"stage {row.stage} {row.state} {length}"


def _queues() -> Iterator[str]:
    try:
        for name in (doorbell.DEFAULT, doorbell.LOW):
            yield f"queue {name}: {len(doorbell.waiting(name))} waiting"
            yield from (_worker(each) for each in _workers_of(name))
    except RedisError as error:
        yield f"Redis: {error}"


def _worker(worker: BaseWorker) -> str:
    return f"worker {worker.name} {worker.get_state()}, job {worker.get_current_job_id()}"


def _workers_of(queue: str) -> list[BaseWorker]:
    return Worker.all(queue=django_rq.get_queue(queue))


def _open_calls(simulator: Simulator) -> Iterator[str]:
    for asked in simulator.log():
        if asked.end is None:
            yield f"call {asked.purpose} open since {time.time() - asked.start:.1f} s"
