"""Words written by the configured model, piece by piece and all pieces at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from ai.batch import gather_by_id
from ai.client import Client
from ai.errors import ModelError
from ai.questions import Audio, Deadline
from sessions_app.media.encoding import encode
from sessions_app.recognition.engine import NAME
from sessions_app.recognition.joining import joined
from sessions_app.recognition.pcm import Recording, open_recording
from sessions_app.recognition.pieces import Piece, pieces
from sessions_app.stages.context import Check, ModelAccess, RunContext
from sessions_app.stages.conversing import converse
from sessions_app.stages.hesitations import are_dropped
from sessions_app.stages.outputs import (
    LONGEST_ENGINE,
    Caveat,
    MediaOutput,
    TextSource,
    Timing,
    TranscriptionOutput,
)
from sessions_app.stages.placing import Placed, Placer
from sessions_app.stages.unheard import unheard

PIECE_SECONDS: Final = 120.0
"""A server takes two seconds for a piece. There is time for a second attempt after one that
stalled (60 s), and for what servers ask to wait when they are busy, half a minute mostly."""

_TURN_SECONDS: Final = 10.0
"""And for its turn: with no more than six requests a minute allowed, nobody is left out."""

_EXACT = (Timing.RECOGNISED, Timing.ALIGNED)
_EXACT_SHARE = 0.6  # of the words: from here on the talk's times count as exact, …
_ALL_EXACT_SHARE = 0.85  # … and below this the report says that some are not


def api_words(
    context: RunContext, access: ModelAccess, media: MediaOutput, audio: Path, check: Check
) -> TranscriptionOutput:
    """Raises ModelAway, DraftInstead, StageProblem TRANSCRIPTION_UNAVAILABLE.

    Pieces without speech are not sent: servers hear words in silence. Whatever comes of one
    piece, the others are heard to the end: answers are kept, so the next try only asks for
    what is missing.
    """
    language = context.talk.language
    spoken = [
        piece
        for piece in pieces(media.duration_ms, media.cut_points_ms, media.speech_regions)
        if piece.speech
    ]
    with (
        open_recording(audio, context.workdir, check) as recording,
        ThreadPoolExecutor(1) as listener,
    ):
        placer = Placer(recording, language, context.workdir, check)
        desk = _Desk(access, recording, placer, listener, language)
        outcomes = converse(access, check, lambda client: desk.hear_all(client, spoken))
    failed = [outcome for outcome in outcomes if isinstance(outcome, ModelError)]
    if failed:
        raise unheard(failed, waits=access.waits, language=language)
    return _output([part for part in outcomes if isinstance(part, Placed)], access, language)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Sends pieces out and takes in what was heard. `listener` is a single thread, so that the
    event loop goes on while times are looked for.
    """

    access: ModelAccess
    recording: Recording
    placer: Placer
    listener: Executor
    language: str

    async def hear_all(self, client: Client, spoken: Sequence[Piece]) -> list[Placed | ModelError]:
        seconds = PIECE_SECONDS + _TURN_SECONDS * len(spoken)
        deadline = Deadline.after(seconds)
        work = {piece: partial(self._hear, client, piece, deadline) for piece in spoken}
        outcomes = await gather_by_id(work, self.access.config.budget.concurrency)
        return list(outcomes.values())

    async def _hear(self, client: Client, piece: Piece, deadline: Deadline) -> Placed:
        sound = await asyncio.to_thread(self._encoded, piece)
        heard = await client.transcribe(sound, self.language, deadline)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.listener, self.placer.place, piece, heard)

    def _encoded(self, piece: Piece) -> Audio:
        form = self.access.plan.audio_format
        pcm = self.recording.slice(piece.start_ms, piece.end_ms)
        return Audio(encode(pcm, form), f"talk.{form}", piece.duration_ms)


def _output(parts: Sequence[Placed], access: ModelAccess, language: str) -> TranscriptionOutput:
    words = joined((part.piece, part.words) for part in parts)
    model = access.config.models.transcription
    timing, caveats = _quality(parts)
    if are_dropped(model, words, language):
        caveats += (Caveat.HESITATIONS_DROPPED,)
    return TranscriptionOutput(
        words, TextSource.API, timing, language, _engine(access, timing), caveats
    )


def _engine(access: ModelAccess, timing: Timing) -> str:
    """Such as "whisper-1 at api.openai.com"; long names lose their end."""
    endpoint = access.config.transcription
    host = urlsplit(endpoint.base_url).hostname if endpoint else None
    aligned = f", {NAME} alignment" if timing is Timing.ALIGNED else ""
    name = f"{access.config.models.transcription} at {host}"
    return name[: LONGEST_ENGINE - len(aligned)] + aligned


def _quality(parts: Sequence[Placed]) -> tuple[Timing, tuple[Caveat, ...]]:
    """One word for times that came about in several ways, by the words of each."""
    counts = Counter[Timing]()
    for part in parts:
        counts[part.timing] += len(part.words)
    total = sum(counts.values())
    exact = sum(counts[timing] for timing in _EXACT)
    if total and exact >= _EXACT_SHARE * total:
        timing = max(_EXACT, key=counts.__getitem__)
        return timing, () if exact >= _ALL_EXACT_SHARE * total else (Caveat.TRANSCRIPT_DIFFERS,)
    if total and not counts[Timing.APPROXIMATE]:
        return Timing.CUES, ()
    return Timing.APPROXIMATE, (Caveat.TIMES_APPROXIMATE,)
