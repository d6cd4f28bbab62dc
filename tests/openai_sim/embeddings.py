"""Vectors of texts: words hashed into a few dimensions, so that like texts are alike."""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
import struct
from collections import Counter
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from tests.openai_sim import tokens
from tests.openai_sim.bodies import json_body
from tests.openai_sim.errors import bad_request
from tests.openai_sim.exchange import Asked, Reply
from tests.openai_sim.faults import Fault, Kind
from tests.openai_sim.prices import Usage
from tests.openai_sim.simulation import Simulation

MOST_TEXTS = 2048
LONGEST_TEXT = 8192  # tokens
_WORD = re.compile(r"[^\W\d_]+")


async def read(request: web.Request, simulation: Simulation) -> Asked:
    body = await json_body(request)
    texts = _texts(body)
    usage = Usage(input=sum(map(tokens.count, texts)))
    dimensions = body.get("dimensions", simulation.options.dimensions)

    async def reply(fault: Fault | None, cached: int) -> Reply:
        content = _answer(body, texts, dimensions, usage, fault)
        return Reply(json.dumps(content).encode(), usage, simulation.latency.embeddings())

    return Asked(Kind.EMBEDDINGS, "embeddings", body["model"], reply, usage.input, body=body)


def vector(text: str, dimensions: int) -> list[float]:
    """Of length 1; a text without words points nowhere in particular."""
    sums = [0.0] * dimensions
    for word, times in Counter(_WORD.findall(text.casefold())).items():
        digest = hashlib.blake2b(word.encode(), digest_size=8).digest()
        sign = 1 if digest[0] % 2 else -1
        sums[int.from_bytes(digest[1:]) % dimensions] += sign * math.sqrt(times)
    length = math.hypot(*sums)
    return [value / length for value in sums] if length else [1.0, *sums[1:]]


def _texts(body: dict[str, Any]) -> Sequence[str]:
    given = body.get("input")
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not 0 < len(texts) <= MOST_TEXTS:
        raise bad_request("'$.input' is invalid.", param="input")
    if not all(isinstance(text, str) and text for text in texts):
        raise bad_request("'$.input' is invalid.", param="input")
    if any(tokens.count(text) > LONGEST_TEXT for text in texts):
        raise bad_request(
            f"This model's maximum context length is {LONGEST_TEXT} tokens.", param="input"
        )
    return texts


def _answer(
    body: dict[str, Any], texts: Sequence[str], dimensions: int, usage: Usage, fault: Fault | None
) -> dict[str, object]:
    shown = _as_base64 if body.get("encoding_format") == "base64" else list
    rows = [
        {"object": "embedding", "index": index, "embedding": shown(vector(text, dimensions))}
        for index, text in enumerate(texts)
    ]
    if fault is Fault.WRONG_SCHEMA:
        return {"vectors": [row["embedding"] for row in rows]}
    return {
        "object": "list",
        "data": [] if fault is Fault.EMPTY else rows,
        "model": body["model"],
        "usage": {"prompt_tokens": usage.input, "total_tokens": usage.input},
    }


def _as_base64(values: list[float]) -> str:
    return base64.b64encode(struct.pack(f"<{len(values)}f", *values)).decode()
