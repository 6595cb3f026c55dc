"""The options that several commands have in common."""

from pathlib import Path
from typing import Annotated

import typer

CONFIG = Path("config.toml")
ConfigPath = Annotated[Path, typer.Option("--config", help="The configuration file.")]
