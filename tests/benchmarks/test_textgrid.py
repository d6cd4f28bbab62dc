from __future__ import annotations

import pytest

from benchmarks.textgrid import first_tier

WORDS = [("alright", 823, 1280), ('so 2 "x" y', 1280, 1412)]

LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 24.648
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "word"
        xmin = 0
        xmax = 24.648
        intervals: size = 3
        intervals [1]:
            xmin = 0
            xmax = 0.8232
            text = ""
        intervals [2]:
            xmin = 0.8232
            xmax = 1.28
            text = "alright"
        intervals [3]:
            xmin = 1.28
            xmax = 1.412
            text = "so 2 ""x"" y"
    item [2]:
        class = "IntervalTier"
        name = "phone"
"""
SHORT = """File type = "ooTextFile"
Object class = "TextGrid"

0
24.648
<exists>
1
"IntervalTier"
"words"
0
24.648
3
0
0.8232
""
0.8232
1.28
"alright"
1.28
1.412
"so 2 ""x"" y"
"""


@pytest.mark.parametrize("text", [LONG, SHORT])
def test_both_forms_of_a_textgrid_give_the_words_of_the_first_tier(text: str) -> None:
    assert first_tier(text) == WORDS


def test_a_file_without_a_tier_of_intervals_is_refused() -> None:
    with pytest.raises(ValueError, match="IntervalTier"):
        first_tier('"ooTextFile" "TextGrid" 0 1')
