"""Messages of an Official Account: shapes, limits, order of checks, and what the answer says."""

from typing import Any

import pytest

from tests.support.official_account import (
    V2,
    OaClient,
    act,
    add_oa_user,
    buttons,
    picture_of,
    set_account,
)
from tests.support.sandbox_server import SandboxServer, picture

PDF = b"%PDF-1.4 a small file"


async def _last(sandbox: SandboxServer, chat: str) -> Any:
    return (await sandbox.messages(chat))[-1]  # type: ignore[arg-type]


async def test_a_text_is_answered_with_its_id_and_its_charge(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    answer = await oa.send(lan, "Lịch họp tổ 4: 19h30 thứ Năm.")
    assert (answer["error"], answer["message"]) == (0, "Success")
    data = answer["data"]
    message = await _last(sandbox, lan)
    assert (message["message_id"], message["text"]) == (
        data["message_id"],
        "Lịch họp tổ 4: 19h30 thứ Năm.",
    )
    assert data["user_id"] == lan
    assert data["quota"]["quota_type"] == "reply"
    assert data["sent_time"].isdecimal()


@pytest.mark.parametrize(("length", "code"), [(1, 0), (2000, 0), (2001, -210)])
async def test_a_text_has_one_to_2000_characters(
    oa: OaClient, lan: str, length: int, code: int
) -> None:
    assert (await oa.send(lan, "ă" * length))["error"] == code


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"text": " "},
        {"text": 7},
        {"attachment": {"type": "image", "payload": {}}},
        {"attachment": {"type": "template"}},
        {"attachment": "template"},
        {"text": "x", "quote_message_id": "of another chat"},
    ],
    ids=str,
)
async def test_a_message_of_a_wrong_shape_is_refused(
    oa: OaClient, lan: str, message: dict[str, Any]
) -> None:
    assert (await oa.send(lan, **{"text": "", **message}))["error"] == -201


async def test_other_templates_are_no_kind_of_message_here(oa: OaClient, lan: str) -> None:
    attachment = {"type": "template", "payload": {"template_type": "request_user_info"}}
    assert (await oa.send(lan, "x", attachment=attachment))["error"] == -233


@pytest.mark.parametrize(("number", "code"), [(0, -201), (1, 0), (5, 0), (6, -210)])
async def test_a_message_has_up_to_five_buttons(
    oa: OaClient, lan: str, number: int, code: int
) -> None:
    attachment = buttons(*[f"Nút {one}" for one in range(number)])
    assert (await oa.send(lan, "Chọn", attachment=attachment))["error"] == code


@pytest.mark.parametrize(
    ("title", "payload", "code"),
    [
        ("t" * 100, "#1", 0),
        ("t" * 101, "#1", -210),
        ("t", "p" * 1000, 0),
        ("t", "p" * 1001, -210),
        ("", "#1", -201),
        ("t", "", -201),
        ("t", None, -201),
    ],
)
async def test_titles_and_payloads_have_limits(
    oa: OaClient, lan: str, title: str, payload: object, code: int
) -> None:
    answer = await oa.send(lan, "Chọn", attachment=buttons(title, payload=payload))
    assert answer["error"] == code


@pytest.mark.parametrize(
    ("kind", "payload", "code"),
    [
        ("oa.query.show", "#1", 0),
        ("oa.open.url", {"url": "https://hoaan.example/"}, 0),
        ("oa.open.url", {"url": "hoaan.example"}, -201),
        ("oa.open.phone", {"phone_code": "84905000111"}, 0),
        ("oa.open.phone", {"phone_code": "+84905000111"}, -201),
        ("oa.open.sms", {"phone_code": "84905000111", "content": "c" * 160}, 0),
        ("oa.open.sms", {"phone_code": "84905000111", "content": "c" * 161}, -210),
        ("oa.open.app", {}, -201),
    ],
)
async def test_a_button_is_of_one_of_five_kinds(
    oa: OaClient, lan: str, kind: str, payload: object, code: int
) -> None:
    answer = await oa.send(lan, "Chọn", attachment=buttons("t", kind=kind, payload=payload))
    assert answer["error"] == code


async def test_buttons_need_a_text(oa: OaClient, lan: str) -> None:
    assert (await oa.send(lan, "", attachment=buttons("Có")))["error"] == -201


