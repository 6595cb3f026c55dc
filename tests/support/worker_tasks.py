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
from handlers.recognition.safe_image import NoPicture


def pid() -> int:
    return os.getpid()


def environment() -> dict[str, str]:
    return dict(os.environ)


def descriptors() -> list[str]:
    """What is open, but for the list itself."""
    numbers = [int(one) for one in os.listdir("/proc/self/fd")]
    found = []
    for number in numbers:
        try:
            found.append(os.readlink(f"/proc/self/fd/{number}"))
        except FileNotFoundError:
            continue
    return found


def loaded() -> list[str]:
    return sorted(sys.modules)


def no_picture() -> None:
    raise NoPicture("what it is")


class OwnTrouble(Exception):
    """Of a class that no result may be of."""


def own_trouble() -> None:
    raise OwnTrouble("secret")


def allocate(megabytes: int) -> int:
    return len(bytearray(megabytes * 1024 * 1024))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def spin() -> None:
    while True:
        pass


def hang() -> None:
    time.sleep(3600)


def dawdle(flag: str) -> int:
    """Computes until a file is there."""
    while not Path(flag).exists():
        time.sleep(0.01)
    return os.getpid()


def connect(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)):
        pass


def start_process() -> None:
    subprocess.run(["/bin/true"], check=True)


def write_file(path: str) -> None:
    Path(path).write_bytes(b"x")


def many_bytes(megabytes: int) -> bytes:
    return bytes(megabytes * 1024 * 1024)


def too_much_text() -> str:
    return "a" * MOST_JSON_BYTES


def a_class() -> type:
    return Trap


def what_runs_code() -> object:
    """A value that would run a command in whoever unpickles it."""
    return Trap()


class Trap:
    """Makes `os.getpid` be called where it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.getpid, ()


def answers_with_a_pickle() -> None:
    """Writes to the bot directly, as only a compromised worker does."""
    body = pickle.dumps(("done", Trap()))
    _write_answer(LENGTH.pack(len(body)) + body)


def promises_too_much() -> None:
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
