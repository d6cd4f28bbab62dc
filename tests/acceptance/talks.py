"""Talks written for tests."""

from __future__ import annotations

AGREEING = """Um, good morning, and welcome to this short talk about keeping bees in the middle of
a city. I started, um, a few years ago on the roof of our house, and I learned more from the bees
than from any book. The first lesson is patience. You open the hive slowly, you look at every
frame, and, uh, you close it again before the bees grow cold. The second lesson is that a colony is
never a crowd of single animals. It decides together where to fly and when to leave. Um, last
spring we lost a swarm because I came home too late, and, uh, the whole street stood still and
watched. The third lesson is about neighbours. People are afraid at first. Then they taste the
honey, and, um, they ask whether they may look. So my advice is simple. Put a small sign on the
door, invite the children of the house, and tell them what the bees do all day long. In the end a
hive on the roof changes the people below it more than the roof above them. Thank you for
listening, and, uh, come and visit us in June when the lime trees bloom."""
"""The rules count seven fillers, and a second reader has nothing to add."""

CONTESTED = (
    AGREEING.replace("stood still", "stood kinda, still")
    .replace("is patience", "is kinda, patience")
    .replace("decides together", "decides kinda, together")
    .replace("too late", "kinda, too late")
    .replace("are afraid", "are kinda, afraid")
    .replace("is simple", "is kinda, simple")
)
"""Six more that the rules find only possible, and a second reader counts."""
