from __future__ import annotations

import pytest

from benchmarks.techniques import TECHNIQUES, Technique
from sessions_app import model_access
from speechcoach import settings

FLAGS = {model_access.WINDOWED, model_access.CONTENT_REVIEW, model_access.PARALLEL}


@pytest.mark.parametrize("technique", TECHNIQUES.values(), ids=TECHNIQUES.keys())
def test_each_is_switched_off_in_exactly_one_way(technique: Technique) -> None:
    ways = [bool(technique.told), bool(technique.flag), technique.patches]
    assert sum(ways) == 1
    assert technique.flag in {"", *FLAGS}
    assert all(hasattr(settings, name) for name in technique.told)
