"""PRIVACY.md says what the program does, because the program wrote it."""

from typer.testing import CliRunner

from bot.__main__ import cli
from handlers.mydata.policy_document import document
from storage.privacy.retention_policy import RETENTION, RetentionSettings
from tests.support.paths import PROJECT


def test_the_document_is_what_the_program_writes_now() -> None:
    written = (PROJECT / "PRIVACY.md").read_text("utf-8")
    assert written == document(RetentionSettings()), "run: python -m bot privacy > PRIVACY.md"


def test_the_command_prints_it() -> None:
    assert CliRunner().invoke(cli, ["privacy"]).stdout == document(RetentionSettings())


def test_every_table_is_in_it() -> None:
    text = document(RetentionSettings())
    assert {table for table in RETENTION if f"(`{table}`)" not in text} == set()
