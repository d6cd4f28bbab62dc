"""The two flows that ours is held against, over real HTTP.

*Sequential* does one thing after the other. *Hybrid* asks a quicker model for coaching beside the
analysis, and once more when it regenerates. Work that is not a model's is a given time of sleep.
Prompts are one line and the transcript: less cannot be asked with.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from benchmarks.flow import EMBEDDINGS, TRANSCRIPTION, Call, Flow, Span
from benchmarks.names import HYBRID_KEPT, HYBRID_REGENERATED, SEQUENTIAL, of_length
from benchmarks.talk import Talk
from tests.openai_sim.prices import Usage, cost

# Given, in seconds
MEDIA = 1.1
RULES = 0.2
METRICS = 1.1

# Given, in tokens of output
ANALYSIS = 1490
COACHING = 840
PASSAGES = 13  # embedded one by one

ANALYSIS_MODEL = "gpt-5.4"
COACHING_MODEL = "gpt-5.4-mini"
TRANSCRIPTION_MODEL = "gpt-transcribe"
EMBEDDING_MODEL = "text-embedding-3-small"

LONGEST = 120.0  # seconds for one answer
CHARACTERS_PER_TOKEN = 4
AROUND = len('{"text":""}')
PROMPTS = {
    "analysis": "Analyse the delivery of this talk: fillers, pace, structure. Answer as JSON.",
    "coaching": "Coach the speaker of this talk: focus areas, exercises, a goal. Answer as JSON.",
}


async def sequential(url: str, talk: Talk, scale: float) -> Flow:
    async with Server.at(url, scale) as server:
        began = time.time()
        text = await _until_rules(server, talk)
        await server.write("analysis", ANALYSIS_MODEL, text, ANALYSIS)
        await server.write("coaching", ANALYSIS_MODEL, text, COACHING)
        await _after(server, text)
        return server.flow(of_length(SEQUENTIAL, talk.length), began)


async def hybrid(url: str, talk: Talk, scale: float, *, regenerates: bool) -> Flow:
    async with Server.at(url, scale) as server:
        began = time.time()
        text = await _until_rules(server, talk)
        await asyncio.gather(
            server.write("analysis", ANALYSIS_MODEL, text, ANALYSIS),
            server.write("coaching", COACHING_MODEL, text, COACHING),
        )
        if regenerates:
            await server.write("coaching", COACHING_MODEL, text, COACHING)
        await _after(server, text)
        name = HYBRID_REGENERATED if regenerates else HYBRID_KEPT
        return server.flow(of_length(name, talk.length), began, regenerated=regenerates)


async def _until_rules(server: Server, talk: Talk) -> str:
    """The transcript."""
    await server.work("media", MEDIA)
    text = await server.hear(talk)
    await server.work("rules", RULES)
    return text


async def _after(server: Server, text: str) -> None:
    await server.work("metrics", METRICS)
    for passage in parts(text, PASSAGES):
        await server.embed(passage)


def parts(text: str, count: int) -> list[str]:
    """As many texts of nearly the same number of words."""
    words = text.split()
    edges = [len(words) * number // count for number in range(count + 1)]
    return [" ".join(words[first:end]) for first, end in itertools.pairwise(edges)]


def answer_of(tokens: int) -> dict[str, Any]:
    """The schema of an answer that the simulator makes exactly so long."""
    letters = tokens * CHARACTERS_PER_TOKEN - AROUND
    return {
        "type": "object",
        "properties": {"text": {"type": "string", "minLength": letters}},
        "required": ["text"],
        "additionalProperties": False,
    }


@dataclass(slots=True)
class Server:
    """The model server, and what was asked of it. `scale` is for what is slept."""

    session: aiohttp.ClientSession
    scale: float
    calls: list[Call] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    @classmethod
    def at(cls, url: str, scale: float) -> Server:
        limit = aiohttp.ClientTimeout(total=LONGEST)
        return cls(aiohttp.ClientSession(base_url=f"{url}/", timeout=limit), scale)

    async def __aenter__(self) -> Server:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.session.close()

    def flow(self, name: str, began: float, *, regenerated: bool = False) -> Flow:
        wall = time.time() - began
        return Flow(name, began, wall, None, tuple(self.calls), tuple(self.spans), regenerated)

    async def work(self, name: str, seconds: float) -> None:
        start = time.time()
        await asyncio.sleep(seconds * self.scale)
        self.spans.append(Span(name, start, time.time()))

    async def hear(self, talk: Talk) -> str:
        form = aiohttp.FormData()
        form.add_field("file", talk.audio.read_bytes(), filename=talk.audio.name)
        form.add_field("model", TRANSCRIPTION_MODEL)
        form.add_field("response_format", "json")
        heard = await self._post("audio/transcriptions", TRANSCRIPTION, TRANSCRIPTION_MODEL, form)
        return str(heard["text"])

    async def write(self, purpose: str, model: str, text: str, tokens: int) -> None:
        schema = {"name": f"reference_{purpose}", "strict": True, "schema": answer_of(tokens)}
        messages = [
            {"role": "system", "content": PROMPTS[purpose]},
            {"role": "user", "content": text},
        ]
        body = {
            "model": model,
            "messages": messages,
            "response_format": {"type": "json_schema", "json_schema": schema},
        }
        await self._post("chat/completions", purpose, model, body)

    async def embed(self, text: str) -> None:
        body = {"model": EMBEDDING_MODEL, "input": text}
        await self._post("embeddings", EMBEDDINGS, EMBEDDING_MODEL, body)

    async def _post(self, path: str, purpose: str, model: str, body: Any) -> dict[str, Any]:
        """Raises `TimeoutError` and `aiohttp.ClientError`."""
        start = time.time()
        kind = "data" if isinstance(body, aiohttp.FormData) else "json"
        try:
            async with self.session.post(path, **{kind: body}) as response:
                response.raise_for_status()
                answer: dict[str, Any] = await response.json()
        except TimeoutError as error:
            raise TimeoutError(f"a reference waited {LONGEST:.0f} s for {purpose}") from error
        self.calls.append(_call(purpose, model, start, answer["usage"]))
        return answer


def _call(purpose: str, model: str, start: float, told: Mapping[str, Any]) -> Call:
    """`told` is the usage as the server reports it, seconds for sound."""
    details = told.get("prompt_tokens_details") or {}
    usage = Usage(
        told.get("prompt_tokens", 0),
        details.get("cached_tokens", 0),
        told.get("completion_tokens", 0),
        told.get("seconds", 0),
    )
    return Call(
        purpose,
        model,
        start,
        time.time(),
        usage.input,
        usage.cached,
        usage.output,
        usage.audio_seconds,
        cost(model, usage),
    )
