"""Attempts at a talk for tests: sentences that are said anew each time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from accounts_app.models import User
from sessions_app.models import PracticeSession, SessionRun
from sessions_app.stages import rules, scoring
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.outputs import TranscriptionOutput
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import TRANSCRIPTION
from tests.sessions_app.speech.said import timed

SENTENCES = (
    "Bees live in a box on the roof of my house and nobody minds them there at all.",
    "In summer we take the honey from the combs and give a jar to every neighbour we have.",
    "Who fears the stings should wear a veil and move as slowly as the evening sun goes down.",
    "Through the winter the colony keeps warm by shivering close around its only queen.",
    "My uncle keeps hens instead, which lay eggs, wake the street and eat the salad too.",
    "Every Saturday he sells what they leave at the market square beside the old town hall.",
    "Foxes come at night, so that he shuts the door of their shed before the news begins.",
    "Both of us would never go back to buying in shops what grows better beside the door.",
    "Start with one box, one book and one patient friend who has done all of it before you.",
    "By next spring your garden will hum, and the apples will show what the bees were up to.",
    "A swarm looks wild when it hangs on a branch, yet it has no home that it could defend.",
    "Call a keeper from the club, who shakes it into a basket and carries it away by dusk.",
    "Wax melts at the heat of a summer car, which is how I once ruined my mother's cake tin.",
    "Candles made from it burn for hours and smell of clover long after the flame is out.",
    "Mites are the enemy now, smaller than a pin's head and harder to count than to fear.",
    "Each August we treat the colony with acid, masks on our faces and gloves on our hands.",
    "Farmers pay for hives among their cherry rows, because wind alone sets little fruit.",
    "Trucks drive through the night so that no worker leaves the combs before sunrise.",
    "Scouts dance on the dark comb to tell their sisters how far the lime trees are.",
    "Nobody believed Karl von Frisch at first, and later they gave him a prize for it.",
)


def attempt(
    owner: User,
    *said: str,
    retake_of: PracticeSession | None = None,
    word_ms: int = 300,
    spoken: dict[str, Any] | None = None,
    **session: Any,
) -> SessionRun:
    """A finished run over the sentences, measured for real. `spoken` changes its transcript."""
    words = timed(" ".join(said or SENTENCES), word_ms=word_ms)
    heard = replace(TRANSCRIPTION, words=words, **(spoken or {}))

    def transcription(context: RunContext, check: Check) -> TranscriptionOutput:
        return heard

    fields = {f"session__{name}": value for name, value in session.items()}
    return finished_run(
        own={"transcription": transcription, "rules": rules.run, "scoring": scoring.run},
        session__owner=owner,
        session__retake_of=retake_of,
        **fields,
    )
