"""What the flows are called in the tables. Without a length they are of five minutes."""

from __future__ import annotations

SEQUENTIAL = "sequential"
HYBRID_KEPT = "hybrid, kept"
HYBRID_REGENERATED = "hybrid, regenerated"
OURS_KEPT = "ours, kept"
OURS_REGENERATED = "ours, regenerated"
OURS_ALIGNED = "ours, kept, times by alignment"

SHORT = "1 minute"
LONG = "30 minutes"


def of_length(name: str, length: str) -> str:
    return f"{name}, {length}" if length else name


OURS_LONG = of_length(OURS_KEPT, LONG)
