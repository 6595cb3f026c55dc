"""What is wrong with a configuration is said in one line that names key, value and fix."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import init_config
from bot.config.settings import ConfigWrong, Settings, load, must_have_messenger
from bot.zalo_oa.settings import SignatureKey

TOKEN = "123456789:AAF-secret_secret_secret_secret_1234"
EXAMPLE = init_config.example().read_text("utf-8")


def read(folder: Path, text: str, **environment: str) -> Settings:
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return load(path, environment)


def complaint(folder: Path, text: str, **environment: str) -> str:
    with pytest.raises(ConfigWrong) as wrong:
        read(folder, text, **environment)
    said = str(wrong.value)
    assert "\n" not in said
    return said


def with_line(table: str, line: str) -> str:
    return EXAMPLE.replace(f"[{table}]\n", f"[{table}]\n{line}\n", 1)


def test_the_example_works_as_it_is(tmp_path: Path) -> None:
    settings = read(tmp_path, EXAMPLE)
    assert settings.club.name == "Câu lạc bộ Niềm Tin Hòa An"
    assert settings.club.officer_digest_minute == 7 * 60
    assert settings.database.url.endswith(f"{tmp_path}/data/niemtin.sqlite3")


def test_every_key_in_the_example_is_one_the_bot_knows(tmp_path: Path) -> None:
    lines = [
        line.removeprefix("#")
        if line.startswith("#") and line[1:2].isalpha() and " = " in line
        else line
        for line in EXAMPLE.splitlines()
    ]
    assert read(tmp_path, "\n".join(lines)) == read(tmp_path, EXAMPLE)


@pytest.mark.parametrize(
    ("table", "line", "says"),
    [
        ("club", "aprovals = 1", "club.aprovals: no such key; did you mean 'approvals'?"),
        ("club", 'approvals = "one"', "club.approvals = 'one': must be a whole number, 0 or more"),
        ("club", "approvals = -1", "club.approvals = -1: must be a whole number, 0 or more"),
        ("club", "approvals = true", "club.approvals = True: must be a whole number, 0 or more"),
        ("club", 'officer_digest_at = "25:00"', "club.officer_digest_at = '25:00': must be a time"),
        ("database", "pool_size = 0", "database.pool_size = 0: must be more than 0"),
        ("telegram", 'sandbox = "yes"', "telegram.sandbox = 'yes': must be true or false"),
        ("telegram", "poll_timeout_s = 51", "telegram.poll_timeout_s = 51: must be from 1 to 50"),
        ("telegram", "poll_timeout_s = 0", "telegram.poll_timeout_s = 0: must be from 1 to 50"),
        ("telegram", 'api_url = "ftp://x"', "telegram.api_url = 'ftp://x': must start with https"),
        (
            "telegram",
            "sandbox = true",
            "telegram.api_url = 'https://api.telegram.org': with sandbox",
        ),
        ("web", "port = 65536", "web.port = 65536: must be from 0 to 65535"),
        ("web", 'public_url = "http://bot.example"', "web.public_url = 'http://bot.example': must"),
        (
            "log",
            'level = "loud"',
            "log.level = 'loud': must be one of: debug, info, warning, error",
        ),
        (
            "flags",
            "batch_minutes = -1",
            "flags.batch_minutes = -1: must be a whole number, 0 or more",
        ),
        (
            "flags",
            "batch_minutes = -30",
            "flags.batch_minutes = -30: must be a whole number, 0 or more",
        ),
        (
            "club.data_requests",
            "response_working_days = 3",
            "club.data_requests.response_working_days = 3: must be from 1 to 2, the limit of Decree",
        ),
        (
            "club.data_requests",
            "correction_days = 11",
            "club.data_requests.correction_days = 11: must be from 1 to 10, the limit of Decree",
        ),
        (
            "club.data_requests",
            "restriction_days = 16",
            "club.data_requests.restriction_days = 16: must be from 1 to 15, the limit of Decree",
        ),
        (
            "club.data_requests",
            "restriction_days = 0",
            "club.data_requests.restriction_days = 0: must be from 1 to 15, the limit of Decree",
        ),
        ("flags", "batch_minutes = 61", "flags.batch_minutes = 61: must be 0, or from 1 to 60"),
        ("flags", "batch_minutes = 7", "flags.batch_minutes = 7: must be 0, or from 1 to 60"),
        ("pace", "per_second = 0", "pace.per_second = 0: must be more than 0"),
        ("delivery", 'lease = "0 seconds"', "delivery.lease = '0:00:00': must be more"),
        ("delivery", 'lease = "soon"', "delivery.lease = 'soon': must be a span of time such as"),
        ("retention", "proofs = 90", "retention.proofs = 90: must be a span of time such as"),
        ("retention", 'proofs = "9999999999 days"', "retention.proofs = '9999999999 days': is too"),
    ],
)
def test_a_wrong_line_is_named_with_its_value_and_the_fix(
    tmp_path: Path, table: str, line: str, says: str
) -> None:
    assert says in complaint(tmp_path, with_line(table, line))


@pytest.mark.parametrize("table", ["telegram", "zalo"])
@pytest.mark.parametrize(
    "address",
    [
        *("http://api.telegram.org", "http://192.168.1.5:8081", "http://127.0.0.1.evil.example"),
        *("http://localhost.evil.example", "http://127.0.0.1@evil.example", "HTTP://bot.example"),
        *("https://", "http://", "http://[::1", "ftp://127.0.0.1"),
    ],
)
def test_a_token_does_not_leave_the_machine_in_the_clear(
    tmp_path: Path, table: str, address: str
) -> None:
    text = with_line(table, f'token = "{TOKEN}"\napi_url = "{address}"')
    assert f"{table}.api_url = '{address}': must start with https://" in complaint(tmp_path, text)


@pytest.mark.parametrize("table", ["telegram", "zalo"])
@pytest.mark.parametrize(
    "address",
    [
        *(
            "http://127.0.0.1:8081",
            "http://127.5.0.1",
            "http://localhost:8081",
            "http://[::1]:8081",
        ),
        *("http://LOCALHOST", "https://api.example", "HTTPS://api.example/bot-api"),
    ],
)
def test_a_token_goes_over_tls_or_stays_on_this_machine(
    tmp_path: Path, table: str, address: str
) -> None:
    text = with_line(table, f'token = "{TOKEN}"\napi_url = "{address}"')
    assert getattr(read(tmp_path, text), table).api_url == address


OA = 'app_id = "123"\napp_secret = "shh"'
"""An Official Account that is used."""


@pytest.mark.parametrize("key", ["api_url", "oauth_url"])
def test_an_apps_secret_does_not_leave_the_machine_in_the_clear(tmp_path: Path, key: str) -> None:
    text = with_line("zalo_oa", f'{OA}\n{key} = "http://zalo.example"')
    assert f"zalo_oa.{key} = 'http://zalo.example': must start" in complaint(tmp_path, text)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('app_id = "123"', "zalo_oa.app_secret: is missing: set NIEMTIN_ZALO_OA_APP_SECRET"),
        (OA.replace("123", "12a"), "zalo_oa.app_id = '12a': must be the digits"),
        (f"{OA}\nper_minute = 0", "zalo_oa.per_minute = 0: must be more than 0"),
        (f"{OA}\nwindow_days = 0", "zalo_oa.window_days = 0: must be more than 0"),
        (f"{OA}\nprice_dong = 0", "zalo_oa.price_dong = 0: must be more than 0"),
        (
            f"{OA}\nannouncement_messages = 100",
            "zalo_oa.announcement_dong = 0: must be more than 0 where",
        ),
        (f"{OA}\nmonth_dong = 5500", "zalo_oa.month_messages = 0: must be more than 0 where"),
        (f"{OA}\nwindow_days = 1\nfree_hours = 25", "zalo_oa.free_hours = 25: must not be longer"),
        (
            f'{OA}\nsignature_key = "both"',
            "zalo_oa.signature_key = 'both': must be one of: oa, app",
        ),
    ],
)
def test_an_official_account_that_cannot_work_is_refused(
    tmp_path: Path, lines: str, says: str
) -> None:
    assert says in complaint(tmp_path, with_line("zalo_oa", lines))


def test_an_official_account_is_used_with_its_secrets_from_the_environment(tmp_path: Path) -> None:
    text = with_line("zalo_oa", 'app_id = "123"\nwindow_days = 2\nfree_hours = 48')
    secrets = {"NIEMTIN_ZALO_OA_APP_SECRET": "app", "NIEMTIN_ZALO_OA_SECRET": "oa"}
    account = read(tmp_path, text, **secrets).zalo_oa
    assert account.is_used
    assert account.webhook_key.get_secret_value() == "oa"
    by_app = replace(account, signature_key=SignatureKey.APP)
    assert by_app.webhook_key.get_secret_value() == "app"


def test_a_club_on_an_official_account_alone_needs_nothing_of_telegram(tmp_path: Path) -> None:
    web = with_line("web", 'public_url = "https://bot.example.vn"')
    settings = read(tmp_path, web.replace("[zalo_oa]", f'[zalo_oa]\n{OA}\noa_secret = "x"', 1))
    assert settings.is_on_zalo
    must_have_messenger(settings)


def test_a_webhook_needs_the_key_that_signs_it(tmp_path: Path) -> None:
    web = with_line("web", 'public_url = "https://bot.example.vn"')
    text = web.replace("[telegram]", '[telegram]\nwebhook_secret = "abc"', 1)
    unsigned = text.replace("[zalo_oa]", f"[zalo_oa]\n{OA}", 1)
    assert "zalo_oa.oa_secret: is missing" in complaint(tmp_path, unsigned)
    by_app = unsigned.replace("[zalo_oa]", '[zalo_oa]\nsignature_key = "app"', 1)
    assert read(tmp_path, by_app).zalo_oa.is_used


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'timezone = "Asia/Ho_Chi_Minh"',
            'timezone = "Asia/Saigon2"',
            "club.timezone = 'Asia/Saigon2'",
        ),
        ('timezone = "Asia/Ho_Chi_Minh"', "", "club.timezone: is missing"),
        ('id = "xa-nui-may"', 'id = "xa-song-ngoc"', "club.areas = 'xa-song-ngoc': two areas"),
        (
            'id = "xa-nui-may"',
            'id = "Xã Núi Mây"',
            "club.areas[3].id = 'Xã Núi Mây': must be 1 to 20",
        ),
        ('id = "xa-nui-may"', "id = 7", "club.areas[3].id = 7: must be text"),
        ("[club]", "[culb]", "culb: no such table; there are: club, database"),
        ("[log]", "log = 1\n[other]", "other: no such table"),
        ("sqlite:///data/niemtin.sqlite3", "mysql://x", "database.url: must be sqlite:///"),
        ("sqlite:///data/niemtin.sqlite3", "nonsense", "database.url: must be sqlite:///"),
        ("[club]", "[club", "this is not TOML"),
    ],
)
def test_a_wrong_file_is_named_too(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert says in complaint(tmp_path, EXAMPLE.replace(old, new, 1))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigWrong, match="there is no such file"):
        load(tmp_path / "config.toml", {})


def test_the_longest_name_that_telegram_shows_is_taken_and_one_more_is_not(tmp_path: Path) -> None:
    name = 'name = "Câu lạc bộ Niềm Tin Hòa An"'
    read(tmp_path, EXAMPLE.replace(name, f'name = "{"a" * 64}"'))
    assert "club.name" in complaint(tmp_path, EXAMPLE.replace(name, f'name = "{"a" * 65}"'))


def test_secrets_come_from_the_environment_and_win_over_the_file(tmp_path: Path) -> None:
    settings = read(
        tmp_path, with_line("telegram", 'token = "1:file"'), NIEMTIN_TELEGRAM_TOKEN=TOKEN
    )
    assert settings.telegram.token.get_secret_value() == TOKEN


def test_the_databases_address_comes_from_the_environment(tmp_path: Path) -> None:
    url = "postgresql://niemtin:hush@db.example/club"
    settings = read(tmp_path, EXAMPLE, NIEMTIN_DATABASE_URL=url)
    assert settings.database.url == "postgresql+asyncpg://niemtin:hush@db.example/club"


def test_no_secret_is_in_what_the_settings_show_of_themselves(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        with_line("telegram", 'webhook_secret = "hush-hush"'),
        NIEMTIN_TELEGRAM_TOKEN=TOKEN,
        NIEMTIN_KEY="c2VjcmV0",
        NIEMTIN_DATABASE_URL="postgresql://niemtin:hush@db.example/club",
    )
    for shown in (repr(settings), str(settings)):
        assert "hush" not in shown
        assert TOKEN not in shown
        assert "c2VjcmV0" not in shown


@pytest.mark.parametrize(
    "line", ["token = 12345678", 'webhook_secret = ["hush"]', "token = 123456.78"]
)
def test_no_secret_is_in_the_complaint_about_it(tmp_path: Path, line: str) -> None:
    said = complaint(tmp_path, with_line("telegram", line))
    assert "must be text in quotes" in said
    assert "hush" not in said
    assert "12345" not in said


def test_the_password_of_a_wrong_database_address_is_not_in_the_complaint(tmp_path: Path) -> None:
    said = complaint(tmp_path, EXAMPLE, NIEMTIN_DATABASE_URL="mysql://niemtin:hush@db.example/x")
    assert "hush" not in said


@pytest.mark.parametrize("secret", ["", "with spaces", "a" * 257, "dấu"])
def test_a_webhook_needs_a_secret_that_telegram_takes(tmp_path: Path, secret: str) -> None:
    text = with_line("web", 'public_url = "https://bot.example"')
    said = complaint(tmp_path, text, NIEMTIN_WEBHOOK_SECRET=secret)
    assert "telegram.webhook_secret" in said
    assert not secret or secret not in said


def test_a_webhook_with_the_longest_secret_is_fine(tmp_path: Path) -> None:
    text = with_line("web", 'public_url = "https://bot.example"')
    read(tmp_path, text, NIEMTIN_WEBHOOK_SECRET="a" * 256)


def test_a_webhook_needs_the_web_server(tmp_path: Path) -> None:
    text = with_line("web", 'public_url = "https://bot.example"\nport = 0')
    assert "web.port" in complaint(tmp_path, text, NIEMTIN_WEBHOOK_SECRET="secret")


@pytest.mark.parametrize("proxy", ["socks5://club:hush@10.0.0.1:1080", "http://10.0.0.1:3128"])
def test_a_proxy_of_telegram_comes_from_the_environment(tmp_path: Path, proxy: str) -> None:
    settings = read(tmp_path, EXAMPLE, NIEMTIN_TELEGRAM_PROXY=proxy)
    assert settings.telegram.proxy.get_secret_value() == proxy
    assert "hush" not in repr(settings)
    assert settings.holds_secrets


@pytest.mark.parametrize(
    "proxy", ["10.0.0.1:1080", "socks5://hush@10.0.0.1", "ftp://a:hush@b:1", "socks5://b:hush"]
)
def test_a_proxy_that_cannot_be_used_is_refused_without_its_password(
    tmp_path: Path, proxy: str
) -> None:
    said = complaint(tmp_path, EXAMPLE, NIEMTIN_TELEGRAM_PROXY=proxy)
    assert "telegram.proxy" in said
    assert "hush" not in said


def test_a_club_on_zalo_alone_needs_no_telegram_token_nor_secret(tmp_path: Path) -> None:
    text = with_line("web", 'public_url = "https://bot.example"')
    settings = read(tmp_path, text, NIEMTIN_ZALO_TOKEN="1:a", NIEMTIN_ZALO_WEBHOOK_SECRET="a" * 8)
    must_have_messenger(settings)


def test_a_club_on_no_messenger_is_told_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(ConfigWrong, match="NIEMTIN_TELEGRAM_TOKEN"):
        must_have_messenger(read(tmp_path, EXAMPLE))
