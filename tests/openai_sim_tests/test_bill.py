"""What is owed, to the last digit."""

from __future__ import annotations

from decimal import Decimal

from tests.simulator import Simulator


def test_nothing_asked_costs_nothing(simulator: Simulator) -> None:
    assert simulator.bill().total == Decimal(0)
