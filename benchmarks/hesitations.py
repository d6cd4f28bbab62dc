"""How far the "um" and "uh" that we find are from where somebody else heard them.

    python -m benchmarks.hesitations AUDIO TRANSCRIPT TEXTGRID

The first tier of TEXTGRID, a file of Praat, holds the words as somebody else placed them. Prints
the start of each hesitation there and here, and how far the starts of all words lie apart, in
milliseconds. `docs/timing.md` has the recordings that were measured.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks.talk import TimedWord
from benchmarks.textgrid import first_tier
from sessions_app.recognition.wording import key
from sessions_app.speech.fillers import find_fillers
from sessions_app.speech.packs import load_pack
from sessions_app.speech.words import Word
from sessions_app.stages import media
from sessions_app.stages.context import Limits, RunContext, Talk
from sessions_app.stages.own_text import own_words

LIMITS = Limits(10**9, 90, 1_000, 512, 300)


def heard(audio: Path, transcript: str, folder: Path) -> RunContext:
    """The recording, decoded, and the words of the transcript at their times in it."""
    talk = Talk("", "en", "presentation", None, None, audio, transcript, "txt", "")
    bare = RunContext(talk, LIMITS, folder)
    decoded = replace(bare, media=media.run(bare, go_on), audio_path=folder / media.SOUND_NAME)
    return replace(decoded, transcription=own_words(decoded, go_on))


def go_on() -> None:
    """A check that never stops the work."""


def paired(words: Sequence[Word], placed: Sequence[TimedWord]) -> Iterator[tuple[int, TimedWord]]:
    """The words that both have, by index of ours."""
    ours, theirs = [key(word.text) for word in words], [key(text) for text, _, _ in placed]
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for first, second, size in matcher.get_matching_blocks():
        yield from ((first + step, placed[second + step]) for step in range(size))


def _table(words: Sequence[Word], placed: Sequence[TimedWord]) -> Iterator[str]:
    pack = load_pack("en")
    assert pack is not None
    sounds = {found.start_word for found in find_fillers(words, pack) if found.lexical}
    errors = []
    yield "| word | there | here | apart |\n|---|---|---|---|"
    for index, (text, start, _) in paired(words, placed):
        ours = words[index].start_ms
        if ours is None:
            continue
        errors.append(abs(ours - start))
        if index in sounds:
            yield f"| {text} | {start} | {ours} | {ours - start:+} |"
    ranked = sorted(errors)
    middle, most = statistics.median(ranked), ranked[int(len(ranked) * 0.9)]
    yield f"\n{len(errors)} words: median {middle:.0f} ms, p90 {most} ms, most {ranked[-1]} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("audio", "transcript", "textgrid"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    placed = first_tier(given.textgrid.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as name:
        text = given.transcript.read_text(encoding="utf-8")
        spoken = heard(given.audio, text, Path(name)).transcription
    assert spoken is not None
    sys.stdout.write("\n".join(_table(spoken.words, placed)) + "\n")


if __name__ == "__main__":
    main()
