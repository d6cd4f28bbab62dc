"""Language packs: what the rules know about one language, read from `packs/<language>.yaml`.

The folder of data beside this module has no `__init__`, so that the name stays the module's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from sessions_app.speech.atoms import unstretched

_FOLDER = Path(__file__).with_name("packs")
_LANGUAGE = re.compile(r"^[a-z]{2,3}")


class Verdict(StrEnum):
    COUNTED = "counted"
    POSSIBLE = "possible"
    NO = "no"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Spelled(_Strict):
    forms: tuple[str, ...]


class LexicalFiller(_Spelled):
    """A sound that is always a filler. `not_upper`: in capitals it is an abbreviation ("ER")."""

    label: str
    not_upper: bool = False


class AmbiguousFiller(_Spelled):
    """A word or phrase that is a filler in some contexts only.

    None beside a word of `never_after` or `never_before`, nor of `never_before_unmarked` in text
    whose writer would have set a mark between. With `model` the context model decides:
    a filler from probability `cut` on. Otherwise its place does, by the first that holds, those
    skipped that are not given:

    - `tag`: closes a question
    - `trails`: an ellipsis after it; a mark, a pause, the beginning of a sentence or a word of
      `led_in_by` before it
    - `closes`: closes another sentence or a turn, mark or pause before it
    - `opens`: starts a sentence, mark or pause after it
    - `set_off`: marks or pauses on both sides
    - possible: a sound such as "uh" in place of a break, or a word of `led_in_by` ("and") before
      it and a break after it
    - `starts`: starts a sentence and goes on without a break
    - `unmarked`: text without marks
    - `otherwise`

    `paused` stands for `opens` and `set_off` where a pause takes the place of a mark. Before a
    word of `doubtful_before`, a mark between or not, what would be counted is only possible.
    """

    label: str
    model: bool = False
    cut: float = 0.55
    never_after: frozenset[str] = frozenset()
    never_before: frozenset[str] = frozenset()
    never_before_unmarked: frozenset[str] = frozenset()
    doubtful_before: frozenset[str] = frozenset()
    led_in_by: frozenset[str] = frozenset()
    tag: Verdict = Verdict.NO
    trails: Verdict | None = None
    closes: Verdict | None = None
    set_off: Verdict = Verdict.NO
    opens: Verdict = Verdict.NO
    paused: Verdict | None = None
    starts: Verdict | None = None
    unmarked: Verdict | None = None
    otherwise: Verdict = Verdict.NO


class Hedge(_Spelled):
    label: str
    never_after: frozenset[str] = frozenset()
    never_before: frozenset[str] = frozenset()


class Opener(_Spelled):
    """A phrase that weakens the opening; `why` and `advice` replace the general ones."""

    label: str
    why: str = ""
    advice: str = ""


class Term(_Spelled):
    """A non-inclusive term; `alternative` is what to say instead."""

    term: str
    reason: str
    alternative: str
    never_before: frozenset[str] = frozenset()
    never_after: frozenset[str] = frozenset()


class Advice(_Strict):
    why: str
    advice: str


class Example(_Strict):
    """A text and the labels found in it, in order. A pack's examples run as tests."""

    text: str
    counted: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    restarts: tuple[str, ...] = ()


class LanguagePack(_Strict):
    """One language. Forms are lower case with plain apostrophes, words separated by one space.

    `classes` groups closed-class words for the context model. `texts` is keyed by finding kind,
    or `kind/label` where a label has its own.
    """

    language: str
    name: str
    lexical: tuple[LexicalFiller, ...]
    not_fillers: tuple[str, ...] = ()
    ambiguous: tuple[AmbiguousFiller, ...] = ()
    hedges: tuple[Hedge, ...] = ()
    openers: tuple[Opener, ...] = ()
    starters: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    repeatable: frozenset[str] = frozenset()
    cut_off_joins: frozenset[str] = frozenset()
    stop_words: frozenset[str] = frozenset()
    worn_words: frozenset[str] = frozenset()
    terms: tuple[Term, ...] = ()
    classes: dict[str, frozenset[str]] = Field(default_factory=dict)
    texts: dict[str, Advice] = Field(default_factory=dict)
    places: dict[str, str] = Field(default_factory=dict)
    examples: tuple[Example, ...] = ()

    @cached_property
    def filler_forms(self) -> dict[str, LexicalFiller | AmbiguousFiller | None]:
        """Every spelling a filler is looked up under; `None` for what looks like one but is not."""
        forms: dict[str, LexicalFiller | AmbiguousFiller | None] = {}
        entries: list[LexicalFiller | AmbiguousFiller] = [*self.lexical, *self.ambiguous]
        for entry in entries:
            forms.update(dict.fromkeys(entry.forms, entry))
        forms.update(dict.fromkeys(self.not_fillers))
        return forms

    @cached_property
    def lexical_forms(self) -> frozenset[str]:
        return frozenset(form for entry in self.lexical for form in entry.forms)

    def divides(self, whole: str, parts: Sequence[str]) -> bool:
        """Sounds and phrases are taken out of a hyphenated word unless it is an answer itself."""
        forms = self.filler_forms
        if whole in forms and forms[whole] is None:
            return False
        sounds = any(form in self.lexical_forms for part in parts for form in unstretched(part))
        return sounds or " ".join(parts) in forms

    @cached_property
    def word_classes(self) -> dict[str, tuple[str, ...]]:
        """The classes of each word that has any, sorted."""
        named = sorted(self.classes.items())
        words = sorted(frozenset().union(*self.classes.values()))
        return {word: tuple(name for name, members in named if word in members) for word in words}

    def advice(self, kind: str, label: str = "") -> Advice:
        """The texts for a finding. Raises `KeyError` for a kind the pack has no text for."""
        return self.texts.get(f"{kind}/{label}") or self.texts[kind]


@cache
def load_pack(language: str) -> LanguagePack | None:
    """The pack of a language code ("en", "en-GB"), `None` when there is none.

    Raises `pydantic.ValidationError` or `yaml.YAMLError` for a broken pack.
    """
    code = _LANGUAGE.match(language.lower())
    path = _FOLDER / f"{code.group()}.yaml" if code else None
    if path is None or not path.is_file():
        return None
    return LanguagePack.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
