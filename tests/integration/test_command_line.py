"""`python -m bot …`: what goes wrong is a sentence and an exit code, never a traceback."""

import asyncio
import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from bot.__main__ import main
from bot.sandbox.state import SandboxSettings
from bot.store.open_store import open_store
from handlers.flagging.post import FlaggedPost, pack
from storage.cases import posts
from storage.cases.posts import Flagged
from storage.cases.search import similar_posts
from storage.database.clock import SystemClock
from storage.models import Category
from tests.integration.conftest import Home, MakeHome
from tests.support import in_read
from tests.support.sandbox_client import SandboxTestClient

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs a command line to its end; returns exit code, output and complaints."""
    root = logging.getLogger()
    before, level = root.handlers, root.level

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        code = ended.value.code
        out, err = capfd.readouterr()
        assert "Traceback" not in out + err
        return int(code or 0), out, err

    yield call
    root.handlers, root.level = before, level
    structlog.reset_defaults()


def config_of(home: Home) -> tuple[str, str]:
    return "--config", str(home.config)


def test_a_missing_configuration_is_named(run: Run, tmp_path: Path) -> None:
    code, _, said = run("run", "--config", str(tmp_path / "nowhere.toml"))
    assert code == 2
    assert "nowhere.toml: there is no such file" in said


async def test_a_wrong_key_in_the_configuration_is_named(run: Run, home: Home) -> None:
    home.config.write_text(home.config.read_text().replace("name =", "nmae ="))
    code, _, said = await asyncio.to_thread(run, "migrate", *config_of(home))
    assert code == 2
    assert "club.nmae: no such key; did you mean 'name'?" in said


async def test_a_missing_key_file_is_named(run: Run, home: Home) -> None:
    home.settings.key.file.unlink()
    code, _, said = await asyncio.to_thread(run, "officer", "add", *config_of(home))
    assert code == 2
    assert "there is no key file" in said


async def test_a_club_that_was_never_set_up_is_set_up_by_migrating(
    run: Run, make_home: MakeHome
) -> None:
    code, said, _ = await asyncio.to_thread(run, "migrate", *config_of(make_home()))
    assert code == 0
    assert "schema of this release" in said


async def test_the_first_owners_invite_is_a_link_a_code_and_a_picture(
    run: Run, make_home: MakeHome
) -> None:
    code, said, _ = await asyncio.to_thread(run, "officer", "add", *config_of(make_home()))
    assert code == 0
    assert "https://t.me/niemtin_bot?start=" in said
    assert "█" in said


async def test_a_doctor_who_finds_nothing_says_so(run: Run, home: Home) -> None:
    await asyncio.to_thread(run, "migrate", *config_of(home))
    code, said, _ = await asyncio.to_thread(run, "doctor", "--lang", "en", *config_of(home))
    assert code == 0, said
    assert "✗" not in said


async def test_a_doctor_names_what_is_wrong_and_what_to_do(
    run: Run, monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    home.settings.key.file.chmod(0o644)
    monkeypatch.setenv("NIEMTIN_TELEGRAM_TOKEN", SandboxSettings().token + "x")
    code, said, _ = await asyncio.to_thread(run, "doctor", "--lang", "en", *config_of(home))
    assert code == 1
    assert "chmod 600" in said
    assert "Ask @BotFather" in said
    assert SandboxSettings().token not in said


async def test_a_doctor_tells_that_announcements_cannot_be_posted_in_other_chats(
    sandbox: SandboxTestClient, run: Run, home: Home
) -> None:
    await asyncio.to_thread(run, "migrate", *config_of(home))
    await sandbox.post("inline", on=False)
    code, said, _ = await asyncio.to_thread(run, "doctor", "--lang", "en", *config_of(home))
    assert code == 1
    assert "/setinline" in said
    assert "/setinlinefeedback at Disabled" in said


@pytest.mark.parametrize("command", ["demo", "sandbox"])
def test_a_port_that_is_taken_is_named(run: Run, command: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, _, said = run(command, "--port", str(port))
    assert code == 2
    assert f"Port {port} is taken" in said


async def test_a_doctor_looks_at_zalo_where_the_club_is_there(
    run: Run, make_home: MakeHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_home(zalo="")
    await asyncio.to_thread(run, "migrate", *config_of(home))
    code, said, _ = await asyncio.to_thread(run, "doctor", "--lang", "en", *config_of(home))
    assert code == 1
    assert "✗ Zalo: it is polled" in said
    monkeypatch.setenv("NIEMTIN_ZALO_TOKEN", SandboxSettings().zalo_token + "x")
    _, said, _ = await asyncio.to_thread(run, "doctor", "--lang", "en", *config_of(home))
    assert "Ask Zalo Bot Manager" in said
    assert SandboxSettings().zalo_token not in said


async def test_the_index_can_be_made_anew(run: Run, home: Home) -> None:
    await asyncio.to_thread(run, "migrate", *config_of(home))
    rumour = FlaggedPost("Công an yêu cầu mọi người nộp 500.000 đồng")
    store = open_store(home.settings, SystemClock())
    async with store.write() as tx:
        on = tx.clock.now().date()
        flagged = Flagged(rumour.keys, Category.SCAM, pack(rumour), on, rumour.reading)
        assert await posts.open_case(tx, flagged)
        await similar_posts.clear(tx)
    code, told, _ = await asyncio.to_thread(run, "reindex", *config_of(home))
    assert (code, "1 posts" in told) == (0, True)
    assert len(await in_read(store, similar_posts.candidates, rumour.identity.words)) == 1
    await store.close()
