"""Options that several commands share."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from handlers.conversation import Speech

CONFIG = Path("config.toml")
ConfigPath = Annotated[Path, typer.Option("--config", help="The configuration file.")]


class Language(StrEnum):
    """The languages of the commands that speak Vietnamese, too."""

    VI = "vi"
    EN = "en"


def speech(lang: Language | None) -> Speech:
    """Speaks the language asked for, else that of the machine (LANG)."""
    spoken = lang or (Language.VI if os.environ.get("LANG", "").startswith("vi") else Language.EN)
    return Speech(spoken, ZoneInfo("UTC"))
