"""What people put on their servers: shut in, without root, and meant for commands there are."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from typer.main import get_command

from bot.__main__ import cli
from bot.config.process_roles import ProcessRole
from bot.web.signed_files import PATH as MEDIA_PATH
from bot.web.verdicts import PATH as VERDICTS_PATH
from bot.web.webhook import TELEGRAM_PATH, ZALO_PATH
from bot.zalo_oa.authorization import CALLBACK_PATH
from bot.zalo_oa.event_webhook import PATH as EVENT_PATH
from tests.support.paths import PROJECT

DEPLOY = PROJECT / "deploy"
UNITS = ("niemtin.service", "niemtin@.service")
_HARDENED = {
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateDevices": "yes",
    "PrivateTmp": "yes",
    "MemoryDenyWriteExecute": "yes",
    "RestrictNamespaces": "yes",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
}


def unit(name: str) -> list[tuple[str, str]]:
    lines = (DEPLOY / name).read_text("utf-8").splitlines()
    settings = [line.partition("=") for line in lines if "=" in line and not line.startswith("#")]
    return [(key, value) for key, _, value in settings]


def instructions() -> Iterator[tuple[str, str]]:
    """Of the container file, long ones joined."""
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    joined = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", text))
    for line in filter(None, joined.splitlines()):
        word, _, rest = line.partition(" ")
        yield word, rest


def composed() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", UNITS)
def test_the_unit_is_shut_in_and_is_not_root(name: str) -> None:
    found = unit(name)
    assert [item for item in _HARDENED.items() if item not in found] == []
    assert dict(found)["User"] == "niemtin"
    assert ("SystemCallFilter", "~@privileged @resources") in found


@pytest.mark.parametrize("name", UNITS)
def test_a_wrong_configuration_is_not_tried_again_and_a_crash_is(name: str) -> None:
    found = dict(unit(name))
    assert (found["Restart"], found["RestartPreventExitStatus"]) == ("always", "2")
    assert int(found["TimeoutStopSec"]) > 10


@pytest.mark.parametrize("name", UNITS)
def test_the_unit_starts_a_command_that_there_is(name: str) -> None:
    _, command, *options = dict(unit(name))["ExecStart"].split()
    known = get_command(cli).commands[command].params  # type: ignore[attr-defined]
    assert {one for one in options if one.startswith("--")} <= {p.opts[0] for p in known}


@pytest.mark.parametrize(
    "started", ["niemtin.service", *(f"niemtin@{r}.service" for r in ProcessRole)]
)
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_nothing_wrong_with_the_unit(started: str, tmp_path: Path) -> None:
    for name in UNITS:
        text = (DEPLOY / name).read_text("utf-8").replace("/opt/niemtin/bin/niemtin", "/bin/true")
        (tmp_path / name).write_text(text)
    found = subprocess.run(
        ["systemd-analyze", "verify", f"./{started}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (0, "")


def test_the_image_is_built_apart_and_runs_as_nobody_special() -> None:
    found = list(instructions())
    bases = [rest for word, rest in found if word == "FROM"]
    assert len(bases) == 2, "what builds it stays out of it"
    assert all(re.search(r":\d+\.\d+-slim", base) for base in bases)
    after = found[[word for word, _ in found].index("FROM", 1) :]
    assert dict(after)["USER"] == "10001:10001"
    assert dict(after)["ENTRYPOINT"] == '["niemtin"]'


def test_what_is_copied_into_the_image_is_there_and_let_through() -> None:
    let_through = (DEPLOY / "Containerfile.dockerignore").read_text("utf-8")
    for word, rest in instructions():
        if word == "COPY" and not rest.startswith("--from"):
            for source in rest.split()[:-1]:
                assert (DEPLOY.parent / source).exists(), source
                assert f"!{source}\n" in let_through


def test_the_composed_bot_can_write_nowhere_but_into_the_clubs_folder() -> None:
    bot = composed()["services"]["bot"]
    assert (bot["read_only"], bot["cap_drop"], bot["user"]) == (True, ["ALL"], "10001:10001")
    assert bot["volumes"] == ["./club:/club"]
    assert "no-new-privileges:true" in bot["security_opt"]


def test_nobody_outside_reaches_the_database_or_the_bots_port() -> None:
    everything = composed()
    database, bot = everything["services"]["database"], everything["services"]["bot"]
    assert "ports" not in database
    assert [everything["networks"][name] for name in database["networks"]] == [{"internal": True}]
    assert all(port.startswith("127.0.0.1:") for port in bot["ports"])


def test_the_database_keeps_only_what_it_needs_to_become_nobody_special() -> None:
    database = composed()["services"]["database"]
    assert database["cap_drop"] == ["ALL"]
    assert set(database["cap_add"]) == {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"}
    assert "no-new-privileges:true" in database["security_opt"]


def test_what_holds_secrets_is_never_taken_into_the_repository_or_the_image() -> None:
    ignored = (DEPLOY.parent / ".gitignore").read_text("utf-8").splitlines()
    assert {"/deploy/.env", "/deploy/club/", "*.key", "/config.toml"} <= set(ignored)
    let_through = (DEPLOY / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    assert let_through[0] == "*"
    assert not [line for line in let_through if line.startswith(("!deploy", "!data", "!."))]


@pytest.mark.parametrize("name", UNITS)
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_the_unit_well_shut_in(name: str) -> None:
    """Exposed to 1.2 of 10; leaving out any line that matters makes it 1.4."""
    found = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=13", DEPLOY / name],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout


def test_no_secret_has_a_value_in_the_composed_file() -> None:
    services = composed()["services"]
    for service in services.values():
        for name, value in service["environment"].items():
            if "TOKEN" in name or "SECRET" in name or "PASSWORD" in name:
                assert value.startswith("${")


@pytest.mark.parametrize(
    "limit",
    [
        *("client_max_body_size 1m;", "client_body_timeout 10s;", "client_header_timeout 10s;"),
        *("send_timeout 10s;", "proxy_read_timeout 30s;", "proxy_connect_timeout 5s;"),
        *("max_size 1MB", "read_body 10s", "read_header 10s", "response_header_timeout 30s"),
    ],
)
def test_the_proxies_limit_what_strangers_send(limit: str) -> None:
    text = (DEPLOY / "README.md").read_text("utf-8")
    assert limit in "".join(re.findall(r"```(?:nginx|caddy)\n(.*?)```", text, re.DOTALL))


@pytest.mark.parametrize(
    "path",
    [TELEGRAM_PATH, ZALO_PATH, EVENT_PATH, CALLBACK_PATH, f"{MEDIA_PATH}/x", VERDICTS_PATH],
)
def test_the_examples_of_a_proxy_pass_every_path_that_comes_from_outside(path: str) -> None:
    """Only the bot's own paths for the outside: `/metrics` and `/healthz` are not among them."""
    text = (DEPLOY / "README.md").read_text("utf-8")
    (nginx,) = re.findall(r"location ~ (\S+) \{", text)
    (caddy,) = re.findall(r"@open path (.+)", text)
    assert re.match(nginx, path)
    assert any(fnmatchcase(path, pattern) for pattern in caddy.split())
    for inner in ("/metrics", "/healthz"):
        assert not re.match(nginx, inner)
        assert inner not in caddy
