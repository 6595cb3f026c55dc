"""PRIVACY.md says what the program does, because the program wrote it."""

import subprocess
import sys
from pathlib import Path

from handlers.mydata.policy import document
from storage.keeping import KEPT, RetentionSettings

ROOT = Path(__file__).parents[2]


def test_the_document_is_what_the_program_writes_now() -> None:
    written = (ROOT / "PRIVACY.md").read_text("utf-8")
    assert written == document(RetentionSettings()), "run: python -m bot privacy > PRIVACY.md"


def test_the_command_prints_it() -> None:
    command = [sys.executable, "-m", "bot", "privacy"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    assert printed.stdout == document(RetentionSettings())


def test_every_table_is_in_it() -> None:
    text = document(RetentionSettings())
    assert {table for table in KEPT if f"(`{table}`)" not in text} == set()
