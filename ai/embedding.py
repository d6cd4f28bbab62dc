"""Texts to a model that places them in a space of meanings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ai.cache import Vector, dump_vectors, key_of, load_vectors, single
from ai.calls import Call, Label, Reply, Server, tokens_at_most
from ai.errors import EmptyAnswer, Malformed
from ai.usage import Usage
from ai.wire import EmbeddingReply

BATCH = 128  # texts of one request


def batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(texts), BATCH):
        yield texts[first : first + BATCH]


class Embedding(Call[EmbeddingReply, tuple[Vector, ...]]):
    def __init__(self, texts: Sequence[str], model: str) -> None:
        self._texts = list(texts)
        self.label = Label("embeddings", model)
        self.key = key_of(kind="embeddings", model=model, texts=self._texts)
        self.expected = Usage(tokens_in=sum(map(tokens_at_most, self._texts)), tokens_out=0)

    async def send(self, server: Server) -> Reply[EmbeddingReply]:
        # floats: not every server knows base64
        return await server.embed(
            {"model": self.label.model, "input": self._texts, "encoding_format": "float"}
        )

    def usage(self, body: EmbeddingReply) -> Usage:
        return Usage(body.usage.prompt_tokens, tokens_out=0) if body.usage else Usage()

    def read(self, body: EmbeddingReply) -> tuple[Vector, ...]:
        """In the order of the texts, whatever the order in which they came."""
        if body.data is None:
            raise Malformed("no data")
        if not body.data:
            raise EmptyAnswer("no vectors")
        by_index = {row.index: single(row.embedding) for row in body.data}
        if by_index.keys() != set(range(len(self._texts))) or not all(by_index.values()):
            raise Malformed("not one vector for each text")
        if len({len(vector) for vector in by_index.values()}) > 1:
            raise Malformed("vectors of several lengths")
        if not all(math.isfinite(sum(vector)) for vector in by_index.values()):
            raise Malformed("vectors with what is no number")
        return tuple(by_index[index] for index in range(len(self._texts)))

    def dump(self, answer: tuple[Vector, ...]) -> str:
        return dump_vectors(answer)

    def load(self, text: str) -> tuple[Vector, ...]:
        return load_vectors(text)
