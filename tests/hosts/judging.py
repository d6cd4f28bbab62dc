"""The claims about several hosts, held against what was found."""

from __future__ import annotations

from collections.abc import Iterator

from tests.chaos.check import Check, at_most
from tests.chaos.judging import judge as judge_any
from tests.hosts.evidence import HostEvidence


def judge(evidence: HostEvidence) -> list[Check]:
    return [*_of_hosts(evidence), *judge_any(evidence.found)]


def _of_hosts(evidence: HostEvidence) -> Iterator[Check]:
    seen = evidence.seen
    taken_up = evidence.taken_up
    yield Check("runs of the dead host that the other took up", str(taken_up), "≥ 1", taken_up > 0)
    yield at_most(f"reports of {seen.talks} not shown by the other host", len(seen.unread), 0)
    yield at_most("recordings it does not play in ranges", len(seen.unheard), 0)
    yield at_most("recordings on the disk of a host", evidence.on_disks, 0)
    yield at_most("working folders left on the living host", evidence.left_at_work, 0)
