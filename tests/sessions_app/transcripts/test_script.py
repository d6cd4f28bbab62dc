from __future__ import annotations

from sessions_app.transcripts.passages import ParsedTranscript, Passage
from sessions_app.transcripts.script import Script, stated_starts, write_script


def script(*passages: Passage) -> Script:
    return write_script(ParsedTranscript(passages))


TALK = script(
    Passage("hello there", "Jane"),
    Passage("hi", "Bob"),
    Passage("so", "Jane"),
    Passage("well", "Jane"),
)


def test_counts_only_the_turns_of_the_speaker() -> None:
    assert TALK.turns("jane") == (0, 0, None, 1, 1)
    assert TALK.turns("Bob") == (None, None, 0, None, None)


def test_counts_all_turns_when_nobody_was_chosen() -> None:
    assert TALK.turns("") == (0, 0, 1, 2, 2)


def test_completes_missing_ends() -> None:
    done = script(
        Passage("one two three", start_ms=1_000),
        Passage("four", start_ms=60_000),
        Passage("five", start_ms=60_500, end_ms=60_500),
    )
    assert [(s.start_ms, s.end_ms) for s in done.sections] == [
        (1_000, 4_000),
        (60_000, 60_500),
        (60_500, 60_900),
    ]


def test_stated_starts_never_go_back() -> None:
    late = script(Passage("a", start_ms=5_000), Passage("b c", start_ms=2_000), Passage("d"))
    assert stated_starts(late) == ((5_000, 0),)
