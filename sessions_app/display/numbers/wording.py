"""Words, their variety and their sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import fmean

from django.utils.translation import gettext as _

from sessions_app.display.numbers import norms
from sessions_app.display.numbers.entry import Places, Way
from sessions_app.display.numbers.ground import Ground, listed
from sessions_app.display.text import number
from sessions_app.speech.vocabulary import WINDOW, content_words, different_words

LONGEST = 3
"""Sentences shown, those of most words."""


def ways(ground: Ground) -> Mapping[str, Way]:
    return {
        "word-count": Way(tuple(_count(ground))),
        "vocabulary-variety": _variety(ground),
        "sentence-words-mean": Way(
            tuple(_sentences(ground)), norms.sentences(), _longest(ground), ("word-count",)
        ),
    }


def _count(ground: Ground) -> Iterator[str]:
    turns = len({word.turn for word in ground.words})
    if turns > 1:
        yield _("%(words)s words in %(turns)s turns of yours; other speakers are left out") % {
            "words": number(ground.metrics.word_count),
            "turns": number(turns),
        }
    else:
        yield _("%(words)s words, fillers and repetitions too") % {
            "words": number(ground.metrics.word_count)
        }


def _variety(ground: Ground) -> Way:
    if ground.metrics.vocabulary_variety is None:
        return Way(norm=norms.vocabulary())
    kept = content_words(ground.words, ground.material.filler_forms)
    counts = different_words([ground.words[at].text for at in kept])
    lines = (
        _("%(kept)s of %(all)s words, without those that are spelt like fillers")
        % {"kept": number(len(kept)), "all": number(len(ground.words))},
        _("%(windows)s windows of %(size)s words hold %(mean)s different words on average")
        % {
            "windows": number(len(counts)),
            "size": number(WINDOW),
            "mean": number(fmean(counts), 2),
        },
        _("%(mean)s ÷ %(size)s = %(share)s %%")
        % {
            "mean": number(fmean(counts), 2),
            "size": number(WINDOW),
            "share": number(ground.metrics.vocabulary_variety * 100),
        },
    )
    return Way(lines, norms.vocabulary(), _plainest(ground, kept, counts), ("word-count",))


def _plainest(ground: Ground, kept: list[int], counts: list[int]) -> tuple[Places, ...]:
    """The window with fewest different words."""
    first = counts.index(min(counts))
    note = _("%(count)s different words") % {"count": number(counts[first])}
    start, end = kept[first], kept[first + WINDOW - 1] + 1
    return listed(_("Where fewest words differ"), [ground.place(start, end, note)])


def _sentences(ground: Ground) -> Iterator[str]:
    if ground.metrics.sentence_words_mean is not None:
        yield _("%(words)s words ÷ %(sentences)s sentences = %(mean)s") % {
            "words": number(ground.metrics.word_count),
            "sentences": number(len(ground.material.sentences)),
            "mean": number(ground.metrics.sentence_words_mean, 1),
        }


def _longest(ground: Ground) -> tuple[Places, ...]:
    if ground.metrics.sentence_words_mean is None:
        return ()
    ranked = sorted(ground.material.sentences, key=lambda pair: pair[0] - pair[1])[:LONGEST]
    note = _("%(count)s words")
    places = (
        ground.place(start, end, note % {"count": number(end - start)})
        for start, end in sorted(ranked)
    )
    return listed(_("Longest sentences"), places)
