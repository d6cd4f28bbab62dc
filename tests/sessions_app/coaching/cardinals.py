"""The cardinals from two to ninety-nine, put together by the grammar of each language."""

from __future__ import annotations


def _pairs(tens: str, units: str, joint: str, *, reverse: bool = False) -> list[str]:
    parts = [(ten, unit) for ten in tens.split() for unit in units.split()]
    return [f"{unit}{joint}{ten}" if reverse else f"{ten}{joint}{unit}" for ten, unit in parts]


_EN = "two three four five six seven eight nine"
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_DE = "zwei drei vier fünf sechs sieben acht neun"
_DE_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
_ES = "dos tres cuatro cinco seis siete ocho nueve"
_ES_TENS = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_FR = "deux trois quatre cinq six sept huit neuf"
_FR_TENS = "vingt trente quarante cinquante soixante quatre-vingt"
_IT = "due quattro cinque sei sette nove"
_IT_TENS = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta"
_NL = "vier vijf zes zeven acht negen"
_NL_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig"
_PT = "dois três quatro cinco seis sete oito nove"
_PT_TENS = "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa"

CARDINALS = {
    "en": [
        *f"{_EN} ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen".split(),
        *f"nineteen {_EN_TENS}".split(),
        *_pairs(_EN_TENS, f"one {_EN}", "-"),
        *_pairs(_EN_TENS, f"one {_EN}", ""),
    ],
    "de": [
        *f"{_DE} zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn".split(),
        *f"neunzehn {_DE_TENS}".split(),
        *_pairs(_DE_TENS, f"ein {_DE}", "und", reverse=True),
    ],
    "es": [
        *f"{_ES} diez once doce trece catorce quince dieciséis diecisiete dieciocho".split(),
        *f"diecinueve veinte {_ES_TENS} veintiuno veintidós veintitrés veinticuatro".split(),
        *["veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve"],
        *_pairs(_ES_TENS, f"uno {_ES}", " y "),
    ],
    "fr": [
        *f"{_FR} dix onze douze treize quatorze quinze seize dix-sept dix-huit".split(),
        *f"dix-neuf soixante-dix quatre-vingts quatre-vingt-dix {_FR_TENS}".split(),
        *_pairs(_FR_TENS, _FR, "-"),
        *_pairs(_FR_TENS, "un", " et "),
        *_pairs("soixante quatre-vingt", "dix onze douze treize quatorze quinze seize", "-"),
    ],
    "it": [
        *f"{_IT} tre otto dieci undici dodici tredici quattordici quindici sedici".split(),
        *f"diciassette diciotto diciannove {_IT_TENS}".split(),
        *_pairs(_IT_TENS, f"{_IT} tré tre", ""),
        *_pairs(" ".join(ten[:-1] for ten in _IT_TENS.split()), "uno un otto", ""),
    ],
    "nl": [
        *f"twee drie {_NL} tien elf twaalf dertien veertien vijftien zestien".split(),
        *f"zeventien achttien negentien {_NL_TENS}".split(),
        *_pairs(_NL_TENS, f"een één {_NL}", "en", reverse=True),
        *_pairs(_NL_TENS, "twee drie", "ën", reverse=True),
    ],
    "pt": [
        *f"{_PT} duas dez onze doze treze catorze quatorze quinze dezesseis dezasseis".split(),
        *f"dezessete dezassete dezoito dezenove dezanove {_PT_TENS}".split(),
        *_pairs(_PT_TENS, f"um uma duas {_PT}", " e "),
    ],
}
