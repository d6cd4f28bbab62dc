"""Against the simulator, over real HTTP."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from io import BytesIO

import pytest

from ai.client import Client, tls_context
from ai.config import Caps, Endpoint
from ai.errors import (
    EmptyAnswer,
    Filtered,
    Malformed,
    ModelError,
    Outcome,
    QuotaExhausted,
    Refused,
    Rejected,
    TooLong,
    Unavailable,
)
from ai.memory import MemoryBooks
from ai.questions import Audio, Deadline, Heard
from ai.retry import MAX_USELESS
from tests.ai.clients import Opinion, ask, config_for, question, talk
from tests.media_files import voice, write
from tests.simulator import Simulator

SOON_OK = {
    "429": Outcome.RATE_LIMITED,
    "500": Outcome.SERVER_ERROR,
    "503": Outcome.SERVER_ERROR,
    "reset": Outcome.CONNECTION,
    "stall": Outcome.TIMEOUT,
    "slow_drip": Outcome.TIMEOUT,
    "empty": Outcome.EMPTY,
    "wrong_schema": Outcome.MALFORMED,
    "truncated_json": Outcome.MALFORMED,
    "length": Outcome.TRUNCATED,
}
DECLINED: dict[str, type[ModelError]] = {
    "refusal": Refused,
    "content_filter": Filtered,
    "filter_400": Filtered,
    "context_too_long": TooLong,
}
SOON_OK |= {fault: kind.outcome for fault, kind in DECLINED.items()}
STREAMED = SOON_OK.keys() - {"slow_drip"}  # a stream drips anyhow


@pytest.fixture
def books() -> MemoryBooks:
    return MemoryBooks()


def patience(fault: str) -> float:
    """Seconds for an attempt: few where they have to pass."""
    return 5.0 if fault in {"stall", "slow_drip"} else 20.0


def assert_ledger_is_the_bill(books: MemoryBooks, simulator: Simulator) -> None:
    """One record for each request, with its cost where that is known, else it was not billed."""
    requests = simulator.log()
    assert len(books.records) == len(requests)
    for record, request in zip(books.records, requests, strict=True):
        assert (record.cost_usd or 0) == request.cost
        assert record.cost_usd is not None or not request.complete
    total = sum((record.cost_usd or Decimal(0) for record in books.records), Decimal(0))
    assert total == simulator.bill().total


@pytest.mark.parametrize(
    ("fault", "streaming"),
    [*((kind, False) for kind in SOON_OK), *((kind, True) for kind in sorted(STREAMED))],
)
def test_what_passes_is_asked_again_and_written_down(
    simulator: Simulator, redis_url: str, books: MemoryBooks, fault: str, streaming: bool
) -> None:
    simulator.next_faults([fault])
    config = config_for(
        simulator.url, redis_url, attempt_seconds=patience(fault), streaming=streaming
    )
    assert isinstance(ask(config, books), Opinion)
    assert [record.outcome for record in books.records] == [SOON_OK[fault], Outcome.OK]
    assert [record.attempt for record in books.records] == [1, 2]
    assert_ledger_is_the_bill(books, simulator)


@pytest.mark.parametrize("streaming", [False, True])
def test_what_stays_is_given_up_at_once(
    simulator: Simulator, redis_url: str, books: MemoryBooks, streaming: bool
) -> None:
    simulator.next_faults(["quota"])
    with pytest.raises(QuotaExhausted):
        ask(config_for(simulator.url, redis_url, streaming=streaming), books)
    assert [record.outcome for record in books.records] == [Outcome.QUOTA_EXHAUSTED]
    assert_ledger_is_the_bill(books, simulator)


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize("fault", DECLINED)
def test_what_is_declined_three_times_is_given_up(
    simulator: Simulator, redis_url: str, books: MemoryBooks, fault: str, streaming: bool
) -> None:
    simulator.next_faults([fault] * MAX_USELESS)
    with pytest.raises(DECLINED[fault]):
        ask(config_for(simulator.url, redis_url, streaming=streaming), books)
    assert [r.outcome for r in books.records] == [DECLINED[fault].outcome] * MAX_USELESS
    assert_ledger_is_the_bill(books, simulator)


def test_useless_answers_are_asked_for_three_times_in_all(
    simulator: Simulator, redis_url: str, books: MemoryBooks
) -> None:
    simulator.next_faults(["wrong_schema"] * MAX_USELESS)
    with pytest.raises(Malformed):
        ask(config_for(simulator.url, redis_url), books)
    assert [record.outcome for record in books.records] == [Outcome.MALFORMED] * MAX_USELESS
    assert all(record.tokens_out for record in books.records)
    assert_ledger_is_the_bill(books, simulator)


def test_a_dead_server_is_away(
    simulator: Simulator, redis_url: str, books: MemoryBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ai.retry.FIRST_BACKOFF_SECONDS", 0.001)
    simulator.kill()
    with pytest.raises(Unavailable):
        ask(config_for(simulator.url, redis_url), books)
    assert {record.outcome for record in books.records} == {Outcome.CONNECTION}


def test_a_dead_server_costs_nothing(
    simulator: Simulator, redis_url: str, books: MemoryBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ai.retry.FIRST_BACKOFF_SECONDS", 0.001)
    simulator.kill()
    with pytest.raises(Unavailable):
        ask(config_for(simulator.url, redis_url, caps=Caps(owner=Decimal(1))), books)
    assert {record.cost_usd for record in books.records} == {Decimal(0)}
    assert books.spent() == 0


def test_what_a_cut_connection_cost_is_unknown(
    simulator: Simulator, redis_url: str, books: MemoryBooks
) -> None:
    simulator.next_faults(["reset"])
    ask(config_for(simulator.url, redis_url), books)
    assert books.records[0].cost_usd is None


def test_a_stall_ends_with_the_deadline(
    simulator: Simulator, redis_url: str, books: MemoryBooks
) -> None:
    simulator.next_faults(["stall"])
    with pytest.raises(Unavailable):
        ask(config_for(simulator.url, redis_url), books, seconds=2)
    assert [record.outcome for record in books.records] == [Outcome.TIMEOUT]
    assert books.records[0].cost_usd is None


def test_a_wrong_key_is_rejected_without_telling_it(
    start_simulator: Callable[..., Simulator], redis_url: str, books: MemoryBooks
) -> None:
    server = start_simulator("--key", "another")
    with pytest.raises(Rejected) as caught:
        ask(config_for(server.url, redis_url), books)
    assert caught.value.detail == "401 invalid_api_key"
    assert "secret" not in str(books.records)


@pytest.mark.parametrize("fault", ["ok", "wrong_schema", "filter_400"])
def test_logs_have_no_words_and_no_key(
    simulator: Simulator,
    redis_url: str,
    books: MemoryBooks,
    caplog: pytest.LogCaptureFixture,
    fault: str,
) -> None:
    caplog.set_level("DEBUG")
    simulator.next_faults([fault] * MAX_USELESS)
    with suppress(ModelError):
        ask(config_for(simulator.url, redis_url), books, question('{"words":"my confession"}'))
    assert "confession" not in caplog.text
    assert "secret" not in caplog.text


def test_nothing_configured_is_rejected(redis_url: str, books: MemoryBooks) -> None:
    with pytest.raises(Rejected):
        ask(config_for("http://unused", redis_url, chat=None), books)


def test_a_server_without_schemas_is_asked_in_json_mode_from_then_on(
    start_simulator: Callable[..., Simulator], redis_url: str, books: MemoryBooks
) -> None:
    server = start_simulator("--no-schema")
    config = config_for(server.url, redis_url)
    ask(config, books)
    ask(config, books, question('{"topic":"coffee"}'))
    assert [record.outcome for record in books.records] == [
        Outcome.REJECTED,
        Outcome.OK,
        Outcome.OK,
    ]
    assert {record.attempt for record in books.records} == {1}
    refused, *answered = server.log()
    assert refused.status == 400
    formats = [server.body(each.id)["response_format"]["type"] for each in answered]
    assert formats == ["json_object", "json_object"]


def test_streams_tell_when_the_first_token_came(
    simulator: Simulator, redis_url: str, books: MemoryBooks
) -> None:
    ask(config_for(simulator.url, redis_url, streaming=True), books)
    assert simulator.log()[0].streamed
    record = books.records[0]
    assert record.first_token_ms is not None
    assert record.latency_ms is not None
    assert record.first_token_ms <= record.latency_ms
    assert record.tokens_in


@pytest.fixture(scope="module")
def audio(tmp_path_factory: pytest.TempPathFactory) -> Audio:
    path = write(tmp_path_factory.mktemp("audio") / "piece.flac", voice(4.5))
    return Audio(BytesIO(path.read_bytes()), "piece.flac", 4500)


def hear(
    server: Simulator, redis_url: str, books: MemoryBooks, audio: Audio, fault: str = ""
) -> Heard:
    async def work(client: Client) -> Heard:
        return await client.transcribe(audio, "en", Deadline.after(20))

    return talk(config_for(server.url, redis_url, attempt_seconds=patience(fault)), books, work)


def test_words_come_with_times(
    simulator: Simulator, redis_url: str, books: MemoryBooks, audio: Audio
) -> None:
    heard = hear(simulator, redis_url, books, audio)
    assert heard.words
    assert [word.text for word in heard.words] == heard.text.split()
    assert all(0 <= word.start_ms <= word.end_ms <= 4500 for word in heard.words)
    assert_ledger_is_the_bill(books, simulator)
    assert books.records[0].audio_ms == 4500
    asked = simulator.body(simulator.log()[0].id)
    assert "um, uh" in asked["prompt"]


def test_segments_where_the_server_knows_no_words(
    start_simulator: Callable[..., Simulator], redis_url: str, books: MemoryBooks, audio: Audio
) -> None:
    heard = hear(start_simulator("--transcription", "segments"), redis_url, books, audio)
    assert not heard.words
    assert heard.segments


def test_text_where_the_server_knows_no_times_and_that_is_remembered(
    start_simulator: Callable[..., Simulator], redis_url: str, books: MemoryBooks, audio: Audio
) -> None:
    server = start_simulator("--transcription", "text")
    heard = hear(server, redis_url, books, audio)
    hear(server, redis_url, MemoryBooks(), audio)
    assert heard.text
    assert not heard.words
    assert not heard.segments
    refused, *answered = server.log()
    assert refused.status == 400
    assert [server.body(each.id)["response_format"] for each in answered] == ["json", "json"]


@pytest.mark.parametrize(
    "fault", ["429", "500", "503", "reset", "stall", "slow_drip", "empty", "wrong_schema"]
)
def test_faults_of_transcription_pass(
    simulator: Simulator, redis_url: str, books: MemoryBooks, audio: Audio, fault: str
) -> None:
    simulator.next_faults([fault])
    assert hear(simulator, redis_url, books, audio, fault).text
    assert [record.outcome for record in books.records] == [SOON_OK[fault], Outcome.OK]
    assert_ledger_is_the_bill(books, simulator)


def test_the_same_sound_is_paid_once(
    simulator: Simulator, redis_url: str, books: MemoryBooks, audio: Audio
) -> None:
    first = hear(simulator, redis_url, books, audio)
    assert hear(simulator, redis_url, books, audio) == first
    assert len(simulator.log()) == 1
    assert [record.cache_hit for record in books.records] == [False, True]


def embed(
    server: Simulator, redis_url: str, books: MemoryBooks, texts: list[str], fault: str = ""
) -> tuple[tuple[float, ...], ...]:
    async def work(client: Client) -> tuple[tuple[float, ...], ...]:
        return await client.embed(texts, Deadline.after(20))

    return talk(config_for(server.url, redis_url, attempt_seconds=patience(fault)), books, work)


def test_many_texts_go_in_batches_and_keep_their_order(
    simulator: Simulator, redis_url: str, books: MemoryBooks
) -> None:
    texts = [f"passage of tea number{'x' * number}" for number in range(150)]
    vectors = embed(simulator, redis_url, books, texts)
    assert len(simulator.log("embeddings")) == 2
    assert vectors[140] == embed(simulator, redis_url, MemoryBooks(), [texts[140]])[0]
    assert embed(simulator, redis_url, books, texts) == vectors
    assert len(simulator.log("embeddings")) == 3


@pytest.mark.parametrize("fault", ["429", "500", "reset", "stall", "slow_drip", "empty"])
def test_faults_of_embeddings_pass(
    simulator: Simulator, redis_url: str, books: MemoryBooks, fault: str
) -> None:
    simulator.next_faults([fault])
    assert embed(simulator, redis_url, books, ["tea"], fault)
    assert [record.outcome for record in books.records] == [SOON_OK[fault], Outcome.OK]
    assert_ledger_is_the_bill(books, simulator)


def test_no_texts_need_no_request(simulator: Simulator, redis_url: str, books: MemoryBooks) -> None:
    assert embed(simulator, redis_url, books, []) == ()
    assert simulator.log() == []


def test_vectors_that_never_come_are_an_empty_answer(
    simulator: Simulator, redis_url: str, books: MemoryBooks
) -> None:
    simulator.next_faults(["empty"] * MAX_USELESS)
    with pytest.raises(EmptyAnswer):
        embed(simulator, redis_url, books, ["tea"])


def test_audio_may_have_a_server_of_its_own(
    simulator: Simulator,
    start_simulator: Callable[..., Simulator],
    redis_url: str,
    books: MemoryBooks,
    audio: Audio,
) -> None:
    other = start_simulator()
    config = config_for(simulator.url, redis_url, transcription=Endpoint(other.url, "sk-other"))

    async def work(client: Client) -> None:
        await client.complete(question(), Deadline.after(20))
        await client.transcribe(audio, "en", Deadline.after(20))

    talk(config, books, work)
    assert [each.purpose for each in simulator.log()] == ["check"]
    assert [each.purpose for each in other.log()] == ["transcription"]


def test_leaving_closes_the_books(simulator: Simulator, redis_url: str, books: MemoryBooks) -> None:
    ask(config_for(simulator.url, redis_url), books)
    assert books.closed


def test_a_process_has_one_tls_context() -> None:
    assert tls_context() is tls_context()


@pytest.mark.parametrize("away", [False, True])
def test_warming_up_is_no_failure_whatever_is_away(
    redis_url: str, books: MemoryBooks, *, away: bool
) -> None:
    async def work(client: Client) -> bool:
        await client.warm_up()
        return books.opened

    url = "redis://127.0.0.1:9/0" if away else redis_url
    assert talk(config_for("http://127.0.0.1:9/v1", url), books, work)
