"""`manage.py evaluate_fillers FILE.jsonl`: how well labelled fillers are found."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sessions_app.reasons import reason
from sessions_app.rereading import reread_texts
from sessions_app.speech.evaluation import INVENTORY, Evaluation, Finder, Tally, evaluate
from sessions_app.speech.fillers import find_fillers
from sessions_app.speech.labelled import BadLine, LabelledText, read_labelled, tokenise
from sessions_app.speech.packs import LanguagePack, load_pack
from speechcoach.model_config import model_config


class Command(BaseCommand):
    help = (
        "Compare counted fillers with labelled ones, by exact character span. Lines of FILE: "
        '{"text": "…", "filler_spans": [[start, end, "word"], …]}'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="labelled texts, JSON Lines")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--strip", action="store_true", help="remove punctuation and case first"
        )
        parser.add_argument(
            "--words", nargs="+", default=INVENTORY, metavar="WORD", help="words that count"
        )
        parser.add_argument("--language", default="en", help="language pack to use")
        parser.add_argument(
            "--with-ai",
            action="store_true",
            help="have the configured model judge what the rules found; costs money",
        )
        parser.add_argument(
            "--seconds", type=float, default=600, help="what the model may take (default: 600)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        texts, pack = _texts(options["file"]), _pack(options["language"])
        strip: bool = options["strip"]
        find = self._with_ai(texts, pack, options) if options["with_ai"] else find_fillers
        result = evaluate(texts, pack, find, strip=strip, inventory=_words(options["words"]))
        lines = [json.dumps(_as_json(result))] if options["json"] else _table(result)
        for line in lines:
            self.stdout.write(line)

    def _with_ai(
        self, texts: list[LabelledText], pack: LanguagePack, options: dict[str, Any]
    ) -> Finder:
        """Finds what stands after the verdicts; gives the answers in the order of `texts`."""
        config = model_config()
        if config is None or config.chat is None:
            raise CommandError("No model is configured: set OPENAI_API_KEY or OPENAI_BASE_URL.")
        tokens = [tokenise(text.text, options["strip"]).words for text in texts]
        reread = reread_texts(tokens, pack, config, options["seconds"])
        if reread.lost and reread.failure is not None:
            why = reason(reread.failure.reason).happened
            lost = f"Not read by the model: {reread.lost} of {reread.passages} passages. {why}"
            if reread.lost == reread.passages:
                raise CommandError(lost)
            self.stderr.write(f"{lost} There the rules stand.")
        answers = iter(reread.matches)
        return lambda words, pack: next(answers)


def _pack(language: str) -> LanguagePack:
    pack = load_pack(language)
    if pack is None:
        raise CommandError(f"There is no language pack for “{language}”.")
    return pack


def _texts(path: Path) -> list[LabelledText]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            texts = list(read_labelled(lines))
    except OSError as problem:
        raise CommandError(f"Cannot read {path}: {problem.strerror}") from problem
    except UnicodeDecodeError as problem:
        raise CommandError(f"{path} is not UTF-8 text.") from problem
    except BadLine as problem:
        raise CommandError(f"{path}: {problem}") from problem
    if not texts:
        raise CommandError(f"{path} holds no labelled text.")
    return texts


def _words(given: Iterable[str]) -> tuple[str, ...]:
    """Words separated by spaces on the command line, or by commas."""
    split = (part.strip() for word in given for part in word.split(","))
    return tuple(part for part in split if part)


def _as_json(result: Evaluation) -> dict[str, Any]:
    words = sorted(result.words.items())
    return {
        "overall": _numbers(result.overall),
        "words": {word: _numbers(tally) for word, tally in words},
    }


def _numbers(tally: Tally) -> dict[str, float | int | None]:
    return {
        "precision": tally.precision,
        "recall": tally.recall,
        "f1": tally.f1,
        "true_positives": tally.true_positives,
        "false_positives": tally.false_positives,
        "false_negatives": tally.false_negatives,
    }


def _table(result: Evaluation) -> Iterator[str]:
    rates, counts = ("precision", "recall", "F1"), ("right", "wrong", "missed")
    yield f"{'word':<12}" + "".join(f"{r:>10}" for r in rates) + "".join(f"{c:>8}" for c in counts)
    ranked = sorted(result.words.items(), key=lambda item: (-item[1].true_positives, item[0]))
    for word, tally in [*ranked, ("overall", result.overall)]:
        shown = "".join(f"{_rate(r):>10}" for r in (tally.precision, tally.recall, tally.f1))
        yield (
            f"{word:<12}{shown}{tally.true_positives:>8}"
            f"{tally.false_positives:>8}{tally.false_negatives:>8}"
        )


def _rate(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"
