"""What is done on the page of a new talk to see the recorder at work."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.acceptance.new_talk import press, record, speak_until, start_recording

SECONDS = 3


def hear(tab: Tab) -> None:
    press(tab, "Record")
    tab.get_by_role("button", name="Start recording").wait_for()


def speak(tab: Tab) -> None:
    start_recording(tab)
    speak_until(tab, SECONDS)


def keep(tab: Tab) -> None:
    record(tab, SECONDS)


STATES = {"new-talk-ready": hear, "new-talk-speaking": speak, "new-talk-kept": keep}
