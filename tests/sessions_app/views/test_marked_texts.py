"""No page says anything that cannot be translated, and each says in which language it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from accounts_app.models import User
from metrics_app.known_flags import KNOWN_FLAGS
from metrics_app.models import Alert
from sessions_app.models import RunState
from tests.bracketed import Said, write_bracketed
from tests.factories import RunFactory, SessionFactory
from tests.gallery import entrance, for_staff
from tests.sessions_app.ai_runs import WITHOUT_AI
from tests.sessions_app.attempts import attempt
from tests.sessions_app.finished import finished_run
from tests.sessions_app.provisional import under_review
from tests.sessions_app.views.test_ai_report import called, read_by_ai, resemble
from tests.sessions_app.views.test_numbers import a_talk

pytestmark = pytest.mark.django_db

DATA = {
    *("Ann", "Bob", "owner", "example", "com", "gpt", "small", "coaching", "again"),
    *("pocketsphinx", "alignment", "English", "Deutsch", "wav", "pcm", "le", "Hz", "MB"),
    *("JSON", "Markdown", "SRT", "WebVTT", "um", "uh", "you", "know"),
}
"""What is no text: names of people, models, languages and forms of files, units, and the fillers
of the talks where they stand in a sum.
"""

CODES = {part for flag in KNOWN_FLAGS for part in flag.split("_")} | {"session", "timeout"}
"""On pages for staff, who read the same in the log and the settings: flags, kinds of runs, and how
calls ended. What has an element of its own is marked as nothing to translate instead."""


@pytest.fixture(scope="session")
def bracketed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("locale")
    write_bracketed(folder)
    return folder


@pytest.fixture(autouse=True)
def in_brackets(settings: Settings, bracketed: Path) -> None:
    settings.LOCALE_PATHS = [bracketed]


@pytest.fixture
def reader(owner: User) -> Client:
    """The owner, who reads pages in brackets."""
    client = Client(headers={"Accept-Language": "de"})
    client.force_login(owner)
    return client


@pytest.fixture
def talks(owner: User) -> None:
    """Talks in every state a page can show. Their titles are figures, to tell them from texts."""
    first = attempt(owner, title="1", prompt="2")
    again = attempt(owner, title="3", retake_of=first.session)
    resemble(again, first)
    a_talk(owner, "4")
    read = read_by_ai(owner)
    called(read)
    finished_run(session__owner=owner, own={"refinement": lambda context, check: WITHOUT_AI})
    under_review(session__owner=owner)
    for state in (RunState.QUEUED, RunState.WAITING_FOR_MODEL, RunState.FAILED, RunState.CANCELLED):
        RunFactory.create(session__owner=owner, state=state)
    two = "Ann: hello there, everybody.\nBob: hello to you."
    SessionFactory.create(owner=owner, transcript_text=two, transcript_format="txt")
    for number, talk in enumerate(owner.sessions.all(), start=10):
        talk.title = str(number)
        talk.save(update_fields=["title"])


def crawl(client: Client) -> Iterator[tuple[str, Said]]:
    """Every page that can be reached by links, once for each address without its query."""
    waiting, seen = [reverse("session_list")], set[str]()
    while waiting:
        address = waiting.pop()
        path = re.sub(r"/words/\d+/", "/words/0/", address.partition("?")[0])
        if path in seen or not path.startswith("/") or path.startswith("/admin"):
            continue
        seen.add(path)
        response = client.get(address, follow=True)
        if response.headers["Content-Type"].startswith("text/html"):
            said = Said(response.content.decode())
            waiting += [link.partition("#")[0] for link in said.links]
            yield path, said


def wrong(said: Said, data: Set[str] = DATA) -> list[str]:
    """What cannot be translated, and what is said to be in the language of a talk and is not."""
    return [
        each.text
        for each in (*said.texts, *said.titles)
        if (not each.language and set(each.outside) - data)
        or (each.language and each.bracketed and each in said.texts)
    ]


def test_every_page_of_an_account_is_in_its_reader_s_language(reader: Client, talks: None) -> None:
    found = {path: problems for path, said in crawl(reader) if (problems := wrong(said))}
    assert found == {}


def test_the_first_pages_of_a_new_account_are(reader: Client) -> None:
    found = {path: problems for path, said in crawl(reader) if (problems := wrong(said))}
    assert found == {}


def test_pages_for_visitors_are() -> None:
    visitor = Client(headers={"Accept-Language": "de"})
    found = {}
    for page in entrance():
        html = visitor.get(page.path, follow=True).content.decode()
        if problems := wrong(Said(html)):
            found[page.name] = problems
    assert found == {}


def test_pages_for_staff_are(owner: User, reader: Client) -> None:
    pages = for_staff()
    Alert.objects.update(figures="1")  # as the scheduler worded them
    User.objects.filter(pk=owner.pk).update(is_staff=True)
    found = {}
    for page in pages:
        html = reader.get(page.path).content.decode()
        if problems := wrong(Said(html), DATA | CODES):
            found[page.name] = problems
    assert found == {}


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_pages_that_tell_of_a_problem_are(name: str) -> None:
    with translation.override("de"):
        html = render_to_string(f"{name}.html")
    assert wrong(Said(html)) == []
