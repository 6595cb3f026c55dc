"""The worker process: reads tasks from standard input and answers on standard output.

It stops at the end of standard input, which comes when the bot ends, even by a crash.
"""

import os
import pickle
import resource
import signal
import sys
from typing import Any, BinaryIO, NoReturn

from bot.workers.framing import LENGTH, MOST_CHARACTERS, AnswerStatus, answer
from handlers.worker_tasks import TaskError

_FORBIDDEN = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo")
_PROCESSES = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty")
_NICENESS = 10
"""The bot's answers go first where processor time is short."""
_OUT_OF_MEMORY = answer(AnswerStatus.OUT_OF_MEMORY)
"""Encoded in advance, since there is no memory left when it is needed."""


def main() -> NoReturn:
    """Arguments: bytes of memory, and seconds of CPU time for each task."""
    memory, task_s = map(int, sys.argv[1:])
    asked, answers = _pipes()
    _restrict(memory)
    answers.write(answer(AnswerStatus.DONE))
    while head := asked.read(LENGTH.size):
        (length,) = LENGTH.unpack(head)
        _limit_cpu(task_s)
        found = _compute(asked.read(length))
        answers.write(found)
        if found is _OUT_OF_MEMORY:
            break
    os._exit(0)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes under new descriptors, so that what a library prints does not get into them."""
    asked, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return os.fdopen(asked, "rb"), os.fdopen(answers, "wb", buffering=0)


def _restrict(memory: int) -> None:
    """Priority and resource limits of the system, an audit hook against sockets and subprocesses."""
    os.nice(_NICENESS)
    for number in (signal.SIGINT, signal.SIGTERM):
        # Only the bot handles these; it lets its workers finish.
        signal.signal(number, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event in _FORBIDDEN or event in _PROCESSES:
        raise PermissionError(f"a worker does not do this: {event}")


def _limit_cpu(task_s: int) -> None:
    """Limits the CPU time from now on; beyond it the system kills this process (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + task_s
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, most))


def _compute(request: bytes) -> bytes:
    try:
        task, args = pickle.loads(request)  # noqa: S301 - from the bot
        return answer(AnswerStatus.DONE, task(*args))
    except MemoryError:
        return _OUT_OF_MEMORY
    except Exception as error:  # noqa: BLE001 - whoever called the task decides
        return answer(
            AnswerStatus.RAISED,
            (
                type(error).__name__,
                (str(error)[:MOST_CHARACTERS] if isinstance(error, TaskError) else ""),
            ),
        )
