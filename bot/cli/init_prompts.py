"""The prompts of `init`: each is repeated until its answer is valid."""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import typer

from bot.cli.init_config import Answers

T = TypeVar("T")

TIMEZONE = "Asia/Ho_Chi_Minh"
_NAME_CHARACTERS = 64
_OPERATOR_CHARACTERS = 120
_TOKEN = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{30,60}")


@dataclass(frozen=True)
class Given:
    """Answers given by options; empty means not given."""

    name: str = ""
    operator: str = ""
    contact: str = ""
    issuers: str = ""
    areas: str = ""
    timezone: str = ""

    @property
    def is_enough(self) -> bool:
        """Whether the options are enough, so that nothing is asked."""
        return bool(self.name and self.operator and self.contact)


def hold(given: Given) -> Answers:
    """The answers; prompts for those missing, unless the options are enough.

    Raises:
        typer.BadParameter: an option has an invalid value; the sentence says why.
    """
    ask = _take if given.is_enough else _ask
    return Answers(
        name=ask("What is the club called?", given.name, _text(_NAME_CHARACTERS)),
        operator=ask(
            "Which body runs the bot and answers for it?",
            given.operator,
            _text(_OPERATOR_CHARACTERS),
        ),
        contact=ask("Where can people ask or complain (address, phone)?", given.contact, _text()),
        issuers=ask("Which bodies issue announcements? (separated by ;)", given.issuers, _list, ""),
        areas=ask("Which areas does the province have? (separated by ;)", given.areas, _list, ""),
        timezone=ask("Which time zone?", given.timezone, _timezone, TIMEZONE),
        token="" if given.is_enough else _ask_token(),
    )


def _take(_: str, given: str, read: Callable[[str], T], default: str | None = None) -> T:
    return read(given or default or "")


def _ask(question: str, given: str, read: Callable[[str], T], default: str | None = None) -> T:
    if given:
        return read(given)
    # An empty default in brackets would only confuse.
    shown: Any = {"default": default, "show_default": bool(default)} if default is not None else {}
    answer: T = typer.prompt(question, value_proc=read, **shown)
    return answer


def _ask_token() -> str:
    question = "The token @BotFather gave you (it is not shown; Enter: later)"
    while True:
        # click hides the error messages of a hidden prompt, so the token is checked here.
        answer = typer.prompt(
            question, default="", show_default=False, hide_input=sys.stdin.isatty()
        ).strip()
        if not answer or _TOKEN.fullmatch(answer):
            return str(answer)
        typer.echo("Error: a token looks like 123456789:AA…; copy the whole of it.")


def _text(most: int | None = None) -> Callable[[str], str]:
    def read(answer: str) -> str:
        text = " ".join(answer.split())
        if not text:
            raise typer.BadParameter("members read this: it must not be empty.")
        if most and len(text) > most:
            raise typer.BadParameter(f"at most {most} characters, and this has {len(text)}.")
        return text

    return read


def _list(answer: str) -> list[str]:
    return [part.strip() for part in answer.split(";") if part.strip()]


def _timezone(answer: str) -> str:
    try:
        return ZoneInfo(answer.strip()).key
    except (LookupError, ValueError, OSError):
        raise typer.BadParameter(f"no such time zone; the usual one is {TIMEZONE}.") from None
