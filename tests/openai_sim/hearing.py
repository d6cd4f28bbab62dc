"""What is said in a file of sound: in a known talk what its words are, else something that fits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import av

from tests.openai_sim import options
from tests.openai_sim.invented import words_for
from tests.openai_sim.sound import RATE, Sound, decode
from tests.openai_sim.talks import Talk, read_words
from tests.openai_sim.transcripts import Word


@dataclass(frozen=True, slots=True)
class Heard:
    words: tuple[Word, ...]
    duration_ms: int


class Hearing:
    """Remembers every file, so that nobody's processor is taken twice for the same sound."""

    def __init__(self, talks: Iterable[options.Talk], seed: int) -> None:
        self._seed = seed
        self._talks = [Talk.load(talk.audio, talk.words) for talk in talks]
        self._heard: dict[bytes, Heard] = {}

    def learn(self, talks: Iterable[options.Talk], *, whole: bool) -> None:
        """In place of all known talks. With `whole` only their files as they are will be known,
        which takes no decoding; else any piece of them.
        """
        if whole:
            self._talks = []
            self._heard = {_digest(talk.audio.read_bytes()): _stated(talk) for talk in talks}
        else:
            self._talks = [Talk.load(talk.audio, talk.words) for talk in talks]
            self._heard = {}

    def listen(self, file: bytes) -> Heard:
        """Raises `Undecodable`."""
        digest = _digest(file)
        known = self._heard.get(digest)
        if known is None:
            sound = decode(file)
            known = Heard(self._words(sound), round(sound.size * 1000 / RATE))
            self._heard[digest] = known
        return known

    def _words(self, sound: Sound) -> tuple[Word, ...]:
        for talk in self._talks:
            words = talk.words_of(sound)
            if words is not None:
                return words
        return words_for(sound, self._seed)


def _digest(file: bytes) -> bytes:
    return hashlib.blake2b(file, digest_size=16).digest()


def _stated(talk: options.Talk) -> Heard:
    """As long as its header says."""
    with av.open(str(talk.audio)) as container:
        length = (container.duration or 0) * 1000 // av.time_base
    return Heard(read_words(talk.words), length)