async def test_the_phone_shows_one_button_a_row(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    await oa.send(lan, "Có đến không?", attachment=buttons("Có", "Không"))
    rows = (await _last(sandbox, lan))["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [["Có"], ["Không"]]


async def test_addresses_in_a_text_are_links_on_the_phone(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    await oa.send(lan, "Kiểm chứng tại: https://baucu.hoaan.example/ngay-bau-cu /thongbao")
    (entity,) = (await _last(sandbox, lan))["entities"]
    assert (entity["type"], entity["offset"]) == ("url", len("Kiểm chứng tại: "))


async def test_a_picture_comes_by_upload_or_by_address(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    uploaded = (await oa.upload("image", "a.png", picture()))["data"]["attachment_id"]
    answer = await oa.send(lan, "Sơ đồ", attachment=picture_of(attachment_id=uploaded))
    assert answer["error"] == 0
    message = await _last(sandbox, lan)
    assert (message["caption"], bool(message["photo"])) == ("Sơ đồ", True)
    address = f"{sandbox.address.url}/oa/files/{message['photo'][0]['file_id']}"
    assert (await oa.send(lan, "", attachment=picture_of(url=address)))["error"] == 0
    elsewhere = picture_of(url="https://elsewhere.example/a.jpg")
    assert (await oa.send(lan, "", attachment=elsewhere))["error"] == -201


async def test_a_picture_is_one_element_with_one_source(oa: OaClient, lan: str) -> None:
    uploaded = (await oa.upload("image", "a.png", picture()))["data"]["attachment_id"]
    both = picture_of(attachment_id=uploaded, url="http://127.0.0.1/a.png")
    neither, two = picture_of(), picture_of(attachment_id=uploaded)
    two["payload"]["elements"] *= 2
    for attachment in (both, neither, two):
        assert (await oa.send(lan, "", attachment=attachment))["error"] == -201


async def test_a_file_comes_by_its_token_and_without_text(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    token = (await oa.upload("file", "don.pdf", PDF))["data"]["token"]
    attachment = {"type": "file", "payload": {"token": token}}
    assert (await oa.send(lan, "", attachment=attachment))["error"] == 0
    assert (await _last(sandbox, lan))["document"]["file_name"] == "don.pdf"
    assert (await oa.send(lan, "text", attachment=attachment))["error"] == -201


async def test_a_quoted_message_must_be_in_the_chat(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    said = await act(sandbox, lan, "send", text="Mấy giờ họp?")
    await oa.send(lan, "19h30", quote_message_id=said["message_id"])
    assert (await _last(sandbox, lan))["reply_to_message"]["text"] == "Mấy giờ họp?"


async def test_checks_come_in_the_order_token_account_shape_person_window(
    sandbox: SandboxServer, oa: OaClient
) -> None:
    minh, valid = await add_oa_user(sandbox, "Minh"), oa.access_token
    await set_account(sandbox, oa_type=4)
    oa.access_token = "wrong"
    assert (await oa.send("nobody", ""))["error"] == -216
    oa.access_token = valid
    assert (await oa.send("nobody", ""))["error"] == -235
    await set_account(sandbox, oa_type=2)
    assert (await oa.send("nobody", "a" * 2001))["error"] == -210
    assert (await oa.send("nobody"))["error"] == -201
    assert (await oa.send(minh))["error"] == -232
    assert await sandbox.messages(minh) == []  # type: ignore[arg-type]


async def test_the_old_call_is_for_state_bodies_alone(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    assert (await oa.send(lan, path=V2))["error"] == -240
    await set_account(sandbox, oa_type=4)
    assert (await oa.send(lan, path=V2))["error"] == 0
    assert (await oa.send(lan))["error"] == -235
    (sent,) = (await sandbox.get("/sandbox/oa/sent")).body
    assert (sent["path"], sent["quota_type"]) == (V2, "reply")


async def test_who_blocked_the_account_gets_nothing(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    await act(sandbox, lan, "block")
    assert (await oa.send(lan))["error"] == -244


async def test_unfollowing_leaves_the_window_open(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    await act(sandbox, lan, "unfollow")
    assert (await oa.send(lan))["error"] == 0


async def test_a_window_closes_with_the_clock_and_opens_with_the_next_word(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    await oa.advance(3 * 86400)
    later = await oa.send(lan)
    await oa.advance(5 * 86400)
    closed = await oa.send(lan)
    await act(sandbox, lan, "send", text="Tôi đây")
    opened = await oa.send(lan)
    assert later["data"]["quota"]["quota_type"] == "sub_quota"
    assert closed["error"] == -230
    assert opened["data"]["quota"]["quota_type"] == "reply"
    sent = (await sandbox.get("/sandbox/oa/sent")).body
    assert [one["quota_type"] for one in sent] == ["sub_quota", "reply"]
