"""What a run began with."""

from __future__ import annotations

from sessions_app import codec
from sessions_app.actions.leases import Lease, fenced
from sessions_app.model_access import take_snapshot


def keep_snapshot(lease: Lease) -> object:
    """Store the flags and settings of now, unless an earlier attempt did; returns what is stored.

    Raises `LeaseLost`.
    """
    with fenced(lease) as run:
        if run.snapshot is None:
            run.snapshot = codec.dump(take_snapshot(run))
            run.save(update_fields=["snapshot"])
    return run.snapshot
