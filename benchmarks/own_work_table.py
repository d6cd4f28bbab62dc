"""Our own work, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from benchmarks.bookkeeping import Bookkeeping
from benchmarks.markdown import shown, table
from benchmarks.own_work import OwnWork


def as_json(work: OwnWork) -> dict[str, Any]:
    books = work.books
    return {
        "processor": [{**asdict(each), "realtime": each.realtime} for each in work.efforts],
        "memory_mb": [asdict(each) for each in work.memory],
        "bookkeeping": {
            **asdict(books),
            "ledger": books.ledger,
            "checkpoints": books.checkpoints,
        },
    }


def as_markdown(work: OwnWork, wall: float | None = None) -> str:
    """`wall`: seconds of a run, of which the books are a share."""
    efforts = table(
        ("our own work", "minutes", "processor s", "× realtime"),
        (
            (each.what, f"{each.minutes:.0f}", f"{each.seconds:.3f}", f"{each.realtime:.0f}")
            for each in work.efforts
        ),
    )
    memory = table(
        ("resident memory at most", "job MB", "decoder MB"),
        (
            (f"{each.minutes:.0f} minutes", shown(each.job, 0), shown(each.decoder, 0))
            for each in work.memory
        ),
    )
    return "\n\n".join([efforts, memory, " ".join(_books(work.books, wall))])


def _books(books: Bookkeeping, wall: float | None) -> Iterator[str]:
    yield (
        f"Processor time of a run of five minutes, without its decoder: {books.in_memory:.2f} s in "
        f"memory; the ledger of its {books.calls} calls takes {1000 * books.ledger:.0f} ms more, "
        f"checkpoints and metrics another {1000 * books.checkpoints:.0f} ms"
    )
    if wall is None:
        yield f"(medians of {books.rounds})."
        return
    shares = [100 * each / wall for each in (books.ledger, books.checkpoints)]
    yield (
        f"(medians of {books.rounds}): {shares[0]:.1f} % and {shares[1]:.1f} % "
        "of the time until the report is complete."
    )
