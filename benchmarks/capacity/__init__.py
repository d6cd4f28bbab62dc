"""How many talks in an hour: from what was measured, and simulated for many workers."""
