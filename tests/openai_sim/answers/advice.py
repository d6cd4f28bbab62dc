"""What the simulated coach says. No digits and no number words; quantities are slots.

A sentence with slots is `(slots it needs, text)`; it is said only where all of them are offered.
"""

from __future__ import annotations

from dataclasses import dataclass

Said = tuple[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Advice:
    """On one topic. `kinds` are the findings that show it."""

    kinds: frozenset[str]
    title: str
    what: tuple[Said, ...]
    why: tuple[str, ...]
    exercise: tuple[str, ...]
    minutes: int


def _kinds(names: str) -> frozenset[str]:
    return frozenset(names.split())


ADVICE = {
    "fillers": Advice(
        _kinds("filler filler_cluster"),
        "Let silence do the work of fillers",
        (
            (
                ("fillers_total",),
                "You used {fillers_total|filler|fillers} in this talk, most of them where a new "
                "thought began.",
            ),
            (
                ("fillers_per_minute",),
                "Fillers came at {fillers_per_minute} per minute, often just before the word that "
                "mattered.",
            ),
            ((), "Fillers slip in where you look for the next thought, as at this place."),
        ),
        (
            "Listeners hear a filler as doubt, and it takes the place of a useful pause.",
            "Each of them asks a little attention that your message then lacks.",
        ),
        (
            "Tell a friend about your day and close your lips whenever a filler wants out. Breathe "
            "in, then go on.",
            "Read a page aloud with a slow breath at every full stop, then speak about it freely "
            "and keep that breath.",
        ),
        5,
    ),
    "pace": Advice(
        _kinds("pace_fast pace_slow"),
        "Vary your pace on purpose",
        (
            (("pace_wpm",), "You spoke at {pace_wpm} words per minute, nearly the same all along."),
            (
                ("pace_fastest_wpm",),
                "Your fastest stretch ran at {pace_fastest_wpm} words per minute, and it carried "
                "a point that needed room.",
            ),
            ((), "Your pace hardly changes between what matters and what only leads there."),
        ),
        (
            "A change of pace tells listeners what to hold on to.",
            "When the pace rises in the wrong place, people miss your best words.",
        ),
        (
            "Mark the sentence that matters most and say it slowly, with a breath before and "
            "after, until it feels natural.",
            "Tap the table while you speak, slow for main points and quicker for the story between "
            "them.",
        ),
        6,
    ),
    "pauses": Advice(
        _kinds("long_pause mid_sentence_pause"),
        "Pause where the thought ends",
        (
            (
                ("longest_pause_s",),
                "Your longest pause took {longest_pause_s} seconds and fell inside of a thought.",
            ),
            (
                ("pauses_mid_sentence",),
                "You paused {pauses_mid_sentence|time|times} in the middle of a sentence.",
            ),
            ((), "Some of your pauses break a sentence where it should carry on."),
        ),
        (
            "A pause after a thought gives it weight; inside of it, it makes people wait.",
            "People use your silences to sort what they heard; they need them at the joints.",
        ),
        (
            "Write your talk as short lines, one thought to a line, and look up in silence between "
            "them.",
            "Draw a bar after each thought of a paragraph, and breathe at the bars only.",
        ),
        5,
    ),
    "variety": Advice(
        _kinds("monotone"),
        "Let your voice show what matters",
        (
            (
                ("pitch_range_semitones",),
                "Your voice moved within {pitch_range_semitones} semitones, which sounds even.",
            ),
            ((), "Your voice stays close to one height, also where the story turns."),
        ),
        ("A voice that rises and falls keeps people listening without their noticing why.",),
        (
            "Tell a story as you would to a child, then to adults, and keep some of the movement "
            "in your voice.",
        ),
        6,
    ),
    "repetition": Advice(
        _kinds("repetition restart"),
        "Finish the sentence you began",
        (
            (("repetitions",), "You repeated yourself {repetitions|time|times} while starting."),
            ((), "Here you begin, stop and begin again before the thought is out."),
        ),
        ("A restart sounds as if the thought were still being made, and blurs a clear one.",),
        (
            "Choose the last word of your next sentence before you begin it, slowly, until "
            "sentences arrive whole.",
        ),
        5,
    ),
    "opening": Advice(
        _kinds("weak_opener"),
        "Begin with what it is about",
        (((), "The opening warms up before it says why anybody should listen."),),
        ("People decide early whether to listen, and a weak start spends that moment.",),
        (
            "Write the opening anew with its most surprising thought in front. Say it standing, "
            "without notes, until it comes without effort.",
        ),
        5,
    ),
    "sentences": Advice(
        _kinds("run_on"),
        "Let sentences end",
        (
            (
                ("sentence_words_mean",),
                "Your sentences run to {sentence_words_mean} words on average, and this one goes "
                "on for much longer.",
            ),
            ((), "This sentence strings its thoughts together where each could stand alone."),
        ),
        ("By ear nobody can look back; a sentence that does not end loses its beginning.",),
        (
            "Take this passage apart into short statements. Say each with a falling voice and a "
            "breath behind it, then let the joining words stay away.",
        ),
        5,
    ),
    "words": Advice(
        _kinds("overused_word"),
        "Find another word for your favourite",
        (((), "The same word carries many of your thoughts, so that it stops carrying any."),),
        ("A word that comes again and again is soon all that people hear.",),
        (
            "Retell this passage to yourself without that word. Where nothing takes its place, the "
            "sentence did not need it.",
        ),
        4,
    ),
    "hedges": Advice(
        _kinds("hedge"),
        "Say what you mean without cushions",
        (
            (
                ("hedges",),
                "You softened what you said {hedges|time|times}, also where you were sure.",
            ),
            ((), "This sentence takes back a part of what it says before it has said it."),
        ),
        ("Cushions such as these tell listeners that they need not believe you either.",),
        (
            "List the claims of your talk and say each as a plain statement. Where you doubt, say "
            "why.",
        ),
        4,
    ),
}

ANYTHING = Advice(
    frozenset(),
    "Make the next rehearsal count",
    (((), "At this place the talk would gain from a calmer and more deliberate delivery."),),
    ("What you rehearse slowly and aloud is what stays when the room is full.",),
    (
        "Rehearse this passage aloud, standing, as if somebody sat in the last row. Listen to the "
        "recording.",
    ),
    5,
)
