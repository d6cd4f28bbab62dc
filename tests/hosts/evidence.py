"""What is found of two hosts, beside what is found of any trial."""

from __future__ import annotations

from dataclasses import dataclass

from tests.chaos.evidence import Evidence
from tests.hosts.visiting import Seen


@dataclass(frozen=True, slots=True)
class HostEvidence:
    """`seen` through the host that was left; `taken_up` runs that it went on with; `on_disks` and
    `left_at_work` files and folders that no host is to have.
    """

    found: Evidence
    seen: Seen
    taken_up: int
    on_disks: int
    left_at_work: int
