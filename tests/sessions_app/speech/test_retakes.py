from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.retakes import Pair, Take, paired
from sessions_app.speech.sentences import sentences
from tests.sessions_app.speech.said import said

BEES = "Bees live in a box on the roof of my house and nobody minds them there at all."
HONEY = "In summer we take the honey from the combs and give a jar to every neighbour we have."
STINGS = "Who fears the stings should wear a veil and move as slowly as the evening sun goes down."
WINTER = "Through the winter the colony keeps warm by shivering close around its only queen."
HENS = "My uncle keeps hens instead, which lay eggs, wake the whole street and eat the salad too."
MARKET = "Every Saturday he sells what they leave at the market square beside the old town hall."
TALK_THEN = (BEES, HONEY, STINGS, WINTER)


def take(*spoken: str) -> Take:
    words = said(" ".join(spoken))
    return Take(words, sentences(words, "en"))


def quoted(then: Take, now: Take) -> list[tuple[str, str]]:
    """The first words of either side."""
    return [
        (
            " ".join(w.text for w in then.words[slice(*pair.then)][:2]) if pair.then else "",
            " ".join(w.text for w in now.words[slice(*pair.now)][:2]) if pair.now else "",
        )
        for pair in paired(then, now, "en")
    ]


def test_the_same_talk_is_the_same_passages() -> None:
    then = take(*TALK_THEN, HENS, MARKET)
    assert paired(then, then, "en") == (Pair((0, 54), (0, 54)), Pair((54, 101), (54, 101)))


def test_what_only_one_take_has_stands_apart() -> None:
    then, now = take(*TALK_THEN), take(BEES, HONEY, HENS, MARKET, STINGS, WINTER)
    assert quoted(then, now) == [("Bees live", "Bees live"), ("", "My uncle"), ("Who fears",) * 2]
    assert quoted(now, then) == [("Bees live", "Bees live"), ("My uncle", ""), ("Who fears",) * 2]


def test_other_words_for_the_same_are_the_same_passage() -> None:
    other = BEES.replace("a box on the roof", "boxes, um, up on the roof").replace("at all", "")
    then, now = take(BEES, HONEY), take(other, HONEY)
    assert quoted(then, now) == [("Bees live", "Bees live")]


def test_one_sentence_may_have_become_two() -> None:
    then, now = take(BEES, HONEY), take(BEES.replace(" and nobody", ". Nobody"), HONEY)
    assert quoted(then, now) == [("Bees live", "Bees live")]


def test_a_short_remark_belongs_to_the_passage_it_was_made_in() -> None:
    then, now = take(BEES, HONEY), take("Good morning.", BEES, "Can you hear me?", HONEY, "Thanks!")
    assert [(pair.then, pair.now) for pair in paired(then, now, "en")] == [
        ((0, len(then.words)), (0, len(now.words)))
    ]


def test_another_talk_shares_no_passage() -> None:
    then, now = take(BEES, HONEY), take(HENS, MARKET)
    assert [(pair.then is None, pair.now is None) for pair in paired(then, now, "en")] == [
        (False, True),
        (True, False),
    ]


def test_a_talk_without_marks_is_compared_in_parts() -> None:
    bare = " ".join(text.strip(".") for text in TALK_THEN).lower()
    then, now = take(bare), take(bare.replace("honey", "honey you know"))
    assert then.sentences == ((0, len(then.words)),)
    assert all(pair.then and pair.now for pair in paired(then, now, "en"))


pool = st.lists(
    st.sampled_from([*TALK_THEN, HENS, MARKET, "Thanks.", "So what?"]), min_size=1, max_size=12
)


@given(pool, pool)
def test_all_words_of_both_are_there_once_and_in_order(then: list[str], now: list[str]) -> None:
    before, after = take(*then), take(*now)
    pairs = paired(before, after, "en")
    for take_, ranges in (
        (before, [pair.then for pair in pairs if pair.then]),
        (after, [pair.now for pair in pairs if pair.now]),
    ):
        covered = [at for start, end in ranges for at in range(start, end)]
        assert covered == [*range(len(take_.words))]
    assert all(pair.then or pair.now for pair in pairs)


@given(pool)
def test_a_take_beside_itself_has_nothing_new_and_nothing_left_out(spoken: list[str]) -> None:
    same = take(*spoken)
    assert all(pair.then == pair.now for pair in paired(same, same, "en"))
