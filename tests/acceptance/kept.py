"""What a browser keeps of talks that the server does not have yet."""

from __future__ import annotations

from typing import Any, cast

from playwright.sync_api import Page

_ASK = """async ([store, question]) => {
    const answered = (request) => new Promise((resolve) => {
        request.onsuccess = () => resolve(request.result);
    });
    const database = await answered(indexedDB.open("speechcoach"));
    const found = await answered(database.transaction(store).objectStore(store)[question]());
    database.close();
    return found;
}"""


def keepers(page: Page) -> list[str]:
    """Whose sound this browser keeps."""
    keys: list[tuple[str, int]] = page.evaluate(_ASK, ["parts", "getAllKeys"])
    return [user for user, _ in keys]


def takes(page: Page) -> list[dict[str, Any]]:
    """What it knows beside the sound, one for everybody who keeps some."""
    return cast("list[dict[str, Any]]", page.evaluate(_ASK, ["takes", "getAll"]))


def titles(page: Page) -> list[str]:
    """What was filled in as the title of each."""
    return [dict(take["fields"])["title"] for take in takes(page)]
