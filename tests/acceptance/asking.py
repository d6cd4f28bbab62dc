"""`python -m tests.acceptance.asking URL REDIS RPM TPM SECONDS`: ask as much as the budget gives.

A bound of 0 is none.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time

from ai.client import Client
from ai.config import Budget
from ai.errors import ModelError
from ai.ledger import Subject
from ai.memory import MemoryBooks
from ai.questions import Deadline
from tests.ai.clients import config_for, question

AT_ONCE = 8
LONGEST_ANSWER = 16  # tokens; the answers have half of that


async def ask(client: Client, number: int, end: float) -> None:
    while time.monotonic() < end:
        data = json.dumps({"topic": f"{os.getpid()} {number} {time.monotonic()} " + "tea " * 1000})
        try:
            await client.complete(question(data, max_output_tokens=LONGEST_ANSWER), Deadline(end))
        except ModelError:
            return  # no room before the end


async def main(url: str, redis: str, requests: int, tokens: int, seconds: float) -> None:
    budget = Budget(requests=requests or None, tokens=tokens or None)
    config = config_for(url, redis, budget=budget, answer_days=0)
    end = time.monotonic() + seconds
    async with Client(config, Subject(1, "test"), MemoryBooks()) as client:
        await asyncio.gather(*(ask(client, number, end) for number in range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))
    )
