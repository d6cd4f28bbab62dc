"""All that the server knows: what it was told at the start, and what happened since."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field

from tests.openai_sim.budget import Window
from tests.openai_sim.faults import Faults
from tests.openai_sim.hearing import Hearing
from tests.openai_sim.journal import Journal
from tests.openai_sim.latency import Latency
from tests.openai_sim.options import Options
from tests.openai_sim.prefixes import Prefixes


@dataclass(slots=True)
class Simulation:
    options: Options
    latency: Latency
    faults: Faults
    journal: Journal
    window: Window
    prefixes: Prefixes
    hearing: Hearing
    random: random.Random
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.released.set()

    def reset(self) -> None:
        """As after the start, without starting. What talks it knows stays."""
        self.faults.clear(self.options.faults)
        self.latency.factors.clear()
        self.released.set()
        self.journal.entries.clear()
        self.window.clear()
        self.prefixes = Prefixes()


def begin(options: Options) -> Simulation:
    return Simulation(
        options,
        Latency(options.profile, options.time_scale),
        Faults(options.faults, options.seed, by_question=options.faults_by_question),
        Journal(),
        Window(options.rpm, options.tpm),
        Prefixes(),
        Hearing(options.talks, options.seed),
        random.Random(options.seed),
    )
