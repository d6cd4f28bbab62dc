"""A completion: its content, how faults spoil it, and its form on the wire."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace

from tests.openai_sim import tokens
from tests.openai_sim.faults import Fault
from tests.openai_sim.prices import Usage

PIECE = 8  # tokens in one event of a stream
WRONG = json.dumps({"answer": "Everything is fine.", "items": [{"name": "speaker"}]})
REFUSAL = "I'm sorry, but I can't help with that."


@dataclass(frozen=True, slots=True)
class Completion:
    content: str | None
    finish: str = "stop"
    refusal: str | None = None

    def within(self, limit: int | None) -> Completion:
        """Cut off where the limit of output tokens is reached."""
        if limit is None or self.content is None or tokens.count(self.content) <= limit:
            return self
        return replace(self, content=tokens.cut(self.content, limit), finish="length")

    def as_body(self, number: str, model: str, usage: Usage) -> bytes:
        message = {"role": "assistant", "content": self.content, "refusal": self.refusal}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": self.finish}
        head = _head(number, model, "chat.completion")
        return json.dumps({**head, "choices": [choice], "usage": _shown(usage)}).encode()

    def as_events(self, number: str, model: str, usage: Usage | None) -> tuple[bytes, ...]:
        """Server-sent events; with `usage` one more for it, as `include_usage` asks for."""
        head = _head(number, model, "chat.completion.chunk")
        if usage is not None:
            head["usage"] = None
        steps = [*self._deltas(), ({}, self.finish)]
        events = [
            {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
            for delta, finish in steps
        ]
        if usage is not None:
            events.append({**head, "choices": [], "usage": _shown(usage)})
        return (
            *(f"data: {json.dumps(event)}\n\n".encode() for event in events),
            b"data: [DONE]\n\n",
        )

    def _deltas(self) -> list[tuple[dict[str, object], str | None]]:
        name, text = ("content", self.content or "")
        if self.refusal is not None:
            name, text = ("refusal", self.refusal)
        size = PIECE * tokens.CHARACTERS
        pieces = [text[start : start + size] for start in range(0, len(text), size)]
        deltas: list[dict[str, object]] = [{"role": "assistant", "content": "", "refusal": None}]
        deltas += [{name: piece} for piece in pieces]
        return [(delta, None) for delta in deltas]


def whole(content: str) -> Completion:
    return Completion(content)


def spoilt(completion: Completion, fault: Fault | None) -> Completion:
    """As `fault` has it; faults that are not about content change nothing."""
    content = completion.content or ""
    half = content[: len(content) // 2]
    return (
        {
            Fault.TRUNCATED_JSON: Completion(half),
            Fault.LENGTH: Completion(half, "length"),
            Fault.CONTENT_FILTER: Completion(half, "content_filter"),
            Fault.WRONG_SCHEMA: Completion(WRONG),
            Fault.REFUSAL: Completion(None, refusal=REFUSAL),
            Fault.EMPTY: Completion(""),
        }.get(fault, completion)
        if fault is not None
        else completion
    )


def _head(number: str, model: str, kind: str) -> dict[str, object]:
    return {"id": number, "object": kind, "created": int(time.time()), "model": model}


def _shown(usage: Usage) -> dict[str, object]:
    return {
        "prompt_tokens": usage.input,
        "completion_tokens": usage.output,
        "total_tokens": usage.input + usage.output,
        "prompt_tokens_details": {"cached_tokens": usage.cached, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    }
