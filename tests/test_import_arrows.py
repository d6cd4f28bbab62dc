"""Keeps the picture of who may import whom true; the arrows themselves are in `.importlinter`."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path

import grimp
import pytest
from importlinter import Contract
from importlinter.api import read_configuration
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract

TYPES: dict[str, type[Contract]] = {
    "forbidden": ForbiddenContract,
    "layers": LayersContract,
    "protected": ProtectedContract,
}
CONFIGURATION = read_configuration(str(Path(__file__).parent.parent / ".importlinter"))
SESSION = CONFIGURATION["session_options"]
CONTRACTS = [
    TYPES[options["type"]](options["name"], SESSION, options)
    for options in CONFIGURATION["contracts_options"]
]


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        *SESSION["root_packages"], include_external_packages=True, cache_dir=None
    )


def broken(imports: grimp.ImportGraph) -> list[str]:
    return [c.name for c in CONTRACTS if not c.check(deepcopy(imports), verbose=False).kept]


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_arrows_point_as_drawn(contract: Contract) -> None:
    check = contract.check(deepcopy(graph()), verbose=False)
    if not check.kept:
        contract.render_broken_contract(check)
    assert check.kept


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("sessions_app.speech.fillers", "django"),
        ("sessions_app.coaching.schemas", "django"),
        ("sessions_app.stages.rules", "django"),
        ("sessions_app.stages.rules", "sessions_app.models"),
        ("sessions_app.stages.scoring", "sessions_app.actions"),
        ("sessions_app.stages.media", "sessions_app.files"),
        ("sessions_app.speech.fillers", "sessions_app.stages.context"),
        ("sessions_app.speech.fillers", "sessions_app.coaching.schemas"),
        ("sessions_app.models", "sessions_app.queries"),
        ("sessions_app.actions.runs", "sessions_app.pipeline"),
        ("sessions_app.actions.runs", "sessions_app.jobs"),
        ("sessions_app.actions.runs", "sessions_app.queries"),
        ("sessions_app.pipeline", "sessions_app.jobs"),
        ("sessions_app.pipeline", "sessions_app.admin"),
        ("sessions_app.actions.runs", "sessions_app.views"),
        ("sessions_app.admin", "sessions_app.views"),
        ("accounts_app.admin", "sessions_app.views"),
        ("sessions_app.actions.runs", "sessions_app.stages.rules"),
        ("metrics_app.models", "sessions_app.models"),
        ("metrics_app.models", "accounts_app.models"),
        ("metrics_app.models", "speechcoach.settings"),
        ("sessions_app.queries", "metrics_app.models"),
        ("sessions_app.pipeline", "openai"),
        ("ai.questions", "openai"),
        ("ai.ledger", "django"),
        ("ai.client", "metrics_app.record"),
        ("ai.config", "speechcoach.settings"),
        ("sessions_app.speech.fillers", "ai.questions"),
        ("sessions_app.transcripts.parsing", "ai.client"),
        ("sessions_app.coaching.rule_based", "metrics_app.flags"),
        ("sessions_app.checkpoints", "sessions_app.actions.runs"),
        ("sessions_app.model_access", "sessions_app.queries"),
        ("sessions_app.queries", "sessions_app.stages.similar"),
    ],
)
def test_an_arrow_the_wrong_way_is_noticed(importer: str, imported: str) -> None:
    imports = deepcopy(graph())
    assert {importer, imported} <= imports.modules
    imports.add_import(importer=importer, imported=imported)
    assert len(broken(imports)) > len(broken(graph()))
