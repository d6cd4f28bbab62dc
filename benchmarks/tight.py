"""Half an hour of talk where the server allows so little in a minute that calls have to queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks import ours
from benchmarks.installation import workers
from benchmarks.names import OURS_LONG
from benchmarks.progress import say
from benchmarks.summary import Row, summarise
from benchmarks.talk import Talk
from sessions_app.models import SessionRun
from tests.simulator import Asked, start

REQUESTS = 60  # a minute
TOKENS = 200_000
LONGEST = 900.0  # seconds


@dataclass(frozen=True, slots=True)
class Tight:
    """What became of a run under bounds that the server enforces and ours knows.

    `refused`: calls that the server turned away. `complete`: every word of the talk is in the
    transcript, in order. `steps_down`: what the report lacks.
    """

    requests: int
    tokens: int
    mode: str
    refused: int
    complete: bool
    steps_down: int
    row: Row


def tight(talk: Talk, profile: Sequence[str]) -> Tight:
    """Against a server of its own with the options `profile`. Raises as `ours.measure`."""
    bounds = ("--rpm", str(REQUESTS), "--tpm", str(TOKENS))
    told = {"AI_REQUESTS_PER_MINUTE": str(REQUESTS), "AI_TOKENS_PER_MINUTE": str(TOKENS)}
    simulator = start(*profile, *bounds)
    try:
        simulator.know([talk.files])
        with workers(simulator.url, told=told):
            run = ours.analysed(talk, simulator, seconds=LONGEST)
        found = _tight(talk, run, simulator.log())
    finally:
        simulator.stop()
    say(f"{found.row.name}: {found.row.wall:.1f} s, {found.mode}, {found.refused} refused")
    return found


def _tight(talk: Talk, run: SessionRun, asked: Sequence[Asked]) -> Tight:
    assert run.transcript is not None
    words = [word[0] for word in run.transcript.words]
    return Tight(
        requests=REQUESTS,
        tokens=TOKENS,
        mode=run.mode,
        refused=sum(each.fault == ours.REFUSED for each in asked),
        complete=words == talk.text.split(),
        steps_down=len(run.steps_down),
        row=summarise([ours.flow_of(f"{OURS_LONG}, tight budget", run, asked)]),
    )
