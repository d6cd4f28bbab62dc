from __future__ import annotations

from io import StringIO

from sessions_app.management.progress import WIDTH, Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_fills_up_as_the_work_goes_on() -> None:
    terminal = Terminal()
    with Progress(2, terminal) as progress:
        progress.step()
        progress.step()
    drawn = terminal.getvalue().split("\r")[1:]
    half = "#" * (WIDTH // 2) + "." * (WIDTH // 2)
    assert drawn == [f"[{'.' * WIDTH}] 0/2", f"[{half}] 1/2", f"[{'#' * WIDTH}] 2/2\n"]


def test_nothing_is_drawn_where_nobody_watches() -> None:
    file = StringIO()
    with Progress(1, file) as progress:
        progress.step()
    assert file.getvalue() == ""


def test_no_work_draws_no_bar() -> None:
    terminal = Terminal()
    with Progress(0, terminal):
        pass
    assert terminal.getvalue() == "\n"
