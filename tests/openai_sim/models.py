"""The models there are, and when some of them end."""

from __future__ import annotations

import json

from aiohttp import web

from tests.openai_sim.errors import NOT_FOUND, Declined
from tests.openai_sim.exchange import Asked, Reply
from tests.openai_sim.faults import Fault, Kind
from tests.openai_sim.simulation import Simulation

CREATED = 1_760_000_000  # seconds since the epoch
SHUTDOWN_DATES = {
    "gpt-5.4": None,
    "gpt-5.4-mini": None,
    "gpt-transcribe": None,
    "text-embedding-3-small": None,
    "gpt-4o": "2027-01-14",
    "gpt-4o-mini": "2027-01-14",
    "whisper-1": "2027-02-26",
    "gpt-4o-transcribe": "2027-02-26",
    "gpt-4o-mini-transcribe": "2027-02-26",
}


async def read_list(request: web.Request, simulation: Simulation) -> Asked:
    listed = [_described(model) for model in SHUTDOWN_DATES]
    return _asked({"object": "list", "data": listed})


async def read_one(request: web.Request, simulation: Simulation) -> Asked:
    model = request.match_info["model"]
    if model not in SHUTDOWN_DATES:
        message = f"The model '{model}' does not exist or you do not have access to it."
        raise Declined(NOT_FOUND, message, code="model_not_found", param="model")
    return _asked(_described(model))


def _asked(answer: dict[str, object]) -> Asked:
    async def reply(fault: Fault | None, cached: int) -> Reply:
        return Reply(json.dumps(answer).encode())

    return Asked(Kind.MODELS, "models", "", reply)


def _described(model: str) -> dict[str, object]:
    about: dict[str, object] = {
        "id": model,
        "object": "model",
        "created": CREATED,
        "owned_by": "simulator",
    }
    end = SHUTDOWN_DATES[model]
    return about if end is None else {**about, "shutdown_date": end}
