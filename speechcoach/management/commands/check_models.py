"""`manage.py check_models`: what works of the configured models, and what does not."""

from __future__ import annotations

import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ai.config import Config
from ai.errors import ModelError, Rejected, TryLater
from sessions_app.display.text import MISSING
from sessions_app.reasons import reason
from speechcoach.model_config import model_config
from speechcoach.model_probe import Offer, Probed, offers, probes
from speechcoach.retirements import retirement_of

NOTHING = (
    "No model is configured: talks are read by rules alone. "
    "Set OPENAI_API_KEY or OPENAI_BASE_URL; docs/model-servers.md has examples."
)


class Command(BaseCommand):
    help = (
        "Ask the configured servers for their models and make one tiny call of each kind. "
        "Ends with code 1 when something that is configured does not work."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seconds", type=float, default=30, help="what each call may take (default: 30)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        config = model_config()
        if config is None:
            self.stdout.write(NOTHING)
            return
        failed = asyncio.run(self._check(config, options["seconds"]))
        if failed:
            raise CommandError(f"Does not work: {', '.join(failed)}.", returncode=1)
        self.stdout.write(self.style.SUCCESS("Everything that is configured works."))

    async def _check(self, config: Config, seconds: float) -> list[str]:
        """The uses that do not work."""
        for offer in await offers(config, seconds):
            for line in _offer_lines(offer):
                self.stdout.write(line)
        failed = []
        async for probed in probes(config, settings.TRANSCRIPTION_AUDIO, seconds):
            for line in _probe_lines(probed):
                self.stdout.write(line)
            if probed.error is not None:
                failed.append(probed.use)
        return failed


def _offer_lines(offer: Offer) -> list[str]:
    if offer.error is not None:
        return [f"{offer.host}: no list of models ({offer.error})"]
    lines = [f"{offer.host}: {offer.count} models"]
    lines += [f"  {model} is not on the list" for model in offer.missing]
    for model, end in offer.ends:
        known = retirement_of(model)
        advice = f"; set {known.instead} instead" if known else ""
        lines.append(f"  {model} ends on {end}{advice}")
    return lines


def _probe_lines(probed: Probed) -> list[str]:
    head = f"{probed.use:<14} {probed.model:<28}"
    if probed.error is None:
        time = f"{probed.seconds:.2f} s" if probed.seconds is not None else str(MISSING)
        return [f"{head} works   {time:>8}  {_cost(probed):>16}  {probed.note}"]
    attempts = f" (attempts: {probed.attempts})" if probed.attempts > 1 else ""
    return [f"{head} FAILED  {probed.note}{attempts}", f"  {_advice(probed.error)}"]


def _advice(error: ModelError) -> str:
    """What to look at, of those who run this command because something does not work."""
    if isinstance(error, TryLater):
        return "Is the server running, and is the address right, its /v1 at the end included?"
    if isinstance(error, Rejected) and error.detail.startswith(("401", "403")):
        return "The key is not accepted: look at OPENAI_API_KEY or TRANSCRIPTION_API_KEY."
    if isinstance(error, Rejected):
        return "Look at the name of the model, and at the address, its /v1 at the end included."
    why = reason(error.outcome)
    return f"{why.happened} {why.staff}".rstrip()


def _cost(probed: Probed) -> str:
    return "price unknown" if probed.cost_usd is None else f"{probed.cost_usd:.6f} USD"
