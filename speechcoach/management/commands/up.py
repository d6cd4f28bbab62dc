"""`manage.py up`: Speech Coach on this machine, from an empty folder to a page that answers."""

from __future__ import annotations

import math
import signal
import time
import uuid
from contextlib import suppress
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

from sessions_app.demo import account
from speechcoach import address, checks, guard, lock, processes, programs, redis_server
from speechcoach.supervisor import LOOK_SECONDS, Supervisor

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
REDIS_SECONDS = 60  # a long append-only file takes a while to load
WEB_SECONDS = 60


class Command(BaseCommand):
    help = "Start everything Speech Coach needs, keep it running, and stop it on Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            checks.python_version()
            checks.modules()
            checks.data_folder(settings.DATA_DIR)
            with lock.hold(settings.DATA_DIR / "up.lock"):
                checks.port_is_free(settings.WEB_HOST, settings.WEB_PORT)
                self._run(uuid.uuid4().hex)
        except (checks.NotReady, lock.RunningAlready, redis_server.RedisUnavailable) as problem:
            raise CommandError(str(problem)) from problem
        except OperationalError as problem:
            raise CommandError(f"The database does not answer: {problem}") from problem

    def _run(self, mark: str) -> None:
        supervisor = Supervisor(mark, self._say)
        caretaker = guard.start(mark)
        try:
            _on_stop_signals(_interrupt)
            self._start(supervisor, mark)
            supervisor.run()
        except KeyboardInterrupt:
            self._say("Stopping.")
        finally:
            _on_stop_signals(signal.SIG_IGN)
            supervisor.stop()
            guard.dismiss(caretaker)
        self._say("Stopped.")

    def _start(self, supervisor: Supervisor, mark: str) -> None:
        self._start_redis(supervisor)
        self._say("Preparing the database and the static files.")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        self._prepare_demo(mark)
        connections.close_all()
        working = [*(programs.worker(queue) for queue in settings.RQ_QUEUES), programs.scheduler()]
        supervisor.add(programs.unchecked(program) for program in working)
        supervisor.add([programs.web(settings.WEB_HOST, settings.WEB_PORT)])
        self._wait_for_web(supervisor)

    def _prepare_demo(self, mark: str) -> None:
        """In a process of its own, which takes seconds to have loaded all that reads a talk."""
        if not account.is_wanted():
            account.forget(settings.DATA_DIR)
        elif processes.start(programs.create_demo(), mark).wait():
            self._say("The demo talk could not be made; Speech Coach starts without it.")

    def _start_redis(self, supervisor: Supervisor) -> None:
        if settings.REDIS_IS_OURS:
            redis_server.prepare(settings.REDIS_SOCKET)
            executable = redis_server.find_server()
            supervisor.add([programs.redis(executable, settings.REDIS_SOCKET)])
        redis_server.wait_until_ready(settings.REDIS_URL, REDIS_SECONDS)

    def _wait_for_web(self, supervisor: Supervisor) -> None:
        if not self._answers_within(WEB_SECONDS, supervisor):
            self._say("The pages do not answer yet; the messages above may say why.")
            self._answers_within(math.inf, supervisor)
        self._say(f"Speech Coach runs at {address.url(settings.WEB_HOST, settings.WEB_PORT)}")
        if demo := account.read(settings.DATA_DIR):
            self._say(f"Demo account: {demo.email}, password: {demo.password}")
        self._say("Ctrl-C stops it.")

    def _answers_within(self, seconds: float, supervisor: Supervisor) -> bool:
        deadline = time.monotonic() + seconds
        while not address.answers(settings.WEB_HOST, settings.WEB_PORT):
            if time.monotonic() > deadline:
                return False
            supervisor.tend()
            time.sleep(LOOK_SECONDS)
        return True

    def _say(self, text: str) -> None:
        """What it goes to may be on a full disk, or a terminal that is gone: no reason to end."""
        with suppress(OSError):
            self.stdout.write(text)
            self.stdout.flush()


def _on_stop_signals(action: Any) -> None:
    for number in STOP_SIGNALS:
        signal.signal(number, action)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
