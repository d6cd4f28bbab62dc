"""A short talk worked through when a worker starts, so that no speaker waits for first times.

Tables are read, patterns compiled, schemas built, queries put together, the model library and its
TLS context loaded: a job forked afterwards has all of it. Nothing of it is kept, and no model is
asked.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Final

from django.db import DatabaseError

from ai.client import Client
from ai.config import Budget, Caps, Config, Endpoint
from ai.errors import ModelError
from ai.ledger import Subject
from ai.memory import MemoryBooks
from ai.questions import Audio, Deadline
from sessions_app import files
from sessions_app.limits import talk_limits
from sessions_app.media.encoding import encode
from sessions_app.media.resampling import SAMPLE_RATE
from sessions_app.pipeline import analyze
from sessions_app.rehearsed_rows import write_and_take_back
from sessions_app.stages.context import ModelAccess, Talk
from sessions_app.stages.conversing import converse
from sessions_app.stages.problems import StageProblem
from speechcoach.model_config import NO_KEY, model_config

logger = logging.getLogger(__name__)

WORDS: Final = Path(__file__).parent / "demo" / "talk.txt"
SILENCE: Final = 2 * SAMPLE_RATE  # bytes, for a second
LONGEST: Final = 2.0  # seconds for a call; the server in this process refuses at once
_REFUSAL: Final = b'{"error": {"message": "only a rehearsal", "type": "invalid_request_error"}}'


def rehearse() -> None:
    """With a model configured, its calls go to a server in this process, which refuses them."""
    try:
        with _without_logging():
            _work_through(model_config())
            write_and_take_back(_talk())
            files.make_ready()
    except (StageProblem, OSError, DatabaseError) as error:  # not warmed it is only slower
        logger.warning("rehearsal ended early: %s", type(error).__name__)
    finally:
        _set_apart()


def _set_apart() -> None:
    """What is in memory now outlives every job: it is no job's garbage to look for. A job's full
    collection would go through all of it, and copy every page for the counts it writes there.
    """
    gc.collect()
    _return_memory()
    gc.freeze()


def _return_memory() -> None:
    """Some 9 MB of what the rehearsal used; only glibc knows how to."""
    with suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _work_through(config: Config | None) -> None:
    if config is None:
        analyze(_talk(), talk_limits())
        return
    with _refusing_server() as endpoint:
        access = _access(config, endpoint)
        analyze(_talk(), talk_limits(), access)
        converse(access, lambda: None, _transcribe)


@contextmanager
def _without_logging() -> Iterator[None]:
    """The refusals are ours: nobody is to look into them."""
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _talk() -> Talk:
    return Talk(
        title="rehearsal",
        language="en",
        kind="presentation",
        target_seconds=None,
        target_wpm=None,
        media_path=None,
        transcript_text=WORDS.read_text(encoding="utf-8"),
        transcript_format="txt",
        speaker="",
    )


def _access(config: Config, endpoint: Endpoint) -> ModelAccess:
    """The configured models, but neither the address nor the key, the ledger or the limits."""
    config = replace(
        config,
        chat=endpoint,
        transcription=endpoint,
        attempt_seconds=LONGEST,
        budget=Budget(),
        caps=Caps(),
    )
    return ModelAccess(config, Subject(None, "rehearsal"), MemoryBooks)


async def _transcribe(client: Client) -> None:
    with suppress(ModelError):
        file = BytesIO()
        encode([bytes(SILENCE)], "flac", file)
        sound = Audio(file, "r.flac", 1000)
        await client.transcribe(sound, "en", Deadline.after(LONGEST))


class _Refusing(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(400)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(_REFUSAL)))
        self.end_headers()
        self.wfile.write(_REFUSAL)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads of it."""


@contextmanager
def _refusing_server() -> Iterator[Endpoint]:
    """Its threads have ended on return: forks come later."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Refusing) as server:
        server.daemon_threads = False  # and so waited for
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield Endpoint(f"http://127.0.0.1:{server.server_port}/v1", NO_KEY)
        finally:
            server.shutdown()
            thread.join()
