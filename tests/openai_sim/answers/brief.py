"""What the model was told: the form of the answer, the instructions and the data."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import dataclass
from typing import Any

from tests.openai_sim.formats import Format

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Brief:
    form: Format
    system: str
    user: str

    @property
    def data(self) -> Data:
        """The JSON object the user's message is; empty where it is none."""
        try:
            data = json.loads(self.user)
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}

    @property
    def purpose(self) -> str:
        """The name of the answer's schema; in JSON mode what the data look like."""
        if self.form.name:
            return self.form.name
        data = self.data
        for key, purpose in (("candidates", "verdicts"), ("findings", "coaching")):
            if key in data:
                return purpose
        return "review" if "words" in data else "chat"

    def choices(self, seed: int) -> random.Random:
        """The same for the same data and seed, so that an answer can be had again."""
        digest = hashlib.blake2b(f"{seed} {self.user}".encode(), digest_size=8).digest()
        return random.Random(digest)
