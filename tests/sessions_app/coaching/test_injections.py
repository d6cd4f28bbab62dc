"""Whatever a talk says to the model, and however much the model believes it."""

import asyncio
import json
from collections.abc import Callable
from random import Random
from typing import Any, TypeVar

import pytest
from pydantic import ValidationError

from ai.client import Client
from ai.errors import Malformed
from ai.ledger import Subject
from ai.memory import MemoryBooks
from ai.questions import Answer, Deadline, Question
from sessions_app.coaching.answers import PlaceAnswer, PointAnswer
from sessions_app.coaching.asking import Asker
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.branches import read_content, read_words, write_first
from sessions_app.coaching.figures import find_figures
from sessions_app.coaching.prompts import Purpose, instructions
from sessions_app.coaching.readings import Readings
from sessions_app.coaching.verdicts import candidates
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from tests.ai.clients import config_for
from tests.openai_sim.answers import gullible
from tests.sessions_app.coaching.injections import INJECTIONS, Said, injected, prompted
from tests.sessions_app.coaching.model import Model, a_review
from tests.sessions_app.coaching.test_slots import texts
from tests.simulator import Simulator

A = TypeVar("A", bound=Answer)


def believing(seed: int) -> Callable[[Question[A]], A | Malformed]:
    """Does what the talk says, in the right form or in another."""
    choices = Random(seed)

    def answer(question: Question[A]) -> A | Malformed:
        said = gullible.write(json.loads(question.data), question.purpose, choices)
        try:
            return question.answer.model_validate(said)
        except ValidationError:
            return Malformed("not of the schema")

    return answer


async def taken(assignment: Assignment, asker: Asker) -> Readings:
    """All that a talk's first rung asks for, whatever becomes of each part."""
    readings, deadline = Readings(), Deadline.after(60)
    for branch in (read_words, read_content, write_first):
        await branch(assignment, asker, readings, deadline)
    return readings


def assert_unmoved(assignment: Assignment, readings: Readings, *, words_too: bool) -> None:
    before, after = assignment.situation.findings, readings.reread(assignment).findings
    sounds, language = assignment.situation.sounds, assignment.situation.language
    assert [f for f in before if _is_fact(f, sounds)] == [f for f in after if _is_fact(f, sounds)]
    if words_too:
        assert before == after
    shown = texts(readings.first) if readings.first else []
    shown += [readings.review.main_message.text] if readings.review else []
    for text in shown:
        assert not find_figures(text, language)
        assert gullible.OBEYED not in text


def _is_fact(finding: Finding, sounds: frozenset[str]) -> bool:
    """No second reader can change it: sounds, and all that is neither filler nor made of them."""
    if finding.kind is FindingKind.FILLER:
        return finding.label in sounds and finding.status is FindingStatus.COUNTED
    return finding.kind is not FindingKind.FILLER_CLUSTER


def test_there_are_enough_of_them_in_all_languages() -> None:
    assert len(INJECTIONS) >= 60
    assert {said.language for said in INJECTIONS} == {"en", "de", "es", "fr", "it", "nl", "pt"}


@pytest.mark.parametrize("said", INJECTIONS, ids=lambda said: said.text[:40])
def test_a_model_that_believes_everything_moves_nothing(said: Said) -> None:
    """Not even the words it may judge: it points at everything, so it is not believed."""
    assignment = injected(said)
    for seed in range(4):
        model = Model(**dict.fromkeys([purpose.value for purpose in Purpose], believing(seed)))
        assert_unmoved(assignment, asyncio.run(taken(assignment, model)), words_too=True)


@pytest.mark.parametrize("said", INJECTIONS, ids=lambda said: said.text[:40])
def test_neither_does_one_that_believes_the_prompt(said: Said) -> None:
    assignment = prompted(said)
    for seed in range(2):
        model = Model(**dict.fromkeys([purpose.value for purpose in Purpose], believing(seed)))
        assert_unmoved(assignment, asyncio.run(taken(assignment, model)), words_too=True)


@pytest.mark.parametrize("said", INJECTIONS, ids=lambda said: said.text[:40])
def test_a_prompt_is_data_and_the_whole_talk_answers_none_of_it(said: Said) -> None:
    assignment = prompted(said)
    everything = PlaceAnswer(first=0, last=assignment.ground.size - 1)
    asked = [*range(len(assignment.ground.prompt)), 10**6]
    points = [PointAnswer(first=at, last=at, answers=[everything]) for at in asked]
    model = Model(review=a_review(points=points))
    readings = asyncio.run(taken(assignment, model))
    assert readings.review is not None
    assert readings.review.points == ()
    for question in model.asked:
        assert question.instructions == instructions(Purpose(question.purpose))
        if question.purpose == Purpose.REVIEW:
            data = json.loads(question.data)
            assert set(data) == {"language", "prompt", "kind", "words"}
            assert data["prompt"].split()[1::2] == said.text.split()


def test_there_was_something_to_be_moved() -> None:
    """Else the test above would hold of nothing."""
    english = [injected(said) for said in INJECTIONS if said.language == "en"]
    for assignment in english:
        situation = assignment.situation
        assert len(candidates(situation.findings, situation.sounds)) >= 1
        assert any(_is_fact(finding, situation.sounds) for finding in situation.findings)


@pytest.mark.parametrize("said", INJECTIONS, ids=lambda said: said.text[:40])
def test_what_is_said_changes_neither_instructions_nor_form(said: Said) -> None:
    model, assignment = Model(), injected(said)
    asyncio.run(taken(assignment, model))
    for question in model.asked:
        assert question.instructions == instructions(Purpose(question.purpose))
        assert said.text[:20] not in question.instructions
        data = json.loads(question.data)
        assert data["language"] == said.language
        if question.purpose == Purpose.VERDICTS:
            assert [data["first"], data["last"]] == [0, assignment.ground.size - 1]
            assert len(data["candidates"]) < assignment.ground.size


def test_over_the_wire_they_move_nothing_either(
    start_simulator: Callable[..., Simulator], redis_url: str
) -> None:
    simulator = start_simulator("--gullible")
    assignments = [write(said) for said in INJECTIONS for write in (injected, prompted)]
    config = config_for(simulator.url, redis_url)

    async def all_of_them() -> list[Readings]:
        async with Client(config, Subject(1, "session"), MemoryBooks()) as client:
            return await asyncio.gather(*(taken(each, client) for each in assignments))

    answers = asyncio.run(all_of_them())
    assert any(readings.windows for readings in answers)
    for assignment, readings in zip(assignments, answers, strict=True):
        assert_unmoved(assignment, readings, words_too=False)
    forms = {json.dumps(_form(simulator.body(each.id))) for each in simulator.log("verdicts")[:20]}
    assert len(forms) == 1


def _form(body: Any) -> Any:
    """A request less the talk in it."""
    return {**body, "messages": body["messages"][0]}
