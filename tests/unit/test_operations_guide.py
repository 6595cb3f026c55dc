"""docs/operations.md names every alarm and metric, and only commands that exist."""

import re
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from typer.main import get_command

from bot.__main__ import cli
from handlers.alarm_messages import AlarmKind
from handlers.conversation.i18n import Speech
from handlers.recognition.plain_text import visible
from tests.support.paths import PROJECT

GUIDE = (PROJECT / "docs/operations.md").read_text("utf-8")
METRICS = (PROJECT / "bot/web/metrics.py").read_text("utf-8")
COMMANDS = (PROJECT / "handlers").rglob("*.py")


def command(words: list[str]) -> Any:
    """What is run by these words; None where there is nothing of that name."""
    found: Any = get_command(cli)
    for word in words:
        if not hasattr(found, "commands"):
            break
        found = found.commands.get(word)
    return found


@pytest.mark.parametrize("trouble", AlarmKind)
def test_every_alert_is_explained(trouble: AlarmKind) -> None:
    assert f"({trouble.value}) |" in GUIDE


def test_no_alert_is_explained_that_there_is_not() -> None:
    told = re.findall(r"^\| \*(.+?)\* \(([\w-]+)\) \|", GUIDE, re.MULTILINE)
    assert {name for _, name in told} == set(AlarmKind)
    say = Speech("vi", ZoneInfo("UTC"))
    for words, name in told:
        values = {"where": "Zalo", "free": "400", "most": "50", "stage": "lost", "days": "0"}
        alert = visible(say(f"alarm-{AlarmKind(name).value}", **values))
        for part in filter(None, words.split("…")):
            assert part.strip() in alert, (part, alert)


def test_every_figure_is_named_and_none_that_there_is_not() -> None:
    known = {name.removesuffix("_total") for name in re.findall(r'"(niemtin_\w+)"', METRICS)}
    told = {name.removesuffix("_total") for name in re.findall(r"`(niemtin_\w+)", GUIDE)}
    assert known - {"niemtin_release"} == told


@pytest.mark.parametrize("guide", ["docs/operations.md", "deploy/README.md"])
def test_every_command_of_the_guide_is_there(guide: str) -> None:
    text = (PROJECT / guide).read_text("utf-8")
    for words in re.findall(r"(?:`|^|bin/)niemtin ((?:[a-z]+ ?)+)", text, re.MULTILINE):
        assert command(words.split()), words


def test_every_chat_command_of_the_guide_is_there() -> None:
    known = set(re.findall(r'command\(\s*"(\w+)"', "".join(p.read_text("utf-8") for p in COMMANDS)))
    assert (set(re.findall(r"`/([a-z]+)`", GUIDE)) - {"healthz", "metrics", "revoke"}) <= known


def test_every_log_message_of_the_guide_is_written_somewhere() -> None:
    named = re.findall(r"`([^`\n]+)` in the log|\blog: `([^`\n]+)`", GUIDE)
    sources = [path for layer in ("bot", "scheduler") for path in (PROJECT / layer).rglob("*.py")]
    written = "\n".join(
        message
        for path in sources
        for message in re.findall(r'\blog\.\w+\(\s*"([^"]+)"', path.read_text("utf-8"))
    )
    assert named
    for message in filter(None, (word for pair in named for word in pair)):
        assert message in written
