"""A browser that takes pictures of whole pages."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

Scheme = Literal["light", "dark"]
Act = Callable[[Tab], object]

WIDTHS = {"wide": 1280, "narrow": 390}  # CSS pixels
HEIGHT = 900
TALLEST = 4_500  # pixels: what is below, the list of findings say, adds megabytes and no look
QUALITY = 45  # of 100: text stays sharp


def _nothing(tab: Tab) -> None:
    """The page as it is loaded."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Pictures go to `folder`; with `only`, none but those of these names are taken.

    `url` and `key` say where and as whom: the cookie of somebody signed in, or "".
    """

    browser: Browser
    folder: Path
    only: frozenset[str]
    url: str = ""
    key: str = ""

    def shoot(self, name: str, path: str, act: Act = _nothing, *, dark: bool = False) -> None:
        """`act` is what is done on the page before."""
        if self.only and name not in self.only:
            return
        schemes: tuple[Scheme, ...] = ("light", "dark") if dark else ("light",)
        for width, pixels in WIDTHS.items():
            for scheme in schemes:
                tab = self._open(path, pixels, scheme)
                act(tab)
                (self.folder / f"{name}-{width}-{scheme}.webp").write_bytes(picture(tab))
                tab.context.close()

    def _open(self, path: str, width: int, scheme: Scheme) -> Tab:
        context = self.browser.new_context(
            base_url=self.url,
            color_scheme=scheme,
            viewport={"width": width, "height": HEIGHT},
            permissions=["microphone", "camera"],
            reduced_motion="reduce",
        )
        if self.key:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": self.key, "url": self.url}]
            )
        tab = context.new_page()
        tab.goto(path, wait_until="load")
        return tab


def picture(tab: Tab, tallest: int = TALLEST) -> bytes:
    """The whole page as WebP, which Playwright itself does not write.

    In a window as tall as the page: what sticks to the window's edge is at the end of the page.
    """
    width, height = tab.evaluate("[innerWidth, document.documentElement.scrollHeight]")
    height = min(height, tallest)
    tab.set_viewport_size({"width": width, "height": height})
    answer = tab.context.new_cdp_session(tab).send(
        "Page.captureScreenshot",
        {
            "format": "webp",
            "quality": QUALITY,
            "clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1},
        },
    )
    return base64.b64decode(answer["data"])
