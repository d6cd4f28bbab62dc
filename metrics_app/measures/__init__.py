"""Figures of a stretch of time: how long, how many, how good, how much."""
