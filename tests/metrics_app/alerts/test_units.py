from __future__ import annotations

from django.utils import translation

from metrics_app.alerts.units import Unit, written


def test_writes_as_the_dashboard_does() -> None:
    assert written(0.5, Unit.USD) == "$0.50"
    assert written(0.062, Unit.SHARE) == "6.2 %"
    assert written(75.04, Unit.SECONDS) == "75.0 s"


def test_rounds_instead_of_cutting_off() -> None:
    assert written(0.29, Unit.SHARE) == "29.0 %"  # 28.999… in binary fractions
    assert written(44.96, Unit.SECONDS) == "45.0 s"


def test_in_the_language_of_the_installation() -> None:
    with translation.override("de"):
        assert written(0.25, Unit.SHARE) == "25,0 %"
