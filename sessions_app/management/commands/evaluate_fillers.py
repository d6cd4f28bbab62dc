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
from sessions_app.speech.evaluation import INVENTORY, Finder, evaluate
from sessions_app.speech.figures import as_json, overall_line, table
from sessions_app.speech.filler_model import load_model
from sessions_app.speech.fillers import find_fillers
from sessions_app.speech.fingerprints import seen_conversations
from sessions_app.speech.labelled import BadLine, LabelledText, read_labelled, tokenise
from sessions_app.speech.packs import LanguagePack, load_pack
from sessions_app.speech.validation import HeldOut, hold_out
from speechcoach.model_config import model_config


class Command(BaseCommand):
    help = (
        "Compare counted fillers with labelled ones, by exact character span; 95 % intervals by "
        "bootstrap over conversations, or over texts where none is named. Lines of FILE: "
        '{"text": "…", "filler_spans": [[start, end, "word"], …], "conv": "…"}'
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
            "--held-out",
            action="store_true",
            help="judge each conversation of FILE by weights of the others, beside word lists",
        )
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
        words = _words(options["words"])
        if options["held_out"]:
            _check_held_out(texts, with_ai=options["with_ai"])
            result = hold_out(texts, pack, strip=options["strip"], inventory=words)
            self._print(_held_out_lines(result, in_json=options["json"]))
            return
        find = self._with_ai(texts, pack, options) if options["with_ai"] else find_fillers
        parts = evaluate(texts, pack, find, strip=options["strip"], inventory=words)
        self._warn_of_training(texts, pack)
        self._print([json.dumps(as_json(parts))] if options["json"] else table(parts))

    def _print(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)

    def _warn_of_training(self, texts: list[LabelledText], pack: LanguagePack) -> None:
        """Beside the figures, so that their JSON keeps its shape."""
        model = load_model(pack.language)
        seen = seen_conversations(texts, model.seen if model else ())
        if seen:
            named = ", ".join(name or "(no name)" for name in seen)
            self.stderr.write(
                "These figures say nothing about new talks: the weights were trained on "
                f"conversations of this file ({named}). Ask for --held-out."
            )

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


def _check_held_out(texts: list[LabelledText], *, with_ai: bool) -> None:
    if with_ai:
        raise CommandError("--held-out trains the rules; it cannot be combined with --with-ai.")
    named = {text.conv for text in texts}
    if "" in named or len(named) == 1:
        raise CommandError(
            "--held-out needs lines that name their conversation (`conv`), and two of them."
        )


def _held_out_lines(result: HeldOut, *, in_json: bool) -> Iterator[str]:
    number = len(result.ours)
    said = f"Held out: each of {number} conversations under weights of the other {number - 1}."
    baselines = {
        "every_word": result.every_word,
        "usual_words": result.usual_words,
        "words_after_marks": result.marks,
    }
    if in_json:
        rows = {name: as_json(parts) for name, parts in baselines.items()}
        yield json.dumps({**as_json(result.ours), "held_out": said, "baselines": rows})
        return
    yield said
    yield from table(result.ours)
    yield overall_line("every listed word", result.every_word)
    yield overall_line("sounds, “you know”, “I mean”, “well”", result.usual_words)
    yield overall_line("word, and whether after a mark", result.marks)
