"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

CONFIG = Path("config.toml")
ConfigPath = Annotated[Path, typer.Option("--config", help="The configuration file.")]
