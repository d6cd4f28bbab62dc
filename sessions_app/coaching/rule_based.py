"""Template coaching: advice chosen by the data of one talk, in sentences written beforehand."""

from __future__ import annotations

from sessions_app.coaching.focus import choose
from sessions_app.coaching.focusing import Focus
from sessions_app.coaching.goals import goal_for
from sessions_app.coaching.phrases import POINTING, AdviceTexts, Exercise, Phrases, phrases
from sessions_app.coaching.progress import acknowledgement, comparisons
from sessions_app.coaching.schemas import Coaching, FocusArea, PlanStep
from sessions_app.coaching.sentences import sentences
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.strengths import Strength, sentences_for, strengths_of
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.scores import MIN_WORDS, too_short

_CLOSE_TOPICS = {"repetition": "fluent", "hedges": "plain", "pace": "even"}
"""A topic under work and the strength that would contradict it."""


def coach(situation: Situation) -> Coaching:
    """Coaching with slots in place of quantities; `coaching.slots` fills them when shown.

    The same talk gets the same words every time; another talk gets others. Languages without a
    table of sentences get the English ones: `language` tells.
    """
    texts = phrases(situation.language)
    if too_short_to_coach(situation.metrics):
        return _for_a_short_talk(situation, texts)
    focuses = choose(situation)
    chosen = [_area(situation, focus, texts) for focus in focuses]
    busy = {focus.topic for focus in focuses}
    busy |= {_CLOSE_TOPICS[topic] for topic in busy if topic in _CLOSE_TOPICS}
    strengths = strengths_of(situation, frozenset(busy))
    return Coaching(
        language=texts.language,
        summary=_summary(situation, focuses, strengths, texts),
        strengths=sentences_for(situation, strengths, texts),
        focus_areas=tuple(area for area, _ in chosen),
        goal=goal_for(situation, focuses, texts),
        plan=_plan([step for _, step in chosen], texts),
        acknowledgement=acknowledgement(situation, texts),
        comparisons=comparisons(situation),
    )


def too_short_to_coach(metrics: Metrics) -> bool:
    """Under thirty words, or under fifteen seconds where times are known."""
    timed = metrics.speaking_ms is not None
    return too_short(metrics) if timed else metrics.word_count < MIN_WORDS


def _for_a_short_talk(situation: Situation, texts: Phrases) -> Coaching:
    return Coaching(
        language=texts.language,
        summary=situation.pick(texts.summary["short"], "short"),
        strengths=(),
        focus_areas=(),
        goal=None,
        plan=(),
        acknowledgement="",
    )


def _area(situation: Situation, focus: Focus, texts: Phrases) -> tuple[FocusArea, PlanStep]:
    advice = texts.advice[focus.advice]
    exercise = situation.pick(_exercises(advice, focus), f"{focus.advice} exercise")
    area = FocusArea(
        topic=focus.topic,
        title=_told(situation.pick(advice.title, f"{focus.advice} title"), focus),
        what=_told(situation.pick(advice.what, f"{focus.advice} what"), focus),
        why=_told(situation.pick(advice.why, f"{focus.advice} why"), focus),
        exercise=_told(exercise.text, focus),
        exercise_minutes=exercise.minutes,
        evidence=focus.evidence,
    )
    return area, PlanStep(_told(exercise.plan, focus), exercise.minutes, exercise.times)


def _exercises(advice: AdviceTexts, focus: Focus) -> tuple[Exercise, ...]:
    """Without quoted moments, the exercises that need none, if there are such."""
    if focus.evidence:
        return advice.exercises
    free = tuple(exercise for exercise in advice.exercises if POINTING not in exercise.text)
    return free or advice.exercises


def _told(text: str, focus: Focus) -> str:
    if not focus.evidence:
        text = " ".join(sentence for sentence in sentences(text) if POINTING not in sentence)
    return text.replace("[", "").replace("]", "").replace("<label>", focus.label)


def _plan(steps: list[PlanStep], texts: Phrases) -> tuple[PlanStep, ...]:
    """The exercises, then a new recording; without exercises, how to keep the level."""
    if not steps:
        return (texts.steps.keep.step(),)
    return (*steps, texts.steps.record.step())


def _summary(
    situation: Situation,
    focuses: tuple[Focus, ...],
    strengths: tuple[Strength, ...],
    texts: Phrases,
) -> str:
    key = _summary_key(situation, len(focuses), praised=bool(strengths))
    sentence = situation.pick(texts.summary[key], f"summary {key}")
    named = {"<strength>": texts.topics[strengths[0].name] if strengths else ""}
    named |= {
        mark: texts.topics[focus.topic]
        for mark, focus in zip(("<focus>", "<next>"), focuses, strict=False)
    }
    for mark, name in named.items():
        sentence = sentence.replace(mark, name)
    if situation.exact_words:
        return sentence
    notes = ["draft", "hesitations"] if situation.metrics.fillers_possible else ["draft"]
    return " ".join([sentence, *(situation.pick(texts.summary[note], note) for note in notes)])


def _summary_key(situation: Situation, focuses: int, *, praised: bool) -> str:
    """Praise for the whole talk needs words that could be judged, and enough else for a score of
    the whole."""
    if not focuses and not situation.exact_words:
        return "draft_fine"
    if not focuses and situation.metrics.fillers_total is None:
        return "unjudged"
    if not focuses:
        whole = situation.scores.overall is not None
        return "strong" if praised and whole else "plain"
    if not praised:
        return "focus_only"
    return "one" if focuses == 1 else "several"
