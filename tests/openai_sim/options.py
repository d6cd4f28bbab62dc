"""What the command line says about the server to be."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.openai_sim.faults import Fault
from tests.openai_sim.latency import Profile
from tests.openai_sim.transcripts import Detail


@dataclass(frozen=True, slots=True)
class Talk:
    """A recording whose words are known: JSON of `[[text, start_ms, end_ms], …]`."""

    audio: Path
    words: Path


@dataclass(frozen=True, slots=True)
class Options:
    port: int = 0
    profile: Profile = Profile.NONE
    time_scale: float = 1.0
    faults: Mapping[Fault, float] = field(default_factory=dict)
    rpm: int | None = None
    tpm: int | None = None
    faults_by_question: bool = False
    retry_after: float = 1.0
    seed: int = 0
    key: str | None = None
    schemas: bool = True
    transcription: Detail = Detail.WORDS
    talks: tuple[Talk, ...] = ()
    gullible: bool = False
    figures: float = 0.0
    dimensions: int = 64


def parse(arguments: Sequence[str]) -> Options:
    """Ends the program with a message about what is wrong with `arguments`."""
    given = _parser().parse_args(arguments)
    return Options(
        port=given.port,
        profile=given.profile,
        time_scale=given.time_scale,
        faults=dict(given.fault),
        faults_by_question=given.faults_by_question,
        retry_after=given.retry_after,
        rpm=given.rpm,
        tpm=given.tpm,
        seed=given.seed,
        key=given.key,
        schemas=not given.no_schema,
        transcription=given.transcription,
        talks=tuple(given.talk),
        gullible=given.gullible,
        figures=given.figures,
        dimensions=given.dimensions,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.openai_sim", description=__doc__)
    add = parser.add_argument
    add("--port", type=int, required=True)
    add(
        "--profile", type=Profile, default=Profile.NONE, help="token or none: how long answers take"
    )
    add("--time-scale", type=float, default=1.0, help="multiplies every waiting time")
    add("--fault", type=_fault, action="append", default=[], metavar="KIND=RATE")
    add(
        "--faults-by-question",
        action="store_true",
        help="chance goes by what is asked and how often, not by the order of requests",
    )
    add("--retry-after", type=float, default=1.0, help="seconds, before the time scale")
    add("--rpm", type=int, help="requests a minute; more are turned away")
    add("--tpm", type=int, help="tokens a minute; more are turned away")
    add("--seed", type=int, default=0)
    add("--key", help="the only API key that is accepted; any is without it")
    add("--no-schema", action="store_true", help="JSON mode only")
    add("--transcription", type=Detail, default=Detail.WORDS, help="words, segments or text")
    add("--talk", type=_talk, action="append", default=[], metavar="AUDIO=WORDS.json")
    add("--gullible", action="store_true", help="obeys instructions it finds in the data")
    add("--figures", type=float, default=0.0, help="chance of coaching with figures in it")
    add("--dimensions", type=int, default=64, help="of embeddings")
    return parser


def _fault(text: str) -> tuple[Fault, float]:
    kind, _, rate = text.partition("=")
    return Fault(kind), float(rate)


def _talk(text: str) -> Talk:
    audio, _, words = text.rpartition("=")
    return Talk(Path(audio), Path(words))
