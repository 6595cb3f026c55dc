"""Settings from `config.toml` and the environment, validated into one frozen object."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

from pydantic import SecretStr
from sqlalchemy.exc import ArgumentError

from bot.config.key_file import KeySettings
from bot.config.log_setup import LogSettings
from bot.config.toml_parsing import WrongValue, read
from bot.intake.flood_control import FloodSettings
from bot.intake.split_texts import IntakeSettings
from bot.telegram.settings import TELEGRAM, TelegramSettings
from bot.web.settings import WebSettings
from bot.workers.settings import WorkerSettings
from bot.zalo.settings import ZALO, ZaloSettings
from bot.zalo_oa.settings import ZALO_OA, ZALO_OAUTH, ZaloOaSettings
from handlers.conversation import ClubSettings
from scheduler.settings import (
    DeliverySettings,
    DigestSettings,
    PaceSettings,
)
from storage.database import DatabaseSettings, with_driver
from storage.database.batch_settings import BatchSettings
from storage.privacy.data_requests import LEGAL_LIMITS, RequestLimits
from storage.privacy.retention_policy import RetentionSettings

_AREA_ID = re.compile(r"[a-z0-9-]{1,20}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_ZALO_SECRET_LENGTHS = range(8, 257)
_PORTS = 65_535
_PROXIES = ("socks5", "socks4", "http")
"""Schemes of proxies that aiohttp-socks can use."""
_LONGEST_POLL_S = 50
_HOURS_A_DAY = 24
_NOT_IN_THE_FILE = {
    "club": (
        *("kept", "messengers", "unchangeable", "metered", "batch_minutes", "bot_link"),
        *("zalo_quota", "zalo_users", "zalo_link", "oa_link", "console_readers"),
    ),
    "key": ("value",),
}
_FROM_ENVIRONMENT = {
    "NIEMTIN_TELEGRAM_TOKEN": ("telegram", "token"),
    "NIEMTIN_TELEGRAM_PROXY": ("telegram", "proxy"),
    "NIEMTIN_WEBHOOK_SECRET": ("telegram", "webhook_secret"),
    "NIEMTIN_ZALO_TOKEN": ("zalo", "token"),
    "NIEMTIN_ZALO_WEBHOOK_SECRET": ("zalo", "webhook_secret"),
    "NIEMTIN_ZALO_OA_APP_SECRET": ("zalo_oa", "app_secret"),
    "NIEMTIN_ZALO_OA_SECRET": ("zalo_oa", "oa_secret"),
    "NIEMTIN_KEY": ("key", "value"),
    "NIEMTIN_DATABASE_URL": ("database", "url"),
}


class ConfigWrong(Exception):
    """The configuration cannot be used; the text is one line that names key, value and fix."""


@dataclass(frozen=True)
class Settings:
    """All settings of a club's processes."""

    club: ClubSettings
    database: DatabaseSettings
    key: KeySettings
    telegram: TelegramSettings
    zalo: ZaloSettings
    zalo_oa: ZaloOaSettings
    web: WebSettings
    flood: FloodSettings
    intake: IntakeSettings
    log: LogSettings
    pace: PaceSettings
    delivery: DeliverySettings
    retention: RetentionSettings
    digest: DigestSettings
    flags: BatchSettings
    workers: WorkerSettings

    @property
    def is_on_zalo(self) -> bool:
        """Whether the club has a bot or an Official Account on Zalo."""
        return self.zalo.is_used or self.zalo_oa.is_used

    @property
    def holds_secrets(self) -> bool:
        """Whether they contain a token, a webhook secret or a database password."""
        secrets = (
            self.telegram.token,
            self.telegram.proxy,
            self.telegram.webhook_secret,
            self.zalo.token,
            self.zalo.webhook_secret,
            self.zalo_oa.app_secret,
            self.zalo_oa.oa_secret,
        )
        return any(map(SecretStr.get_secret_value, secrets)) or bool(
            with_driver(self.database.url).password
        )


