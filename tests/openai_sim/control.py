"""What tests ask and order; none of it is part of the protocol."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.openai_sim.faults import ANY_PURPOSE, Fault
from tests.openai_sim.options import Talk
from tests.openai_sim.simulation import Simulation

ORDER = {"next", "purpose"}


def routes(simulation: Simulation) -> list[web.RouteDef]:
    async def bill(request: web.Request) -> web.Response:
        return web.json_response(simulation.journal.bill())

    async def log(request: web.Request) -> web.Response:
        entries = [entry.as_json() for entry in simulation.journal.entries]
        return web.json_response({"requests": entries})

    async def body(request: web.Request) -> web.Response:
        for entry in simulation.journal.entries:
            if str(entry.id) == request.match_info["id"]:
                return web.json_response(entry.body)
        raise web.HTTPNotFound

    async def reset(request: web.Request) -> web.Response:
        simulation.reset()
        return web.json_response({})

    async def faults(request: web.Request) -> web.Response:
        return web.json_response(simulation.faults.shown())

    async def set_faults(request: web.Request) -> web.Response:
        try:
            _order(simulation, await request.json())
        except ValueError as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response(simulation.faults.shown())

    async def set_latency(request: web.Request) -> web.Response:
        factors = {model: float(factor) for model, factor in (await request.json()).items()}
        simulation.latency.factors.clear()
        simulation.latency.factors.update(factors)
        return web.json_response(factors)

    async def hold(request: web.Request) -> web.Response:
        simulation.released.clear()
        return web.json_response({})

    async def release(request: web.Request) -> web.Response:
        simulation.released.set()
        return web.json_response({})

    async def learn_talks(request: web.Request) -> web.Response:
        order = await request.json()
        talks = [Talk(Path(audio), Path(words)) for audio, words in order["talks"]]
        await asyncio.to_thread(simulation.hearing.learn, talks, whole=order["whole"])
        return web.json_response({})

    return [
        web.get("/bill", bill),
        web.get("/log", log),
        web.get("/log/{id}", body),
        web.post("/reset", reset),
        web.get("/faults", faults),
        web.post("/faults", set_faults),
        web.post("/latency", set_latency),
        web.post("/hold", hold),
        web.post("/release", release),
        web.post("/talks", learn_talks),
    ]


def _order(simulation: Simulation, wanted: Mapping[str, Any]) -> None:
    """Rates replace all rates there are; `next` alone leaves them. Raises `ValueError`."""
    rates = {Fault(kind): float(rate) for kind, rate in wanted.items() if kind not in ORDER}
    simulation.faults.order(wanted.get("purpose", ANY_PURPOSE), wanted.get("next", ()))
    if rates or "next" not in wanted:
        simulation.faults.rates = rates
