from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.chaos_tests.evidence import SOUND
from tests.hosts.evidence import HostEvidence
from tests.hosts.judging import judge
from tests.hosts.visiting import Seen

SEEN = Seen(1, (), ())
WELL = HostEvidence(found=SOUND, seen=SEEN, taken_up=1, on_disks=0, left_at_work=0)


def broken(evidence: HostEvidence) -> list[str]:
    return [check.name for check in judge(evidence) if not check.holds]


def test_a_trial_in_which_nothing_went_wrong_holds() -> None:
    assert broken(WELL) == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"taken_up": 0}, "runs of the dead host that the other took up"),
        ({"seen": Seen(1, ("A talk",), ())}, "reports of 1 not shown by the other host"),
        ({"seen": Seen(1, (), ("A talk",))}, "recordings it does not play in ranges"),
        ({"on_disks": 1}, "recordings on the disk of a host"),
        ({"left_at_work": 1}, "working folders left on the living host"),
        ({"found": replace(SOUND, talks=[])}, "talks lost"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], named: str) -> None:
    assert broken(replace(WELL, **changes)) == [named]