def load(path: Path, environment: Mapping[str, str]) -> Settings:
    """The settings of the file at `path`; secrets in the environment take precedence.

    Relative paths are resolved against the folder of the file.

    Raises:
        ConfigWrong: the file or a value in it is invalid.
    """
    try:
        checked = _checked(_with_environment(_tables(_parse(path)), environment))
        return _based_on(checked, path.parent.resolve())
    except WrongValue as wrong:
        raise ConfigWrong(f"{path}: {wrong}") from None


def must_have_messenger(settings: Settings) -> None:
    """Checks that the club is on a messenger: there is a token of one.

    Raises:
        ConfigWrong: there is none.
    """
    if not (settings.telegram.is_used or settings.is_on_zalo):
        fix = "is missing: set NIEMTIN_TELEGRAM_TOKEN to the one that @BotFather gave you"
        raise ConfigWrong(
            f"telegram.token: {fix} (or NIEMTIN_ZALO_TOKEN, or zalo_oa, for a club on Zalo alone)"
        )


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        fix = "`python -m bot init` makes one, or copy config.example.toml"
        raise ConfigWrong(f"{path}: there is no such file; {fix}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigWrong(f"{path}: cannot be read ({type(error).__name__})") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigWrong(f"{path}: this is not TOML: {error}") from None


def _tables(file: dict[str, Any]) -> Settings:
    kinds = get_type_hints(Settings)
    if unknown := set(file) - set(kinds):
        raise WrongValue(min(unknown), f"no such table; there are: {', '.join(kinds)}")
    # Without a [database] table the default database is used.
    given = {"database": {"url": "sqlite:///data/niemtin.sqlite3"}} | file
    return Settings(
        **{
            name: read(kind, given.get(name, {}), name, without=_NOT_IN_THE_FILE.get(name, ()))
            for name, kind in kinds.items()
        }
    )


def _with_environment(settings: Settings, environment: Mapping[str, str]) -> Settings:
    for variable, (table, key) in _FROM_ENVIRONMENT.items():
        if text := environment.get(variable, "").strip():
            part: Any = getattr(settings, table)
            changed = replace(
                part,
                **{key: SecretStr(text) if get_type_hints(type(part))[key] is SecretStr else text},
            )
            settings = replace(settings, **{table: changed})
    return settings


def _checked(settings: Settings) -> Settings:
    _check_club(settings.club)
    _check_numbers(settings)
    _check_flags(settings.flags)
    _check_data_requests(settings.club.data_requests)
    _check_database(settings.database)
    _check_telegram(settings.telegram)
    _check_web(settings)
    _check_zalo(settings)
    _check_zalo_oa(settings)
    return settings


def _check_club(club: ClubSettings) -> None:
    for key in ("name", "operator", "contact"):
        if not getattr(club, key).strip():
            raise WrongValue(f"club.{key}", "must not be empty: members read it", "")
    for key, most in (("name", 64), ("operator", 120)):
        if len(text := getattr(club, key)) > most:
            fix = f"must not be longer than {most} characters: Telegram shows no more"
            raise WrongValue(f"club.{key}", fix, text)
    for key in ("colour", "accent"):
        if not _COLOUR.fullmatch(colour := getattr(club, key)):
            raise WrongValue(f"club.{key}", 'must be a colour such as "#0B5A46"', colour)
    for number, area in enumerate(club.areas):
        if not _AREA_ID.fullmatch(area.id):
            fix = "must be 1 to 20 small letters, digits or dashes"
            raise WrongValue(f"club.areas[{number}].id", fix, area.id)
    ids = [area.id for area in club.areas]
    if doubled := next((one for one in ids if ids.count(one) > 1), None):
        raise WrongValue("club.areas", "two areas have the same id", doubled)


def _check_numbers(settings: Settings) -> None:
    """Refuses rates, sizes and timeouts of zero."""
    if (most := settings.club.searches_per_hour) < 1:
        raise WrongValue("club.searches_per_hour", "must be more than 0", most)
    if (wait_s := settings.intake.split_wait_s) < 0:
        raise WrongValue("intake.split_wait_s", "must not be less than 0", wait_s)
    for table in ("database", "flood", "pace", "delivery", "workers"):
        part: Any = getattr(settings, table)
        for one in fields(part):
            value = getattr(part, one.name)
            if _is_nothing(value):
                raise WrongValue(
                    f"{table}.{one.name}",
                    "must be more than 0",
                    str(value) if isinstance(value, timedelta) else value,
                )


def _is_nothing(value: object) -> bool:
    if isinstance(value, timedelta):
        return not value
    return isinstance(value, int | float) and not isinstance(value, bool) and value <= 0


def _check_data_requests(chosen: RequestLimits) -> None:
    for one in fields(chosen):
        days, most = getattr(chosen, one.name), getattr(LEGAL_LIMITS, one.name)
        if not 1 <= days <= most:
            fix = f"must be from 1 to {most}, the limit of Decree 356/2025/NĐ-CP"
            raise WrongValue(f"club.data_requests.{one.name}", fix, days)


def _check_flags(flags: BatchSettings) -> None:
    if not flags.is_possible:
        fix = "must be 0, or from 1 to 60 minutes that 60 can be divided by, such as 30"
        raise WrongValue("flags.batch_minutes", fix, flags.batch_minutes)


def _check_database(database: DatabaseSettings) -> None:
    fix = "must be sqlite:///path/to/club.sqlite3 or postgresql://user:password@host/name"
    try:
        with_driver(database.url)
    except (ValueError, ArgumentError):
        raise WrongValue("database.url", fix) from None  # The URL may contain a password.


def _check_api_url(key: str, api_url: str) -> None:
    """Requires https, because the token is sent there; http only on this machine."""
    try:
        parts = urlsplit(api_url)
        is_safe = parts.scheme == "https" or (
            parts.scheme == "http" and is_loopback(parts.hostname or "")
        )
    except ValueError:
        is_safe = False
    if not is_safe or not parts.hostname:
        fix = "must start with https://, since the token goes there; http:// only to this machine"
        raise WrongValue(key, fix, api_url)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _check_telegram(telegram: TelegramSettings) -> None:
    _check_api_url("telegram.api_url", telegram.api_url)
    if telegram.sandbox and telegram.api_url.rstrip("/") == TELEGRAM:
        fix = 'with sandbox = true this must be the sandbox, e.g. "http://127.0.0.1:8081"'
        raise WrongValue("telegram.api_url", fix, telegram.api_url)
    _check_proxy(telegram.proxy.get_secret_value())
    if not 1 <= telegram.poll_timeout_s <= _LONGEST_POLL_S:
        fix = f"must be from 1 to {_LONGEST_POLL_S}"
        raise WrongValue("telegram.poll_timeout_s", fix, telegram.poll_timeout_s)


def _check_proxy(proxy: str) -> None:
    """Requires a proxy that aiohttp-socks can use; the text names no password."""
    try:
        parts = urlsplit(proxy)
        is_usable = parts.scheme in _PROXIES and bool(parts.hostname) and bool(parts.port)
    except ValueError:
        is_usable = False
    if proxy and not is_usable:
        fix = "must be socks5://host:port, socks4://host:port or http://host:port; a name and "
        raise WrongValue("telegram.proxy", f"{fix}password stand before the host: name:password@")


def _check_web(settings: Settings) -> None:
    web = settings.web
    if web.port > _PORTS:
        raise WrongValue("web.port", f"must be from 0 to {_PORTS}", web.port)
    if not web.public_url:
        return
    if not web.public_url.startswith("https://") and not settings.telegram.sandbox:
        fix = "must start with https://, since Telegram calls nothing else"
        raise WrongValue("web.public_url", fix, web.public_url)
    if web.port == 0:
        raise WrongValue("web.port", "must not be 0 when web.public_url is set", 0)
    is_on_zalo_alone = settings.is_on_zalo and not settings.telegram.is_used
    secret = settings.telegram.webhook_secret.get_secret_value()
    if not is_on_zalo_alone and not _WEBHOOK_SECRET.fullmatch(secret):
        fix = "must be 1 to 256 of A-Z a-z 0-9 _ - when web.public_url is set; better in "
        raise WrongValue("telegram.webhook_secret", f"{fix}NIEMTIN_WEBHOOK_SECRET")


def _check_zalo(settings: Settings) -> None:
    zalo = settings.zalo
    if not zalo.is_used:
        return
    _check_api_url("zalo.api_url", zalo.api_url)
    if settings.telegram.sandbox and zalo.api_url.rstrip("/") == ZALO:
        fix = 'with telegram.sandbox = true this must be the sandbox: "http://127.0.0.1:8081/zalo"'
        raise WrongValue("zalo.api_url", fix, zalo.api_url)
    if zalo.link and not zalo.link.startswith("https://"):
        raise WrongValue(
            "zalo.link", "must start with https://, such as https://zalo.me/…", zalo.link
        )
    if zalo.max_users < 0:
        raise WrongValue("zalo.max_users", "must not be less than 0", zalo.max_users)
    if not 1 <= zalo.poll_timeout_s <= _LONGEST_POLL_S:
        fix = f"must be from 1 to {_LONGEST_POLL_S}"
        raise WrongValue("zalo.poll_timeout_s", fix, zalo.poll_timeout_s)
    if zalo.per_second < 1:
        raise WrongValue("zalo.per_second", "must be more than 0", zalo.per_second)
    if (
        settings.web.public_url
        and len(zalo.webhook_secret.get_secret_value()) not in _ZALO_SECRET_LENGTHS
    ):
        fix = "must have 8 to 256 characters when web.public_url is set; better in "
        raise WrongValue("zalo.webhook_secret", f"{fix}NIEMTIN_ZALO_WEBHOOK_SECRET")


def _check_zalo_oa(settings: Settings) -> None:
    account = settings.zalo_oa
    if account.app_id and not account.is_used:
        fix = "is missing: set NIEMTIN_ZALO_OA_APP_SECRET to the app's secret key"
        raise WrongValue("zalo_oa.app_secret", fix)
    if not account.is_used:
        return
    if not account.app_id.isascii() or not account.app_id.isdigit():
        fix = "must be the digits of the app's id on developers.zalo.me"
        raise WrongValue("zalo_oa.app_id", fix, account.app_id)
    for key, real in (("api_url", ZALO_OA), ("oauth_url", ZALO_OAUTH)):
        _check_api_url(f"zalo_oa.{key}", address := getattr(account, key))
        if settings.telegram.sandbox and address.rstrip("/") == real:
            fix = 'with telegram.sandbox = true this must be the sandbox: "http://127.0.0.1:8081/oa'
            end = "" if key == "api_url" else "/oauth"
            raise WrongValue(f"zalo_oa.{key}", f'{fix}{end}"', address)
    for key in ("per_minute", "free_hours", "window_days", "price_dong"):
        if (value := getattr(account, key)) < 1:
            raise WrongValue(f"zalo_oa.{key}", "must be more than 0", value)
    if account.free_hours > account.window_days * _HOURS_A_DAY:
        fix = "must not be longer than window_days"
        raise WrongValue("zalo_oa.free_hours", fix, account.free_hours)
    _check_spending(account)
    if settings.web.public_url and not account.webhook_key.get_secret_value():
        fix = "is missing: set NIEMTIN_ZALO_OA_SECRET to the OA secret key of the webhook page"
        raise WrongValue("zalo_oa.oa_secret", fix)


def _check_spending(account: ZaloOaSettings) -> None:
    """Requires limits in messages and in đồng together: with one of them 0, nothing is paid."""
    for span in ("announcement", "month"):
        messages, dong = f"{span}_messages", f"{span}_dong"
        for key, other in ((messages, dong), (dong, messages)):
            if not getattr(account, key) and getattr(account, other):
                fix = f"must be more than 0 where zalo_oa.{other} is: both limits hold"
                raise WrongValue(f"zalo_oa.{key}", fix, 0)


def _based_on(settings: Settings, folder: Path) -> Settings:
    """Resolves relative paths against the configuration's folder."""
    url = with_driver(settings.database.url)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        url = url.set(database=str(folder / url.database))
    return replace(
        settings,
        database=replace(settings.database, url=url.render_as_string(hide_password=False)),
        key=replace(settings.key, file=folder / settings.key.file),
    )
