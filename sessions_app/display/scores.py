"""Scores with their bands, overall first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions_app.display.earlier import Earlier, Usual, usual_score
from sessions_app.display.names import BANDS, SCORES, name_of
from sessions_app.display.score_basis import basis
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.scores import Score, Scores, too_short


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """`value` is `None` where the recording cannot support a score; `band` is its code.

    `basis` says which measures it comes from, or lacks; empty while there are no measures.
    `usual` is what the speaker's earlier talks had, `None` where none had this score.
    """

    key: str
    label: str
    value: int | None
    band: str
    band_name: str
    basis: str
    usual: Usual | None


def score_cards(
    scores: Scores | None, metrics: Metrics | None, earlier: Sequence[Earlier] = ()
) -> tuple[ScoreCard, ...]:
    """Every score beside the `earlier` talks; structure only where a content review gave one."""
    cards = (_card(key, scores, metrics, earlier) for key in SCORES)
    return tuple(card for card in cards if card.key != "structure" or card.value is not None)


def why_unscored(metrics: Metrics | None) -> str:
    """For a report none of whose scores is there."""
    if metrics is not None and metrics.speaking_ms is None:
        return _("There are no scores: they need a recording with the times of its words.")
    if metrics is None or too_short(metrics):
        return _("There is too little speech here for scores. Half a minute is enough.")
    return _(
        "There are no scores: what they need is missing. “How the scores come about” has more."
    )


def _card(
    key: str, scores: Scores | None, metrics: Metrics | None, earlier: Sequence[Earlier]
) -> ScoreCard:
    score: Score | None = getattr(scores, key) if scores else None
    band = str(score.band) if score else ""
    return ScoreCard(
        key=key,
        label=name_of(SCORES, key),
        value=score.value if score else None,
        band=band.replace("_", "-"),
        band_name=name_of(BANDS, band) if band else "",
        basis=basis(key, score, metrics) if metrics else "",
        usual=usual_score(earlier, key, scores) if scores and score else None,
    )
