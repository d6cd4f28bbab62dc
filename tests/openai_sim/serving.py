"""From the arrival of a request to its end in the log: key, budget, fault, answer, bill."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.openai_sim.errors import Declined, by_fault, rate_limited, wrong_key
from tests.openai_sim.exchange import Asked
from tests.openai_sim.faults import Fault
from tests.openai_sim.journal import Entry
from tests.openai_sim.prices import Usage
from tests.openai_sim.sending import STALL, CutOff, cut_off, send
from tests.openai_sim.simulation import Simulation

OVER_BUDGET = "over_budget"

Reading = Callable[[web.Request, Simulation], Awaitable[Asked]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def endpoint(simulation: Simulation, read: Reading) -> Handler:
    """`read` makes of an HTTP request what it asks for. Raises `Declined`."""

    async def handle(request: web.Request) -> web.StreamResponse:
        entry = simulation.journal.begin(request.path)
        entry.project = request.headers.get("OpenAI-Project", "")
        try:
            return await _serve(simulation, request, entry, read)
        except Declined as declined:
            entry.status, entry.retry_after = declined.status, declined.retry_after
            return _error(declined)
        except CutOff:
            return web.Response()  # which goes nowhere
        except ConnectionError:
            entry.disconnected = True
            return web.Response()
        except asyncio.CancelledError:
            entry.disconnected = True
            raise
        finally:
            entry.end = time.time()

    return handle


async def _serve(
    simulation: Simulation, request: web.Request, entry: Entry, read: Reading
) -> web.StreamResponse:
    _check_key(simulation, request)
    asked = await read(request, simulation)
    arrived = time.monotonic()
    entry.purpose, entry.model, entry.body = asked.purpose, asked.model, asked.body
    entry.question = _question(request.path, asked.body)
    entry.usage = Usage(input=asked.tokens)
    _admit(simulation, asked, entry)
    fault = simulation.faults.take(asked.kind, asked.purpose, entry.question)
    entry.fault = fault
    await _fail(simulation, request, fault)
    cached = simulation.prefixes.cached(asked.model, asked.prompt)
    await simulation.released.wait()
    reply = await asked.answer(fault, cached)
    entry.usage, entry.streamed = reply.usage, bool(reply.events)
    simulation.window.spend(reply.usage.output)
    entry.status = web.HTTPOk.status_code
    response = await send(request, reply, arrived, _drip(simulation, fault))
    entry.complete = True
    simulation.prefixes.learn(asked.model, asked.prompt)
    return response


def _check_key(simulation: Simulation, request: web.Request) -> None:
    key = simulation.options.key
    if key is not None and request.headers.get("Authorization") != f"Bearer {key}":
        raise wrong_key()


def _admit(simulation: Simulation, asked: Asked, entry: Entry) -> None:
    wait = simulation.window.admit(asked.tokens)
    if wait is not None:
        entry.fault = OVER_BUDGET
        raise rate_limited(wait)


async def _fail(simulation: Simulation, request: web.Request, fault: Fault | None) -> None:
    """Raises `Declined` for faults that are errors; does not return from a broken connection."""
    options = simulation.options
    if (declined := by_fault(fault, options.retry_after * options.time_scale)) is not None:
        raise declined
    if fault in {Fault.RESET, Fault.STALL}:
        await asyncio.sleep(STALL if fault is Fault.STALL else 0)
        cut_off(request)


def _question(path: str, body: object) -> str:
    asked = json.dumps([path, body], sort_keys=True).encode()
    return hashlib.blake2b(asked, digest_size=16).hexdigest()


def _drip(simulation: Simulation, fault: Fault | None) -> float:
    """Seconds between two bytes, 0 for all of them at once."""
    return simulation.options.time_scale if fault is Fault.SLOW_DRIP else 0.0


def _error(declined: Declined) -> web.Response:
    return web.Response(
        status=declined.status,
        body=declined.body(),
        content_type="application/json",
        headers=declined.headers,
    )
