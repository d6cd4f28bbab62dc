"""What every address of the API can be asked."""

from __future__ import annotations

from typing import Annotated, Literal

from django.conf import settings
from ninja import Schema
from pydantic import AfterValidator, Field

from metrics_app.api.answers import Asked
from metrics_app.windows import Scope, Window

LONGEST_MINUTES = 1440

Kind = Literal[
    "", "session", "feedback", "drill", "handout", "check", "analyze", "evaluate_fillers"
]  # fmt: skip


def _queue(name: str) -> str:
    if name and name not in settings.RQ_QUEUES:
        raise ValueError(f"there are these: {', '.join(settings.RQ_QUEUES)}")
    return name


class Question(Schema):
    """Filters that are empty let everything through."""

    window: Annotated[
        int, Field(ge=1, le=LONGEST_MINUTES, description="The last so many minutes")
    ] = 60
    operation: Annotated[
        str,
        Field(
            max_length=40,
            pattern="^[a-z0-9_-]*$",
            description="What calls are for, such as transcription or verdicts. "
            "Figures of runs have no operation and stay those of all",
        ),
    ] = ""
    kind: Annotated[Kind, Field(description="Of runs, and of what calls were made for")] = ""
    priority: Annotated[
        str,
        AfterValidator(_queue),
        Field(description="The queue of runs; of calls, those of runs in it that have ended"),
    ] = ""

    @property
    def scope(self) -> Scope:
        return Scope(operation=self.operation, kind=self.kind, priority=self.priority)

    def latest(self) -> Window:
        """The window that ends now."""
        return Window.last(self.window)

    def asked(self, window: Window) -> Asked:
        return Asked(since=window.since, until=window.until, **self.model_dump())
