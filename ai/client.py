"""The one place that talks to a server, by the SDK; everything around it is in its neighbours."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import ssl
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager, suppress
from functools import cache
from types import TracebackType
from typing import Self

import httpx2
import openai
from redis.asyncio import Redis
from redis.exceptions import RedisError

from ai.attempts import Attempts
from ai.bookkeeping import Bookkeeper
from ai.calls import Reply, Request
from ai.catalogue import Catalogue, ServedModel
from ai.completing import Completion
from ai.config import Config, Endpoint
from ai.embedding import Embedding, batches
from ai.errors import ConnectionFailed, Malformed, Rejected, TimedOut, Unreached
from ai.ledger import Books, Subject
from ai.mapping import ServerError, outcome_of
from ai.questions import A, Audio, Deadline, Heard, Question
from ai.streaming import Collected
from ai.transcribing import Transcription
from ai.wire import ChatChunk, ChatReply, EmbeddingReply, TranscriptionReply, parse

CONNECT_SECONDS = 10.0
REDIS_SECONDS = 3.0  # a Redis that hangs is one that is away
NOTHING_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout)
# At lower levels these log what is asked; and the ledger knows every request
for chatty in ("openai", "httpx2", "httpcore2"):
    logging.getLogger(chatty).setLevel(logging.WARNING)


class Client:
    """Calls on behalf of one subject, within one event loop. Closes `books` when it is left."""

    def __init__(self, config: Config, subject: Subject, books: Books) -> None:
        self._config = config
        self._subject = subject
        self._keeper = Bookkeeper(books)
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self._open.push_async_callback(self._keeper.close)
        self._redis = Redis.from_url(
            self._config.redis_url,
            socket_timeout=REDIS_SECONDS,
            socket_connect_timeout=REDIS_SECONDS,
            # neither greeting nor introduction: for these each connection reads redis-py's metadata
            protocol=2,
            driver_info=None,
        )
        self._open.push_async_callback(self._redis.aclose)
        self._http = await self._open.enter_async_context(
            openai.DefaultAsyncHttpxClient(verify=tls_context())
        )
        self._room = asyncio.Semaphore(self._config.budget.concurrency)
        self._attempts: dict[Endpoint, Attempts] = {}
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._open.aclose()

    async def warm_up(self) -> None:
        """Connect ahead of the first call. What is away now may be back by then."""
        with suppress(RedisError):
            await self._redis.ping()
        await self._keeper.do(self._keeper.books.open)

    async def complete(self, question: Question[A], deadline: Deadline) -> A:
        """Raises `ai.errors.ModelError`."""
        endpoint = _configured(self._config.chat)
        call = Completion(question, self._config, endpoint)
        return await self._at(endpoint).answer(call, deadline)

    async def transcribe(self, audio: Audio, language: str, deadline: Deadline) -> Heard:
        """`language` as two letters (ISO 639-1). Raises `ai.errors.ModelError`."""
        endpoint = _configured(self._config.transcription)
        call = Transcription(audio, language, self._config.models.transcription, endpoint)
        return await self._at(endpoint).answer(call, deadline)

    async def embed(
        self, texts: Sequence[str], deadline: Deadline
    ) -> tuple[tuple[float, ...], ...]:
        """One vector for each text. Finished batches are kept when a later one fails.

        Raises `ai.errors.ModelError`.
        """
        attempts = self._at(_configured(self._config.chat))
        vectors: list[tuple[float, ...]] = []
        for batch in batches(texts):
            call = Embedding(batch, self._config.models.embedding)
            answer = await attempts.answer(call, deadline)
            vectors.extend(answer)
        return tuple(vectors)

    async def models(self, endpoint: Endpoint, deadline: Deadline) -> tuple[ServedModel, ...]:
        """What the server offers. Asked once, and in no ledger: it is free.

        Raises `ai.errors.ModelError`.
        """
        server = SdkServer(endpoint, self._http, self._config)
        try:
            async with asyncio.timeout(deadline.remaining):
                return tuple((await server.models()).data)
        except TimeoutError:
            raise TimedOut("list of models") from None

    def _at(self, endpoint: Endpoint) -> Attempts:
        if endpoint not in self._attempts:
            self._attempts[endpoint] = Attempts(
                name=_name(endpoint),
                server=SdkServer(endpoint, self._http, self._config),
                config=self._config,
                subject=self._subject,
                keeper=self._keeper,
                redis=self._redis,
                room=self._room,
            )
        return self._attempts[endpoint]


class SdkServer:
    """`ai.calls.Server`. Answers are taken as bytes: what stands in them is ours to check."""

    def __init__(self, endpoint: Endpoint, http: httpx2.AsyncClient, config: Config) -> None:
        self._streaming = config.streaming
        self._api = openai.AsyncOpenAI(
            api_key=endpoint.api_key,
            base_url=endpoint.base_url,
            http_client=http,
            max_retries=0,
            timeout=httpx2.Timeout(config.attempt_seconds, connect=CONNECT_SECONDS),
        )

    async def chat(self, request: Request) -> Reply[ChatReply]:
        with sdk_errors():
            if self._streaming:
                return await self._streamed(request)
            raw = await self._api.chat.completions.with_raw_response.create(**request)
        return Reply(parse(ChatReply, raw.content))

    async def hear(self, request: Request) -> Reply[TranscriptionReply]:
        with sdk_errors():
            raw = await self._api.audio.transcriptions.with_raw_response.create(**request)
        return Reply(parse(TranscriptionReply, raw.content))

    async def embed(self, request: Request) -> Reply[EmbeddingReply]:
        with sdk_errors():
            raw = await self._api.embeddings.with_raw_response.create(**request)
        return Reply(parse(EmbeddingReply, raw.content))

    async def models(self) -> Catalogue:
        with sdk_errors():
            raw = await self._api.models.with_raw_response.list()
        return parse(Catalogue, raw.content)

    async def _streamed(self, request: Request) -> Reply[ChatReply]:
        collected = Collected()
        stream = await self._api.chat.completions.create(
            **request, stream=True, stream_options={"include_usage": True}
        )
        try:
            async with stream:
                async for chunk in stream:
                    collected.add(ChatChunk.model_validate(chunk.to_dict(warnings=False)))
        except ValueError:
            raise Malformed("stream") from None
        return collected.reply()


@contextmanager
def sdk_errors() -> Iterator[None]:
    """Ours instead of the SDK's, whose messages may repeat what was asked."""
    try:
        yield
    except openai.APIConnectionError as error:  # a timeout is one of them
        if isinstance(error.__cause__, NOTHING_SENT):
            raise Unreached(type(error.__cause__).__name__) from None
        if isinstance(error, openai.APITimeoutError):
            raise TimedOut("silent for too long") from None
        raise ConnectionFailed(type(error.__cause__).__name__) from None
    except openai.APIStatusError as error:
        told = ServerError.of(error.body)
        raise outcome_of(error.status_code, told, error.response.headers) from None
    except openai.APIError as error:  # in the midst of a stream
        raise outcome_of(0, ServerError.of(error.body), {}) from None


@cache
def tls_context() -> ssl.SSLContext:
    """One for the whole process: to make it takes longer than a request to a server nearby."""
    return httpx2.create_ssl_context()


def _configured(endpoint: Endpoint | None) -> Endpoint:
    if endpoint is None:
        raise Rejected("no endpoint configured")
    return endpoint


def _name(endpoint: Endpoint) -> str:
    """Of the account rather than the server: it is accounts that have budgets."""
    account = f"{endpoint.base_url} {endpoint.api_key}"
    return hashlib.sha256(account.encode()).hexdigest()[:16]
