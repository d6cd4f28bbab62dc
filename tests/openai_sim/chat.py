"""Chat completions: what was asked, and the answer in the protocol's form."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.openai_sim import tokens
from tests.openai_sim.answers.authors import write
from tests.openai_sim.answers.brief import Brief
from tests.openai_sim.bodies import json_body
from tests.openai_sim.completions import spoilt, whole
from tests.openai_sim.errors import bad_request
from tests.openai_sim.exchange import Asked, Reply
from tests.openai_sim.faults import Fault, Kind
from tests.openai_sim.formats import answer_format
from tests.openai_sim.prices import Usage
from tests.openai_sim.simulation import Simulation

_NUMBERS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Messages:
    system: str
    user: str

    @property
    def prompt(self) -> str:
        return self.system + self.user


async def read(request: web.Request, simulation: Simulation) -> Asked:
    body = await json_body(request)
    messages = _messages(body)
    form = answer_format(body, messages.system, schemas=simulation.options.schemas)
    brief = Brief(form, messages.system, messages.user)

    async def reply(fault: Fault | None, cached: int) -> Reply:
        return _reply(simulation, body, brief, fault, cached)

    return Asked(
        Kind.CHAT,
        brief.purpose,
        body["model"],
        reply,
        tokens.count(messages.prompt),
        messages.prompt,
        body,
    )


def _reply(
    simulation: Simulation, body: dict[str, Any], brief: Brief, fault: Fault | None, cached: int
) -> Reply:
    completion = spoilt(whole(write(brief, simulation)), fault).within(_limit(body))
    prompt = tokens.count(brief.system + brief.user)
    usage = Usage(prompt, cached, tokens.count(completion.content or completion.refusal or ""))
    delay = simulation.latency.chat(body["model"], usage.output)
    number = f"chatcmpl-{next(_NUMBERS)}"
    if not body.get("stream"):
        return Reply(completion.as_body(number, body["model"], usage), usage, delay)
    with_usage = bool((body.get("stream_options") or {}).get("include_usage"))
    events = completion.as_events(number, body["model"], usage if with_usage else None)
    return Reply(b"", usage, delay, "text/event-stream", events)


def _limit(body: dict[str, Any]) -> int | None:
    limit = body.get("max_completion_tokens", body.get("max_tokens"))
    return limit if isinstance(limit, int) else None


def _messages(body: dict[str, Any]) -> Messages:
    given = body.get("messages")
    if not isinstance(given, list) or not given:
        raise bad_request("Invalid 'messages': empty array.", param="messages")
    texts: dict[bool, str] = {True: "", False: ""}
    for message in given:
        texts[message.get("role") in {"system", "developer"}] += _text(message.get("content"))
    return Messages(system=texts[True], user=texts[False])


def _text(content: object) -> str:
    if isinstance(content, list):
        return "".join(part.get("text", "") for part in content)
    return content if isinstance(content, str) else ""
