"""The speech engine: the only import of pocketsphinx.

Its English model comes with its wheel. Every answer it gives may be missing: results are None
after silence, and empty audio raises.
"""

from __future__ import annotations

import itertools
import math
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pocketsphinx import Decoder
from pocketsphinx.lm import ArpaBoLM

from sessions_app.recognition.letters import pronounce

NAME = "pocketsphinx-" + ".".join(version("pocketsphinx").split(".")[:2])

_FRAME_MS = 10
# Shorter audio has no complete analysis window, and the engine raises.
_SHORTEST_BYTES = 16_000 * 2 // 10
_VARIANT = re.compile(r"\(\d+\)$")
_LOWEST_SCORE = 1e-300
UNKNOWN_SPEECH = "[SPEECH]"
# The dictionary knows them with the vowel of "cut" only. Drawn out they have that of "father".
_OPEN_HESITATIONS = {"uh": "AA", "uhh": "AA", "um": "AA M", "umm": "AA M"}
# How much worse than the best a way may be that leaves a word, as much as inside a word: the
# engine's own 7e-29 drops the right way during a cough, and it cannot come back.
_WORD_BEAM = 1e-48


def knows_language(language: str) -> bool:
    """English, by any of its codes: "en", "en-GB", "en_US"."""
    return language.casefold().replace("_", "-").split("-")[0] == "en"


@dataclass(frozen=True, slots=True)
class Heard:
    """What the engine took a stretch of audio for, milliseconds from the stretch's start.

    `text` is a dictionary word, or a mark in brackets: "<sil>", "[NOISE]", "[SPEECH]".
    `fit` is the mean log likelihood per 10 ms frame, 0 at best. `confidence` is 0–1.
    """

    text: str
    start_ms: int
    end_ms: int
    confidence: float
    fit: float

    @property
    def is_word(self) -> bool:
        return self.text[0] not in "<[+"


class Engine:
    """One decoder. Not for use by two threads."""

    def __init__(self, **config: object) -> None:
        self._decoder = Decoder(loglevel="FATAL", cmn="batch", **config)
        self._guessed: set[str] = set()

    def hear(self, pcm: bytes) -> tuple[Heard, ...]:
        """Decodes one stretch with the active search; empty where nothing was recognised."""
        if len(pcm) < _SHORTEST_BYTES:
            return ()
        self._decoder.start_utt()
        try:
            self._decoder.process_raw(pcm, full_utt=True)
        finally:
            self._decoder.end_utt()
        return tuple(_heard(segment) for segment in self._decoder.seg() or ())

    def forget_noise(self) -> None:
        """What comes next is from another recording, or from elsewhere in it.

        Else the noise of what was heard last counts, which moves the first word by up to 80 ms.
        """
        self._decoder.reinit_feat()

    def knows(self, word: str) -> bool:
        return self._decoder.lookup_word(word) is not None

    def learn(self, words: set[str]) -> None:
        """Adds unknown words (letters and apostrophes) with a guessed pronunciation.

        What was learned before has no part in it: texts are aligned alike in any order.
        """
        for word in sorted(words):
            if not self.knows(word):
                self._decoder.add_word(word, pronounce(word, self._in_dictionary), False)
                self._guessed.add(word)

    def _in_dictionary(self, word: str) -> str | None:
        phones: str | None = None if word in self._guessed else self._decoder.lookup_word(word)
        return phones

    def also_say(self, word: str, phones: str) -> None:
        """A second pronunciation of a word of the dictionary."""
        self._decoder.add_word(f"{word}(2)", phones, False)

    def expect_exactly(self, words: list[str]) -> None:
        """From now on `hear` places these words, all of them known, in this order."""
        self._decoder.set_align_text(" ".join(words))

    def entries(self, words: set[str]) -> Iterator[str]:
        """Dictionary lines of these words with all their pronunciations."""
        for word in sorted(words):
            for name in itertools.chain([word], (f"{word}({n})" for n in itertools.count(2))):
                phones = self._decoder.lookup_word(name)
                if phones is None:
                    break
                yield f"{name} {phones}\n"


def _heard(segment: object) -> Heard:
    start, end = segment.start_frame, segment.end_frame + 1  # type: ignore[attr-defined]
    score = math.log(max(segment.ascore, _LOWEST_SCORE))  # type: ignore[attr-defined]
    return Heard(
        _VARIANT.sub("", segment.word),  # type: ignore[attr-defined]
        start * _FRAME_MS,
        end * _FRAME_MS,
        min(1.0, max(0.0, segment.prob)),  # type: ignore[attr-defined]
        score / max(1, end - start),
    )


def alignment_engine() -> Engine:
    engine = Engine(lm=None, wbeam=_WORD_BEAM)
    for word, phones in _OPEN_HESITATIONS.items():
        engine.also_say(word, phones)
    return engine


def phrase_engine(words: Sequence[str], teacher: Engine, folder: Path) -> Engine:
    """Recognises speech made of the phrases of a text: one fast pass over every second frame.

    `teacher` knows all the words. The engine gets a dictionary of just these: adding a small
    language model to the full dictionary takes it 8 seconds.
    """
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        arpa, dictionary = Path(scratch) / "phrases.arpa", Path(scratch) / "phrases.dict"
        dictionary.write_text("".join(teacher.entries(set(words))), encoding="utf-8")
        model = _phrase_model(words)
        model.write_file(str(arpa))
        return Engine(
            lm=str(arpa),
            dict=str(dictionary),
            fwdflat=False,
            bestpath=False,
            maxhmmpf=1000,
            maxwpf=10,
            ds=2,
        )


def _phrase_model(words: Sequence[str]) -> ArpaBoLM:
    """What `ArpaBoLM(text=…)` makes of one sentence. That searches the line with an expression
    that takes the square of its length, 37 seconds for an hour's talk, so it is counted here.
    """
    model = ArpaBoLM()
    sentence = ["<s>", *words, "</s>"]
    for word in sentence:
        model.grams_1[word] += 1
    for first, second in itertools.pairwise(sentence):
        model.grams_2[first][second] += 1
    for first, second, third in zip(sentence, sentence[1:], sentence[2:], strict=False):
        model.grams_3[first][second][third] += 1
    model.compute()
    return model


def draft_engine() -> Engine:
    """The whole English model, held to about 4 times realtime or better on one core.

    Two Gaussians per codebook instead of four save a quarter of the time and lose hardly a word.
    """
    return Engine(maxhmmpf=3000, maxwpf=10, topn=2)
