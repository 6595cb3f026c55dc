"""The bot as a process of its own, which tests run with a command line, stop and kill.

Why processes are forked here: a fresh interpreter spends about 2 s of processor time on importing
the bot's libraries, and the tests start the bot over and over. Python's fork server
(`multiprocessing`, start method `forkserver`) is one fresh process for each xdist worker. It imports
`tests/support/forkserver_preload.py` and then forks itself for each bot. It has run no test, so a
bot inherits modules with sentences and validators they have read or built, and nothing else: no
event loop, thread, connection or patched object.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
import tempfile
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.__main__ import main
from bot.demo.actors import TIMEOUT_S, until

FORK_SERVER = multiprocessing.get_context("forkserver")
FORK_SERVER.set_forkserver_preload(["tests.support.forkserver_preload"])


def run_bot(config: str, *options: str, **environment: str) -> None:
    """What `python -m bot run --config …` does."""
    os.environ |= environment
    log = Path(config).with_name("bot.log").open("ab")
    os.dup2(log.fileno(), 1)
    os.dup2(log.fileno(), 2)
    main(["run", "--config", config, *options])


def run_command(
    folder: Path, *arguments: str, stdin: str = "", **environment: str
) -> tuple[int, str]:
    """Runs `python -m bot …` in a folder; returns the exit code and everything it wrote.

    The environment has nothing but `PATH`, a language and what is given. A command that hangs is
    killed after `TIMEOUT_S`, and the exit code then is negative.
    """
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch, "output")
        Path(scratch, "stdin").write_text(stdin, "utf-8")
        variables = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment}
        process = FORK_SERVER.Process(
            target=_run_arguments, args=(str(folder), scratch, arguments, variables)
        )
        process.start()
        process.join(TIMEOUT_S)
        if process.is_alive():
            process.kill()
            process.join()
        assert process.exitcode is not None
        return process.exitcode, output.read_text("utf-8")


def _run_arguments(
    folder: str, scratch: str, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ |= environment
    with (
        Path(scratch, "stdin").open(encoding="utf-8") as sys.stdin,
        Path(scratch, "output").open("w", encoding="utf-8") as sys.stdout,
    ):
        sys.stderr = sys.stdout
        os.dup2(sys.stdout.fileno(), 1)
        os.dup2(sys.stdout.fileno(), 2)
        main(arguments)


class BotProcess:
    """One process of `python -m bot run`; killed at the end of the block."""

    def __init__(self, config: Path, *options: str, **environment: str) -> None:
        self._log = config.with_name("bot.log")
        self._log_start = self._log.stat().st_size if self._log.exists() else 0
        self._process: BaseProcess = FORK_SERVER.Process(
            target=run_bot, args=(str(config), *options), kwargs=environment
        )
        self._process.start()

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.is_alive()

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process.pid
        return self._process.pid

    def kill(self) -> None:
        """Sends SIGKILL and waits for the end."""
        self._process.kill()
        self._process.join()

    def pause(self) -> None:
        """Sends SIGSTOP: the process is suspended until `resume`, and does not notice it."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Sends SIGCONT."""
        os.kill(self.pid, signal.SIGCONT)

    async def stop(self) -> int | None:
        """Sends SIGTERM once the bot handles it; returns the exit code, or None when it hangs.

        A bot that is still starting would end at once instead of stopping in an orderly way.
        """
        await until(self._is_up_or_ended, "the start of the bot")
        os.kill(self.pid, signal.SIGTERM)
        await asyncio.to_thread(self._process.join, TIMEOUT_S)
        return self._process.exitcode

    async def _is_up_or_ended(self) -> bool:
        log = self._log.read_bytes() if self._log.exists() else b""
        return b"the bot is up" in log[self._log_start :] or not self.is_alive

    def __enter__(self) -> "BotProcess":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.is_alive():
            self.kill()
