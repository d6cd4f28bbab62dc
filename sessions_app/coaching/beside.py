"""Coaching beside the earlier talks as they are by now: corrected, deleted, or read again."""

from __future__ import annotations

from dataclasses import replace

from sessions_app.coaching.phrases import phrases
from sessions_app.coaching.progress import acknowledgement, comparisons, news_of
from sessions_app.coaching.rule_based import too_short_to_coach
from sessions_app.coaching.schemas import Coaching
from sessions_app.coaching.situation import Situation


def beside_earlier(coaching: Coaching, situation: Situation, *, by_rules: bool) -> Coaching:
    """With the comparisons of `situation`. What a model said of the earlier talks stays until the
    news is another; then it is said in our own sentences, or not at all where there are none in
    its language.
    """
    now = comparisons(situation)
    if now == coaching.comparisons or too_short_to_coach(situation.metrics):
        return coaching
    told = news_of(coaching.comparisons, situation)
    if not by_rules and told == news_of(now, situation):
        return replace(coaching, comparisons=now)
    texts = phrases(situation.language)
    ours = texts.language == coaching.language[:2].casefold()
    said = acknowledgement(situation, texts) if ours else ""
    return replace(coaching, comparisons=now, acknowledgement=said)
