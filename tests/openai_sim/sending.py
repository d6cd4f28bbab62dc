"""Bytes on the wire: at once, as a stream, drop by drop, or a connection cut off."""

from __future__ import annotations

import asyncio
import socket
import struct
import time

from aiohttp import web

from tests.openai_sim.exchange import Reply

STALL = 300.0  # seconds until a server that never answers gives up; not scaled
LINGER_NOT = struct.pack("ii", 1, 0)  # close by RST, with whatever is still to be sent lost


class CutOff(Exception):
    """The server ended the connection."""


async def send(
    request: web.Request, reply: Reply, arrived: float, drip: float = 0.0
) -> web.StreamResponse:
    """Return when the last byte is out. `arrived` is a moment of the monotonic clock.

    Raises `ConnectionError` when the client has left.
    """
    await asyncio.sleep(max(0.0, arrived + reply.delay.first - time.monotonic()))
    response = web.StreamResponse(headers={"Content-Type": reply.content_type})
    if reply.events:
        await response.prepare(request)
        await _stream(response, reply, arrived)
    else:
        await asyncio.sleep(max(0.0, arrived + reply.delay.last - time.monotonic()))
        response.content_length = len(reply.body)
        await response.prepare(request)
        await _write(response, reply.body, drip)
    _still_there(request)
    await response.write_eof()
    return response


def cut_off(request: web.Request) -> None:
    """The client sees its connection reset. Raises `CutOff`: nothing can be sent any more."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
        transport.abort()
    raise CutOff


async def _stream(response: web.StreamResponse, reply: Reply, arrived: float) -> None:
    """The events evenly from the first token to the last; the first has the role only."""
    span = (reply.delay.last - reply.delay.first) / max(1, len(reply.events) - 2)
    for number, event in enumerate(reply.events):
        due = arrived + reply.delay.first + span * max(0, number - 1)
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        await response.write(event)


async def _write(response: web.StreamResponse, body: bytes, drip: float) -> None:
    if not drip:
        await response.write(body)
        return
    for byte in body:
        await asyncio.sleep(drip)
        await response.write(bytes([byte]))


def _still_there(request: web.Request) -> None:
    if request.transport is None or request.transport.is_closing():
        raise ConnectionResetError
