"""Pieces of a recording on their way to the model and back, while others are still decoded."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from io import BufferedIOBase
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from ai.client import Client
from ai.errors import ModelError
from ai.questions import Audio, Deadline
from ai.transcribing import may_give_times
from sessions_app.media.encoding import encode
from sessions_app.media.storage import storage_problems
from sessions_app.recognition.aligners import MOST, Aligners
from sessions_app.recognition.engine import knows_language
from sessions_app.recognition.pcm import unpack
from sessions_app.recognition.sound import SampleFile
from sessions_app.speech.pieces import Piece
from sessions_app.stages.context import Check, ModelAccess, RunContext
from sessions_app.stages.conversing import Conversation, awaited, conversation_of
from sessions_app.stages.placing import Placed, place
from sessions_app.stages.problems import InputProblem, Problem

PIECE_SECONDS: Final = 120.0
"""A server takes two seconds for a piece. There is time for a second attempt after one that
stalled (60 s), and for what servers ask to wait when they are busy, half a minute mostly."""

_TURN_SECONDS: Final = 10.0
"""And for its turn: with no more than six requests a minute allowed, nobody is left out."""

ENCODERS: Final = {"flac": 1, "mp3": 3}
"""At once, as many as keep up with decoding. FLAC takes a third of its time, and 8 MB for each; mp3
takes five times as long."""


class Hearing:
    """Sends pieces out and takes in what was heard.

    Times are looked for in processes of their own. Where the server is known to give none, they
    start while it works, when decoding no longer needs the processor. Leaving it cancels what is
    under way.
    """

    def __init__(
        self,
        context: RunContext,
        access: ModelAccess,
        conversation: Conversation,
        file: IO[bytes],
        check: Check,
    ) -> None:
        self._access = access
        self._conversation = conversation
        self._language = context.talk.language
        self._check = check
        self._file = file
        self._workdir = context.workdir
        self._samples = SampleFile(file)
        self._aligners = Aligners(file.fileno(), context.workdir)
        self._can_align = knows_language(self._language)
        self._listeners = ThreadPoolExecutor(MOST, thread_name_prefix="listener")
        at_once = ENCODERS[access.plan.audio_format]
        self._encoders = ThreadPoolExecutor(at_once, thread_name_prefix="encoder")
        self._room = asyncio.Semaphore(access.config.budget.concurrency)
        self._heard: list[Future[Placed]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for each in self._heard:
            each.cancel()
        self._aligners.end()
        self._encoders.shutdown(cancel_futures=True)
        self._listeners.shutdown(cancel_futures=True)

    def prepare(self) -> None:
        """Returns at once; so that the first piece need not wait for a connection."""
        self._conversation.open()

    @property
    def samples_fd(self) -> int:
        """To be written to: 16 kHz mono, little-endian int16."""
        return self._file.fileno()

    def take(self, piece: Piece) -> None:
        """Send a piece whose samples are written; returns at once.

        Pieces without speech are not sent: servers hear words in silence. Raises InputProblem:
        DECODER_LIMIT where the samples are not there.
        """
        if self._samples.duration_ms < piece.end_ms:
            raise InputProblem(Problem.DECODER_LIMIT, "samples missing")
        if piece.speech:
            deadline = Deadline.after(PIECE_SECONDS + _TURN_SECONDS * (len(self._heard) + 1))
            work = partial(self._hear, piece=piece, deadline=deadline)
            self._heard.append(self._conversation.begin(work))

    def take_all(self, audio: Path, pieces: Sequence[Piece]) -> None:
        """Of a recording that was decoded earlier."""
        unpack(audio, self._file, self._check)
        for piece in pieces:
            self.take(piece)

    def outcomes(self) -> list[Placed | ModelError]:
        """What became of the pieces in order, when all are done. Raises what `check` raises.

        Whatever comes of one piece, the others are heard to the end: answers are kept, so the
        next try only asks for what is missing. Nothing can be sent afterwards: the processes end,
        since the run goes on without them.
        """
        if self._can_align and not self._may_get_times():
            self._aligners.prepare(sum(not each.done() for each in self._heard))
        try:
            return [self._outcome(each) for each in self._heard]
        finally:
            self._aligners.end()

    def _outcome(self, heard: Future[Placed]) -> Placed | ModelError:
        try:
            return awaited(heard, self._check)
        except ModelError as error:
            return error

    async def _hear(self, client: Client, piece: Piece, deadline: Deadline) -> Placed:
        loop = asyncio.get_running_loop()
        async with self._room:
            with tempfile.TemporaryFile(dir=self._workdir) as file:
                sound = await loop.run_in_executor(self._encoders, self._encoded, piece, file)
                heard = await client.transcribe(sound, self._language, deadline)
        align = self._aligners.align if self._can_align else None
        return await loop.run_in_executor(self._listeners, place, piece, heard, align)

    def _may_get_times(self) -> bool:
        """By what is known of the server when the last piece has left."""
        config = self._access.config
        assert config.transcription is not None
        return may_give_times(config.models.transcription, config.transcription)

    def _encoded(self, piece: Piece, file: BufferedIOBase) -> Audio:
        form = self._access.plan.audio_format
        with storage_problems():
            encode(self._samples.seconds(piece.start_ms, piece.end_ms), form, file)
            file.flush()
        return Audio(file, f"talk.{form}", piece.duration_ms)


@contextmanager
def hearing(context: RunContext, check: Check) -> Iterator[Hearing | None]:
    """For a talk that is to be decoded and then transcribed by the model; else `None`."""
    talk, access = context.talk, context.model
    if (
        context.media is not None
        or talk.media_path is None
        or talk.transcript_text.strip()
        or context.draft
        or access is None
        or access.config.transcription is None
    ):
        yield None
        return
    with open_hearing(context, access, check) as opened:
        yield opened


@contextmanager
def open_hearing(context: RunContext, access: ModelAccess, check: Check) -> Iterator[Hearing]:
    """Its samples are in a file without a name: 115 MB for an hour."""
    with (
        conversation_of(access) as conversation,
        tempfile.TemporaryFile(dir=context.workdir) as file,
        Hearing(context, access, conversation, file, check) as opened,
    ):
        yield opened
