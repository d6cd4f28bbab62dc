"""Which candidates are filler words after all, which are not, and which were missed.

By the next word and by marks, which is enough to be plausible and to differ from the product's
own rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random

from tests.openai_sim.answers.brief import Data
from tests.openai_sim.answers.numbered import plain, read

SURE = 0.9
# By a comma or dots, a dash, or anything that stands between the word and the next number.
_SET_OFF = re.compile(r"[,…]$|\.\.\.$|[-–—]$|\s\S")

MEANT_BEFORE: Mapping[str, frozenset[str]] = {
    label: frozenset(words.split())
    for label, words in {
        "like": "a an the to this that these those it him her them my your his our their "
        "coffee tea music dogs cats",
        "well": "known done made being enough worth within before after above below",
        "so": "far much many that long few little often",
        "right": "now hand away there here side answer thing choice direction amount",
        "you know": "how what that why where whether who when the him her them",
        "i mean": "it that this business well what",
        "kind of": "person people thing work question problem",
        "sort of": "person people thing work question problem",
        "now": "that is and on we",
        "see": "the a an it that this what how why if you him her them",
        "just": "as like a the one because before after enough",
        "okay": "to with for if",
        "actually": "works happened happens exists did is was",
        "basically": "the a an",
        "literally": "the a an",
    }.items()
}
MISSED = frozenset({"kinda", "innit", "y'know", "whatnot", "yada"})

WHY_REJECTED = ("carries meaning here", "belongs to the phrase", "needed by the sentence")
WHY_CONFIRMED = ("set off by a mark", "stands apart from the sentence", "adds nothing here")
WHY_MISSED = ("fills a gap", "says nothing", "a habit word")


def write(data: Data, choices: Random) -> dict[str, object]:
    words = read(str(data.get("words", "")))
    first, last = int(data.get("first", 0)), int(data.get("last", max(words, default=0)))
    inside = [each for each in data.get("candidates", ()) if first <= each[0] and each[1] <= last]
    return {
        "rejected": [
            _verdict(each, choices.choice(WHY_REJECTED)) for each in inside if _meant(each, words)
        ],
        "confirmed": [
            _verdict(each, choices.choice(WHY_CONFIRMED)) for each in inside if _filler(each, words)
        ],
        "missed": [
            {**_verdict([at, at], choices.choice(WHY_MISSED)), "kind": "filler"}
            for at in _missed(words, inside)
            if first <= at <= last
        ],
    }


def _verdict(candidate: Sequence[object], why: str) -> dict[str, object]:
    return {"first": candidate[0], "last": candidate[1], "sure": SURE, "why": why}


def _meant(candidate: Sequence[object], words: Mapping[int, str]) -> bool:
    """A counted one that the next word makes part of the sentence."""
    _, last, label, status = candidate[:4]
    following = words.get(int(str(last)) + 1)
    if status != "counted" or following is None or _set_off(words.get(int(str(last)), "")):
        return False
    return plain(following) in MEANT_BEFORE.get(str(label).casefold(), frozenset())


def _filler(candidate: Sequence[object], words: Mapping[int, str]) -> bool:
    """A possible one with a comma or a pause after it."""
    _, last, _, status = candidate[:4]
    return status == "possible" and _set_off(words.get(int(str(last)), ""))


def _set_off(word: str) -> bool:
    return bool(_SET_OFF.search(word))


def _missed(words: Mapping[int, str], candidates: Sequence[Sequence[int]]) -> list[int]:
    taken = {at for each in candidates for at in range(each[0], each[1] + 1)}
    return [at for at, word in words.items() if at not in taken and plain(word) in MISSED]
