"""JSON that came with a request."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from tests.openai_sim.errors import bad_request


async def json_body(request: web.Request) -> dict[str, Any]:
    """An object that names a model. Raises `Declined`."""
    try:
        body = await request.json()
    except ValueError as error:
        raise bad_request("We could not parse the JSON body of your request.") from error
    if not isinstance(body, dict) or not isinstance(body.get("model"), str):
        raise bad_request("you must provide a model parameter", param="model")
    return body
