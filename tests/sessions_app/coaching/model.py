"""A model that says what a test tells it, and talks for it to read."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from ai.questions import A, Deadline, Question
from sessions_app.coaching.answers import (
    CoachingAnswer,
    FocusAnswer,
    GoalAnswer,
    Missed,
    PartAnswer,
    RemarkAnswer,
    ReviewAnswer,
    StepAnswer,
    Verdict,
    WindowVerdicts,
)
from sessions_app.coaching.assignment import Assignment, Times
from sessions_app.coaching.ground import Ground
from sessions_app.coaching.schemas import StructurePart
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.stages import refinement, rules
from sessions_app.stages.outputs import StageName, Timing
from tests.sessions_app.speech.said import english, notes, timed
from tests.sessions_app.stages.rule_runs import context

HANG = "never answers"

Say = Any


class Model:
    """An `Asker`. What it says to a purpose: an answer, an error to raise, HANG, a function of
    the question, or a list of those, one after the other, the last one for good.
    """

    def __init__(self, **says: Say) -> None:
        self._says: dict[str, Say] = {"verdicts": verdicts(), "review": a_review()} | {
            "coaching": a_coaching(),
            "coaching_again": a_coaching(summary="Written again."),
        }
        self._says |= says
        self.asked: list[Question[Any]] = []

    def count(self, purpose: str) -> int:
        return sum(question.purpose == purpose for question in self.asked)

    def data(self, purpose: str) -> list[dict[str, Any]]:
        return [json.loads(each.data) for each in self.asked if each.purpose == purpose]

    async def complete(self, question: Question[A], deadline: Deadline) -> A:
        self.asked.append(question)
        await asyncio.sleep(0)
        say = self._says[question.purpose]
        if isinstance(say, list):
            say = say.pop(0) if len(say) > 1 else say[0]
        if callable(say) and not isinstance(say, type):
            say = say(question)
        if isinstance(say, Exception):
            raise say
        if say is HANG:
            await asyncio.Event().wait()
        return cast(A, say)


def verdict(first: int, last: int | None = None, sure: float = 0.9, why: str = "a verb") -> Verdict:
    return Verdict(first=first, last=first if last is None else last, sure=sure, why=why)


def missed(
    first: int,
    last: int | None = None,
    kind: Any = "filler",
    sure: float = 0.9,
    why: str = "a habit",
) -> Missed:
    end = first if last is None else last
    return Missed(first=first, last=end, kind=kind, sure=sure, why=why)


def verdicts(
    rejected: list[Verdict] | None = None,
    confirmed: list[Verdict] | None = None,
    missed: list[Missed] | None = None,
) -> WindowVerdicts:
    return WindowVerdicts(rejected=rejected or [], confirmed=confirmed or [], missed=missed or [])


def remark(text: str = "It is clear.", first: int = 0, last: int = 3) -> RemarkAnswer:
    return RemarkAnswer(text=text, first=first, last=last)


def a_review(**changes: Any) -> ReviewAnswer:
    values: dict[str, Any] = {
        "main_message": remark("Walking helps."),
        "structure": remark("It opens, argues and closes."),
        "parts": [PartAnswer(part=StructurePart.OPENING, first=0, last=3)],
        "strengths": [remark("An honest example.")],
        "concern": None,
        "points": [],
    }
    return ReviewAnswer(**(values | changes))


def an_area(topic: str = "fillers", **changes: Any) -> FocusAnswer:
    values: dict[str, Any] = {
        "title": "Leave the silence empty",
        "what": "There are {fillers_total|filler|fillers} in this talk.",
        "why": "Listeners hear them.",
        "exercise": "Breathe in, then speak.",
        "minutes": 5,
        "first": 0,
        "last": 4,
    }
    return FocusAnswer(topic=topic, **(values | changes))


def a_coaching(**changes: Any) -> CoachingAnswer:
    values: dict[str, Any] = {
        "summary": "A talk to build on.",
        "strengths": ["You sound like yourself."],
        "focus_areas": [an_area()],
        "goal": GoalAnswer(metric="fillers_per_minute", text="Bring them down."),
        "plan": [StepAnswer(text="Record yourself.", minutes=5, times_per_week=3)],
        "acknowledgement": "You kept going.",
    }
    return CoachingAnswer(**(values | changes))


SENTENCE = "Um, we walked, like, a long way and um, I like the quiet of it, you know. "


def an_assignment(
    text: str = SENTENCE * 20,
    *,
    threshold: float = 0.2,
    seconds: Mapping[str, float] | None = None,
    language: str = "en",
    prompt: str = "",
    **changes: Any,
) -> Assignment:
    """A talk with its rule findings, as the refinement stage hands it on."""
    spoken = context(timed(text), timing=Timing.ALIGNED, language=language)
    output = rules.run(spoken, lambda: None)
    assert output is not None
    read = spoken.with_output(StageName.RULES, output)
    situation = refinement.situation_of(read, output.findings)
    times = {"parallel": 20.0, "regeneration": 20.0, "sequential": 20.0} | dict(seconds or {})
    pack = english() if language == "en" else None
    values: dict[str, Any] = {
        "situation": situation,
        "measured": lambda findings: refinement.situation_of(read, findings, reread=True),
        "ground": Ground(
            notes(situation.words, pack) if pack else replace(notes(situation.words), pack=None),
            language,
            situation.sentences,
            situation.sounds,
            prompt=tuple(prompt.split()),
        ),
        "kind": "presentation",
        "prompt": prompt,
        "analysis_model": "thinker",
        "coaching_model": "writer",
        "threshold": threshold,
        "times": Times(**times),
        "name": "a-session",
    }
    return Assignment(**(values | changes))


def fillers_in(
    assignment: Assignment, label: str, status: FindingStatus = FindingStatus.COUNTED
) -> list[Finding]:
    return [
        finding
        for finding in assignment.situation.findings
        if finding.kind is FindingKind.FILLER
        and finding.label == label
        and finding.status is status
    ]


def rejecting(assignment: Assignment, label: str) -> Callable[[Question[Any]], WindowVerdicts]:
    """Answers to verdicts that reject every filler of a label in their window."""
    places = [(f.start_word, f.end_word - 1) for f in fillers_in(assignment, label)]

    def answer(question: Question[Any]) -> WindowVerdicts:
        data = json.loads(question.data)
        return verdicts(
            rejected=[
                verdict(first, last)
                for first, last in places
                if data["first"] <= first and last <= data["last"]
            ]
        )

    return answer
