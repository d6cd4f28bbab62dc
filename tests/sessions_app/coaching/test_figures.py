import pytest

from sessions_app.coaching.figures import find_figures, without_figures
from sessions_app.coaching.numerals import LANGUAGES
from tests.sessions_app.coaching.cardinals import CARDINALS


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("You said um 12 times.", ("12",)),
        ("You said um twelve times.", ("twelve",)),
        ("TWICE as many, a dozen or more", ("TWICE", "dozen")),
        ("twenty-five words", ("twenty", "five")),
        ("at 3.5 a minute", ("3", "5")),
        ("half of your sentences", ("half",)),
        ("10x better, the 3rd time", ("10x", "3rd")),
        ("٣ fillers", ("٣",)),
        ("x² and ½", ("x²", "½")),
    ],
)
def test_finds_digits_and_number_words(text: str, figures: tuple[str, ...]) -> None:
    assert find_figures(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "One filler pulled the next one along, once.",
        "Wait a second before the first word.",
        "Your score is someone's freight, often and anew.",
        "{filler:um} of {fillers_total} at {pace_wpm}",
        "{filler:catch 22|time|times}",
        "",
    ],
)
def test_leaves_ordinary_words_and_slots_alone(text: str) -> None:
    assert find_figures(text) == ()


def test_a_figure_does_not_hide_in_the_forms_of_a_slot() -> None:
    assert find_figures("{pace_wpm|9 words|ten words}") == ("9", "ten")
    assert find_figures("an open { 9 brace") == ("9",)


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [
        ("de", "Zehn Mal, 10 Mal", ("Zehn", "10")),
        ("de", "einundzwanzig, siebenundneunzigste, dreimal", None),
        ("de", "zweihundertfünfzig dreißig tausend Dutzend Hälfte", None),
        ("de", "der achte Satz", ("achte",)),
        ("es", "veintidós doscientos cien doble tercio docena", None),
        ("es", "hora y media, media hora", ("media", "media")),
        ("pt", "dezesseis cinquenta metade dobro terceiro", None),
        ("fr", "quatre-vingt-dix-sept", ("quatre", "vingt", "dix", "sept")),
        ("fr", "moitié double douzaine troisième", None),
        ("it", "ventuno trentatré ventotto quarantacinque duemila", None),
        ("it", "per sei volte", ("sei",)),
        ("nl", "eenentwintig tweeëntwintig driehonderd tweemaal helft dozijn", None),
        ("en-GB", "twentyone thirteenth tenfold", None),
        ("xx", "twelve", ("twelve",)),
    ],
)  # fmt: skip
def test_number_words_of_other_languages(
    language: str, text: str, figures: tuple[str, ...] | None
) -> None:
    """`None`: every word of it."""
    expected = tuple(text.replace(",", "").split()) if figures is None else figures
    assert find_figures(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Achte auf die Pausen; darauf solltest du achten. Sei klar, das half dir einmal."),
        ("de", "Ein paar Sätze, deshalb innerhalb einer Minute."),
        ("es", "En medio de la frase, a mitad de la idea, ten en cuenta tu meta."),
        ("pt", "No meio da frase, sei que dos ouvintes uma parte se perde."),
        ("fr", "Tourne le dos au public, tes phrases due à toi, une seule fois."),
        ("it", "Sei stato chiaro, sei molto sicuro; a metà frase e in mezzo al discorso."),
        ("nl", "Ten eerste een en ander achter elkaar, eenmaal per keer."),
        ("en", "Once, due to the media, an elf sat on tiers. A tent, the weight, freight, often."),
    ],
)
def test_leaves_the_ordinary_words_of_a_language_alone(language: str, text: str) -> None:
    assert find_figures(text, language) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cardinal_from_two_to_ninety_nine_is_known(language: str) -> None:
    assert [word for word in CARDINALS[language] if not find_figures(word, language)] == []


def test_a_figure_in_another_language_than_asked_for_is_found() -> None:
    assert find_figures("zwölf, douze, veintidós", "en") == ("zwölf", "douze", "veintidós")
    assert find_figures("twelve", "fr") == ("twelve",)


def test_a_figure_does_not_hide_in_how_it_is_written() -> None:
    text = "t\u200bwelve ＴＷＥＬＶＥ 𝐭𝐞𝐧 **ten** _ten_ Ⅻ ④ XII ١٢ 三"
    assert len(find_figures(text)) == len(text.split())


def test_sentences_with_figures_are_taken_out() -> None:
    text = "You pause well. There were nine fillers! Keep “that”. Aim for 5."
    assert without_figures(text) == "You pause well. Keep “that”."
