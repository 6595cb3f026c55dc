"""Tasks for worker processes: some ordinary, some that act as a compromised worker would."""

import os
import pickle
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from bot.workers.framing import LENGTH, MOST_BYTES, MOST_JSON_BYTES
from handlers.recognition.pictures import reader
from handlers.recognition.pictures.picture_cleaning import SIDE
from handlers.recognition.pictures.safe_image import NoPicture, open_picture
from handlers.worker_tasks import leaving_loaded


def pid() -> int:
    """The process id of the worker."""
    return os.getpid()


def read_within(picture: bytes, seconds: float) -> str:
    """The words in a picture that are read in so many seconds of processor time."""
    reader._BUDGET_S = seconds
    (read,) = reader.read_words((picture,))
    return read


def seconds_to_read(picture: bytes) -> float:
    """Seconds of processor time that the reader takes for a picture, without opening it."""
    made, page = reader._reader(), reader._grey(open_picture(picture, SIDE))
    assert made is not None
    began = time.process_time()
    made.read(page, 60)
    return time.process_time() - began


def peak_mb() -> float:
    """The most memory that this process has had."""
    status = Path("/proc/self/status").read_text("ascii")
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(lines["VmHWM"].split()[0]) / 1024


@leaving_loaded
def load() -> int:
    """Leaves something loaded; returns the process id."""
    return os.getpid()


@leaving_loaded
def dawdle_loaded(flag: str) -> int:
    """As `load`, once the file is there."""
    return dawdle(flag)


def niceness() -> int:
    """How far this process stands back behind others of its user; 0 is normal."""
    return os.getpriority(os.PRIO_PROCESS, 0)


def environment() -> dict[str, str]:
    """The worker's environment variables."""
    return dict(os.environ)


def descriptors() -> list[str]:
    """The open file descriptors, except that of the listing itself."""
    numbers = [int(one) for one in os.listdir("/proc/self/fd")]
    found = []
    for number in numbers:
        try:
            found.append(os.readlink(f"/proc/self/fd/{number}"))
        except FileNotFoundError:
            continue
    return found


def loaded() -> list[str]:
    """The names of all imported modules."""
    return sorted(sys.modules)


def class_of(text: str) -> str:
    """The name of the text's class in the worker."""
    return type(text).__name__


def no_picture() -> None:
    """Raises an error that the bot expects."""
    raise NoPicture("what it is")


class OwnTrouble(Exception):
    """An exception class that the bot does not know."""


def own_trouble() -> None:
    """Raises an error of an unknown class."""
    raise OwnTrouble("secret")


def allocate(megabytes: int) -> int:
    """Allocates memory."""
    return len(bytearray(megabytes * 1024 * 1024))


def die() -> None:
    """Kills the worker."""
    os.kill(os.getpid(), signal.SIGKILL)


def spin() -> None:
    """Uses processor time for ever."""
    while True:
        pass


def hang() -> None:
    """Sleeps for an hour."""
    time.sleep(3600)


def dawdle(flag: str) -> int:
    """Uses processor time until a file exists."""
    while not Path(flag).exists():
        time.sleep(0.01)
    return os.getpid()


def connect(port: int) -> None:
    """Opens a network connection."""
    with socket.create_connection(("127.0.0.1", port)):
        pass


def start_process() -> None:
    """Starts a child process."""
    subprocess.run(["/bin/true"], check=True)


def write_file(path: str) -> None:
    """Writes a file."""
    Path(path).write_bytes(b"x")


def many_bytes(megabytes: int) -> bytes:
    """A large result of bytes."""
    return bytes(megabytes * 1024 * 1024)


def too_much_text() -> str:
    """A result of more text than is allowed."""
    return "a" * MOST_JSON_BYTES


def a_class() -> type:
    """A result that is no data."""
    return Trap


def what_runs_code() -> object:
    """A value that runs code when it is unpickled."""
    return Trap()


class Trap:
    """Calls `os.getpid` when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.getpid, ()


def answers_with_a_pickle() -> None:
    """Writes a pickle to the bot, as a compromised worker would."""
    body = pickle.dumps(("done", Trap()))
    _write_answer(LENGTH.pack(len(body)) + body)


def promises_too_much() -> None:
    """Announces a result that is longer than allowed."""
    _write_answer(LENGTH.pack(MOST_BYTES + 1))


def _write_answer(written: bytes) -> None:
    for number in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{number}")
        except FileNotFoundError:
            continue
        if target.startswith("pipe") and int(number) > 2:
            with suppress(OSError):
                os.write(int(number), written)
