"""What the log says of a run: times, modes, counts and decisions; never words of the talk."""

from __future__ import annotations

import logging
from typing import Any

from sessions_app.models import SessionRun
from sessions_app.stages.context import RunContext
from sessions_app.stages.outputs import Mode, RefinementOutput, StageName, StepDown

logger = logging.getLogger(__name__)


def begun(run: SessionRun, stage: StageName, context: RunContext) -> None:
    mode = f" in mode {_wanted(context)}" if stage is StageName.REFINEMENT else ""
    logger.info("session %s run %s: %s started%s", run.session_id, run.number, stage, mode)


def done(run: SessionRun, stage: StageName, output: Any, duration_ms: int) -> None:
    if isinstance(output, RefinementOutput):
        _refined(run, output)
    ended = "skipped" if output is None else "done"
    logger.info(
        "session %s run %s: %s %s in %s ms", run.session_id, run.number, stage, ended, duration_ms
    )


def step_down(run: SessionRun, step: StepDown) -> None:
    logger.warning(
        "session %s run %s: stepped down from %s to %s, %s%s",
        run.session_id,
        run.number,
        step.left,
        step.entered,
        step.reason,
        f" ({step.detail})" if step.detail else "",
    )


def _refined(run: SessionRun, output: RefinementOutput) -> None:
    for step in output.steps_down:
        step_down(run, step)
    found = output.agreement
    if found is not None:
        logger.info(
            "session %s run %s: fillers by rules %s, by the model %s, difference %s: "
            "coaching %s (%s)",
            run.session_id,
            run.number,
            found.rule,
            found.ai,
            "unknown" if found.difference is None else f"{found.difference:.0%}",
            "regenerated" if output.regenerated else "kept",
            found.grounds,
        )
    logger.info("session %s run %s: ended in mode %s", run.session_id, run.number, output.mode)


def _wanted(context: RunContext) -> Mode:
    if context.model is None or context.model.config.chat is None:
        return Mode.RULE_BASED
    return Mode.PARALLEL if context.model.plan.parallel else Mode.SEQUENTIAL
