"""`niemtin doctor` says what reads the words in pictures, and what to install if nothing does."""

import pytest

from bot.cli.doctor import picture_reader
from handlers.conversation.i18n import Speech
from handlers.recognition.pictures import reader
from tests.support import SETTINGS


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_doctor_names_the_reader_or_what_to_install(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    say = Speech(language, SETTINGS.timezone)
    monkeypatch.setattr(reader, "installed", lambda: "Tesseract")
    assert picture_reader().line(say).endswith("Tesseract")
    monkeypatch.setattr(reader, "installed", lambda: "")
    line = picture_reader().line(say)
    assert line.startswith("✓")
    assert "apt install tesseract-ocr tesseract-ocr-vie" in line
