"""A copy of all that a Speech Coach holds, and the way back: docs/decisions/backup.md."""
