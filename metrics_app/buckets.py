"""A stable place for every user in every percentage roll-out."""

from __future__ import annotations

import hashlib

BUCKETS = 1000


def bucket(flag: str, user_id: object) -> int:
    """0–999, evenly spread over users and independent between flags.

    SHA-256 of flag name and user id: unlike `hash()` it is the same in every process.
    """
    digest = hashlib.sha256(f"{flag}:{user_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % BUCKETS
