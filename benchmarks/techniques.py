"""What makes reports quick, and how each of it is switched off, one at a time.

One more technique is one more entry in `TECHNIQUES`. Where the product has a setting or a flag,
that is used; else the worker is patched before it begins (`benchmarks.patched_worker`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from benchmarks import patches
from benchmarks.ours import PARALLEL
from sessions_app.model_access import CONTENT_REVIEW, WINDOWED


def nothing() -> None:
    """No patch."""


@dataclass(frozen=True, slots=True)
class Technique:
    """`instead` says what happens without it. `contested`: it shows in a talk whose coaching is
    written again. `mode`: what the run says that it was without it.
    """

    instead: str
    told: Mapping[str, str] = field(default_factory=dict)  # settings of the workers
    flag: str = ""  # to be switched off
    patch: Callable[[], None] = nothing
    contested: bool = False
    mode: str = PARALLEL

    @property
    def patches(self) -> bool:
        return self.patch is not nothing


TECHNIQUES: Final[Mapping[str, Technique]] = MappingProxyType({
    "calls side by side": Technique(
        "first the second reading, then the coaching",
        told={"ENABLE_PARALLEL_AI_PROCESSING": "false"},
        mode="sequential",
    ),
    "windows": Technique("the words of the whole talk in one call", flag=WINDOWED),
    "content review": Technique("nobody is asked about the content", flag=CONTENT_REVIEW),
    "pieces": Technique(
        "one request for the whole recording, after decoding", patch=patches.one_request
    ),
    "pieces while decoding": Technique(
        "the same pieces, sent after decoding", patch=patches.pieces_after_decoding
    ),
    "FLAC": Technique("pieces as MP3", told={"TRANSCRIPTION_AUDIO": "mp3"}),
    "rehearsal": Technique("the worker was not warmed", patch=patches.no_rehearsal),
    "fork server": Technique(
        "a new program for every recording to decode", patch=patches.no_fork_server
    ),
    "early regeneration": Technique(
        "coaching anew after the first one is written",
        patch=patches.late_regeneration,
        contested=True,
    ),
})  # fmt: skip
