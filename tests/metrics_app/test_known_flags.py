from __future__ import annotations

import pytest
from pytest_django import Settings

from metrics_app.known_flags import KNOWN_FLAGS


def test_all_but_the_experiment_are_on() -> None:
    off = {flag.name for flag in KNOWN_FLAGS.values() if not flag.default}
    assert off == {"experimental_model"}


@pytest.mark.parametrize(("model", "effect"), [("", False), ("brave-new", True)])
def test_an_experiment_has_no_effect_without_a_model(
    settings: Settings, model: str, effect: bool
) -> None:
    settings.AI_MODEL_EXPERIMENTAL = model
    assert KNOWN_FLAGS["experimental_model"].has_effect is effect


def test_a_flag_that_needs_no_setting_always_has_an_effect() -> None:
    assert KNOWN_FLAGS["answer_cache"].has_effect
