from __future__ import annotations


class BackupProblem(RuntimeError):
    """Nothing more is done; the text says why, and what to do about it."""
