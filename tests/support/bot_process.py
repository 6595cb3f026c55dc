"""The bot as a process of its own: typed at, asked to stop, or killed."""

import asyncio
import multiprocessing
import os
import signal
import sys
import tempfile
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.__main__ import main
from bot.demo.actors import PATIENCE_S, until

# Every start would spend seconds on reading the libraries; here they are read once, in a process
# that each bot is a copy of.
_MAKER = multiprocessing.get_context("forkserver")
_MAKER.set_forkserver_preload(["tests.support.forkserver_preload"])


def run_bot(config: str, *options: str, **environment: str) -> None:
    """What `python -m bot run --config …` does."""
    sys.argv = ["niemtin", "run", "--config", config, *options]
    os.environ |= environment
    log = Path(config).with_name("bot.log").open("ab")
    os.dup2(log.fileno(), 1)
    os.dup2(log.fileno(), 2)
    main()


def typed(folder: Path, *words: str, answers: str = "", **environment: str) -> tuple[int, str]:
    """Types `python -m bot …` in a folder; returns how it ended and what was to be read.

    Of the environment there is nothing but `PATH`, a language and what is given.
    """
    with tempfile.TemporaryDirectory() as desk:
        said = Path(desk, "said")
        Path(desk, "answers").write_text(answers, "utf-8")
        known = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment}
        process = _MAKER.Process(target=_run_words, args=(str(folder), desk, words, known))
        process.start()
        process.join()
        assert process.exitcode is not None
        return process.exitcode, said.read_text("utf-8")


def _run_words(folder: str, desk: str, words: tuple[str, ...], environment: dict[str, str]) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ |= environment
    sys.argv = ["niemtin", *words]
    with (
        Path(desk, "answers").open(encoding="utf-8") as sys.stdin,
        Path(desk, "said").open("w", encoding="utf-8") as sys.stdout,
    ):
        sys.stderr = sys.stdout
        os.dup2(sys.stdout.fileno(), 1)
        os.dup2(sys.stdout.fileno(), 2)
        main()


class BotProcess:
    """One life of the bot."""

    def __init__(self, config: Path, *options: str, **environment: str) -> None:
        self._log = config.with_name("bot.log")
        self._logged_before = self._log.stat().st_size if self._log.exists() else 0
        self._process: BaseProcess = _MAKER.Process(
            target=run_bot, args=(str(config), *options), kwargs=environment
        )
        self._process.start()

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended by itself."""
        return self._process.is_alive()

    @property
    def pid(self) -> int:
        """Its number on this machine."""
        assert self._process.pid
        return self._process.pid

    def kill(self) -> None:
        """SIGKILL: it gets no say in it."""
        self._process.kill()
        self._process.join()

    def halt(self) -> None:
        """SIGSTOP: it does nothing, and does not know it, until `wake`."""
        os.kill(self.pid, signal.SIGSTOP)

    def wake(self) -> None:
        """SIGCONT: it goes on as if no time had passed."""
        os.kill(self.pid, signal.SIGCONT)

    async def stop(self) -> int | None:
        """SIGTERM as soon as it listens to that; returns how it ended, or None when it hangs.

        What a test waits for may have been done by an earlier process, and this one still starts.
        """
        await until(self._is_up_or_gone, "the start of the bot")
        os.kill(self.pid, signal.SIGTERM)
        await asyncio.to_thread(self._process.join, PATIENCE_S)
        return self._process.exitcode

    async def _is_up_or_gone(self) -> bool:
        logged = self._log.read_bytes() if self._log.exists() else b""
        return b"the bot is up" in logged[self._logged_before :] or not self.is_alive

    def __enter__(self) -> "BotProcess":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.is_alive():
            self.kill()
