"""Which address does what."""

from __future__ import annotations

from aiohttp import web

from tests.openai_sim import chat, control, embeddings, models, transcription
from tests.openai_sim.options import Options
from tests.openai_sim.serving import endpoint
from tests.openai_sim.simulation import begin

LARGEST_BODY = 64 * 1024 * 1024  # bytes; the limit for audio is the endpoint's own


def build(options: Options) -> web.Application:
    simulation = begin(options)
    app = web.Application(client_max_size=LARGEST_BODY)
    app.add_routes(
        [
            web.post("/v1/chat/completions", endpoint(simulation, chat.read)),
            web.post("/v1/embeddings", endpoint(simulation, embeddings.read)),
            web.post("/v1/audio/transcriptions", endpoint(simulation, transcription.read)),
            web.get("/v1/models", endpoint(simulation, models.read_list)),
            web.get("/v1/models/{model}", endpoint(simulation, models.read_one)),
            *control.routes(simulation),
        ]
    )
    return app
