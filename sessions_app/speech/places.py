"""Where a word stands: what the marks, pauses and sounds around it say about its use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sessions_app.speech.atoms import Atom, Break
from sessions_app.speech.context import Setting
from sessions_app.speech.packs import AmbiguousFiller, Verdict
from sessions_app.speech.phrases import spoken_beside

SET_OFF_PAUSE_MS = 350
"""Silence that sets a word off as a comma would: above the closures inside fluent speech
(under 200 ms) and the usual gap between phrases (Goldman-Eisler's 250 ms limit), rounded up."""


@dataclass(frozen=True, slots=True)
class Place:
    """The surroundings of atoms `first` up to, not including, `last`; the end of a turn is
    neither mark nor pause."""

    setting: Setting
    first: int
    last: int

    @property
    def begins(self) -> bool:
        """A sentence or turn begins here."""
        return self._start.before >= Break.TERMINAL

    @property
    def ends(self) -> bool:
        return self._end.after >= Break.TERMINAL

    @property
    def asks(self) -> bool:
        """Closes a question, and is not all of it."""
        return "?" in self._end.mark_after and not self.begins

    @property
    def trails(self) -> bool:
        return self._end.after is Break.ELLIPSIS

    @property
    def breaks_before(self) -> bool:
        return _is_mark(self._start.before) or self.paused_before

    @property
    def breaks_after(self) -> bool:
        return self.marked_after or self.paused_after

    @property
    def halts_before(self) -> bool:
        """A break or a sound such as "uh"."""
        return self.breaks_before or self._sound(self.first - 1)

    @property
    def halts_after(self) -> bool:
        return self.breaks_after or self._sound(self.last)

    @property
    def marked_after(self) -> bool:
        return _is_mark(self._end.after)

    @property
    def marked(self) -> bool:
        """Marks on both sides."""
        return _is_mark(self._start.before) and self.marked_after

    @property
    def paused_before(self) -> bool:
        return _is_pause(self._start.gap_before)

    @property
    def paused_after(self) -> bool:
        return _is_pause(self._end.gap_after)

    def follows(self, words: Iterable[str]) -> bool:
        """Whether the word right before it is one of these."""
        before, _ = spoken_beside(self.setting.atoms, self.first, self.last)
        return before in words

    def leads_to(self, words: Iterable[str]) -> bool:
        """Whether the next word is one of these, whatever mark stands before it."""
        after = self.setting.atoms[self.last : self.last + 1]
        return any(atom.norm in words for atom in after)

    @property
    def _start(self) -> Atom:
        return self.setting.atoms[self.first]

    @property
    def _end(self) -> Atom:
        return self.setting.atoms[self.last - 1]

    def _sound(self, beside: int) -> bool:
        known = beside in self.setting.fillers
        return known and self.setting.atoms[beside].turn == self._start.turn


def verdict_by_place(entry: AmbiguousFiller, place: Place) -> Verdict:
    """What the place alone says, by the first rule of `AmbiguousFiller` that holds."""
    verdict = entry.tag if place.asks else _stated(entry, place)
    if verdict is Verdict.COUNTED and place.leads_to(entry.doubtful_before):
        return Verdict.POSSIBLE
    return verdict


_Rule = tuple[Verdict | None, bool]


def _stated(entry: AmbiguousFiller, place: Place) -> Verdict:
    rules = (*_between_breaks(entry, place), *_in_the_flow(entry, place))
    found = (verdict for verdict, holds in rules if holds and verdict is not None)
    return next(found, entry.otherwise)


def _between_breaks(entry: AmbiguousFiller, place: Place) -> Iterator[_Rule]:
    led = place.follows(entry.led_in_by)
    opens = entry.opens if place.marked_after else _first(entry.paused, entry.opens)
    set_off = entry.set_off if place.marked else _first(entry.paused, entry.set_off)
    yield entry.trails, place.trails and (place.begins or place.breaks_before or led)
    yield entry.closes, place.ends and place.breaks_before
    yield opens, place.begins and place.breaks_after
    yield set_off, place.breaks_before and place.breaks_after
    yield Verdict.POSSIBLE, (led or place.halts_before) and place.halts_after


def _in_the_flow(entry: AmbiguousFiller, place: Place) -> Iterator[_Rule]:
    yield entry.starts, place.begins
    yield entry.unmarked, not place.setting.punctuated


def _first(given: Verdict | None, general: Verdict) -> Verdict:
    return general if given is None else given


def _is_mark(mark: Break) -> bool:
    return Break.ELLIPSIS <= mark < Break.EDGE


def _is_pause(gap_ms: int | None) -> bool:
    return gap_ms is not None and gap_ms >= SET_OFF_PAUSE_MS
