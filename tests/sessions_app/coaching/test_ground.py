from sessions_app.coaching.ground import Ground
from tests.sessions_app.speech.said import notes, timed

GROUND = Ground(notes(timed("a few words")), "en", ())


def test_only_ranges_of_existing_words_resolve() -> None:
    assert GROUND.size == 3
    assert GROUND.resolves(0, 2)
    assert not GROUND.resolves(0, 3)
    assert not GROUND.resolves(2, 1)
    assert not GROUND.resolves(-1, 1)
