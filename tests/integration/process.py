"""The bot as a process of its own, to be asked to stop, or to be killed."""

import asyncio
import multiprocessing
import os
import signal
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.__main__ import main

# Every start would spend seconds on reading the libraries; here they are read once, in a process
# that each bot is a copy of.
_MAKER = multiprocessing.get_context("forkserver")
_MAKER.set_forkserver_preload(["tests.integration.process", "bot.app"])


def run_bot(config: str, *options: str, **environment: str) -> None:
    """What `python -m bot run --config …` does."""
    sys.argv = ["niemtin", "run", "--config", config, *options]
    os.environ |= environment
    log = Path(config).with_name("bot.log").open("ab")
    os.dup2(log.fileno(), 1)
    os.dup2(log.fileno(), 2)
    main()


class BotProcess:
    """One life of the bot."""

    def __init__(self, config: Path, *options: str, **environment: str) -> None:
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

    async def stop(self, patience_s: float) -> int | None:
        """SIGTERM; returns how it ended, or None when it goes on after `patience_s`."""
        os.kill(self.pid, signal.SIGTERM)
        await asyncio.to_thread(self._process.join, patience_s)
        return self._process.exitcode

    def __enter__(self) -> "BotProcess":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.is_alive():
            self.kill()
