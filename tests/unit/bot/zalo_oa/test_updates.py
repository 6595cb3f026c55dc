"""What the events of an Official Account say, and what of them is not read."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.intake.inbox_payload import pack
from bot.intake.input_sanitizing import NotAnUpdate
from bot.web import bodies
from bot.zalo_oa import updates
from bot.zalo_oa.presses import UNKNOWN, Payloads
from bot.zalo_oa.updates import EventUse, event_of, use_of
from handlers.messages import Address, Incoming, MediaKind, UpdateKind
from storage.database.vault import Vault
from tests.support.update_mutations import Mutator

PERSON, OTHER, ACCOUNT = "5207731846290013377", "5207731846290013378", "2718281828459045235"
PAYLOADS = Payloads(Vault(bytes(range(32))))
PHOTO = "https://photo.example.zdn.vn/p.jpg"
THUMBNAIL = "https://photo.example.zdn.vn/t.jpg"
FILMS = (MediaKind.VIDEO, MediaKind.ANIMATION)


def event(name: str = "user_send_text", **message: object) -> dict[str, Any]:
    return {
        "app_id": "1618033988749894848",
        "sender": {"id": PERSON},
        "user_id_by_app": "8812345670001112223",
        "recipient": {"id": ACCOUNT},
        "event_name": name,
        "message": {"msg_id": "96d3aa41bb720c", **message},
        "timestamp": "1796000411456",
    }


def happened(name: str, **more: object) -> dict[str, Any]:
    return {
        "oa_id": ACCOUNT,
        "user_id_by_app": "8812345670001112223",
        "event_name": name,
        "app_id": "1618033988749894848",
        "timestamp": "1796000300000",
        **more,
    }


def attached(payload: Mapping[str, object], kind: str = "x") -> dict[str, object]:
    return {"attachments": [{"type": kind, "payload": payload}]}


def read(raw: Mapping[str, Any]) -> Incoming:
    one = updates.read(event_of(raw), PAYLOADS)
    assert one is not None
    return one


def test_a_text_comes_in_with_what_it_answers() -> None:
    one = read(event(text="Tôi <đến> https://a.vn/tin", quote_msg_id="5a0b7c61e2f4"))
    assert (one.kind, one.sender) == (UpdateKind.MESSAGE, Address("zalo_oa", PERSON))
    assert (one.text, one.html) == (
        "Tôi <đến> https://a.vn/tin",
        "Tôi &lt;đến&gt; https://a.vn/tin",
    )
    assert one.links == ("https://a.vn/tin",)
    assert (one.update_key, one.message_id, one.reply_to) == (
        *("96d3aa41bb720c", "96d3aa41bb720c"),
        "5a0b7c61e2f4",
    )
    assert one.at == datetime(2026, 11, 30, 1, 0, 11, 456000, UTC)
    assert (one.typed_choices, one.most_buttons) == (True, 5)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("user_send_image", MediaKind.PHOTO),
        ("user_send_gif", MediaKind.ANIMATION),
        ("user_send_video", MediaKind.VIDEO),
        ("user_send_audio", MediaKind.VOICE),
    ],
)
def test_pictures_and_recordings_come_in_by_their_address(name: str, kind: MediaKind) -> None:
    one = read(event(name, text="đây", **attached({"thumbnail": THUMBNAIL, "url": PHOTO})))
    assert one.media is not None
    assert (one.media.kind, one.media.file, one.text) == (kind, PHOTO, "đây")
    assert one.media.thumbnail == (THUMBNAIL if kind in FILMS else "")
    assert one.media.unique
    assert one.unsupported == ""


def test_every_attachment_of_one_message_comes_in() -> None:
    found = {"attachments": [{"payload": {"url": f"{PHOTO}?{n}"}} for n in (1, 2)] + [{}]}
    one = read(event("user_send_image", text="đây", **found))
    assert [file.file for file in one.files] == [f"{PHOTO}?1", f"{PHOTO}?2"]
    assert (one.text, one.album) == ("đây", one.message_id)
    assert one.has_unmarked_album


def test_a_file_comes_in_with_name_and_size_and_is_the_same_from_everybody() -> None:
    payload = {"size": "20411", "name": "don.pdf", "checksum": "0cc175b9", "type": "pdf"}
    one, other = (
        read(event("user_send_file", **attached({**payload, "url": f"https://f.zdn.vn/{n}"})))
        for n in "ab"
    )
    assert one.media is not None
    assert other.media is not None
    assert (one.media.kind, one.media.name, one.media.size) == (
        *(MediaKind.DOCUMENT, "don.pdf"),
        20411,
    )
    assert one.media.unique == other.media.unique
    assert one.media.file != other.media.file


def test_the_address_of_a_shared_link_is_part_of_the_text() -> None:
    link = attached({"description": "mô tả", "url": "https://a.vn/tin", "thumbnail": "https://t"})
    assert read(event("user_send_link", text="xem", **link)).text == "xem\nhttps://a.vn/tin"
    once = read(event("user_send_link", text="https://a.vn/tin", **link))
    assert (once.text, once.links) == ("https://a.vn/tin", ("https://a.vn/tin",))


@pytest.mark.parametrize(
    ("name", "kind", "payload"),
    [
        ("user_send_sticker", "sticker", {"id": "s1", "url": PHOTO}),
        (
            "user_send_location",
            "location",
            {"coordinates": {"latitude": "16.0678", "longitude": "108.2208"}},
        ),
        (
            "user_send_business_card",
            "contact",
            {"description": '{"phone":"84905000111","qrCodeUrl":"x"}', "url": PHOTO},
        ),
        ("user_send_hologram", "unknown", {"url": PHOTO}),
    ],
)
def test_what_the_bot_has_no_use_for_is_named_and_nothing_of_it_is_read(
    name: str, kind: str, payload: Mapping[str, object]
) -> None:
    one = read(event(name, text="" if kind == "unknown" else "84905000111", **attached(payload)))
    assert (one.unsupported, one.text, one.media) == (kind, "", None)
    assert not {"84905000111", "16.0678", PHOTO} & set(map(str, asdict(one).values()))


@pytest.mark.parametrize("name", ["follow", "user_click_chatnow"])
def test_who_follows_the_account_has_greeted_it(name: str) -> None:
    one = read(happened(name, follower={"id": PERSON}, source="oa_profile"))
    assert (one.kind, one.text) == (UpdateKind.MESSAGE, "/start")
    assert one.sender == Address("zalo_oa", PERSON)


def test_who_unfollows_it_has_blocked_it() -> None:
    one = read(happened("unfollow", follower={"id": PERSON}))
    assert (one.kind, one.text) == (UpdateKind.BLOCKED, "")


@pytest.mark.parametrize(
    "where", [{"sender": {"id": PERSON}}, {"user_id": PERSON}, {"follower": {"id": PERSON}}]
)
def test_a_withdrawal_says_who_withdraws(where: Mapping[str, object]) -> None:
    one = read(happened("user_withdraw", **where))
    assert (one.kind, one.sender.chat) == (UpdateKind.WITHDRAWN, PERSON)


def test_events_without_an_id_have_a_key_that_names_nobody() -> None:
    follow = happened("follow", follower={"id": PERSON})
    keys = {
        read(follow).update_key,
        read(follow | {"event_name": "unfollow"}).update_key,
        read(follow | {"follower": {"id": OTHER}}).update_key,
        read(follow | {"timestamp": "1796000300001"}).update_key,
    }
    assert len(keys) == 4
    assert read(follow).update_key == read(dict(follow)).update_key
    assert not any(PERSON in key or len(key) > 64 for key in keys)


@pytest.mark.parametrize(
    "raw",
    [
        event(text="chào") | {"sender": {"id": 7}},
        event(text="chào") | {"sender": "Ted"},
        event(text="chào") | {"timestamp": "yesterday"},
        event(text="chào") | {"timestamp": "1" * 30},
        event(text="chào") | {"message": None},
        event(text="chào", msg_id="x" * 65),
        event(text="chào", attachments="x"),
        happened("follow"),
        happened("follow", follower="x"),
        happened("user_withdraw"),
    ],
)
def test_what_makes_no_sense_is_left_out_without_quoting_it(raw: Mapping[str, Any]) -> None:
    with capture_logs() as logs:
        assert updates.read(event_of(raw), PAYLOADS) is None
    assert logs
    assert "chào" not in str(logs)
    assert PERSON not in str(logs)


@pytest.mark.parametrize("raw", [None, [], "x", {}, {"event_name": 7}])
def test_what_is_no_event_is_said(raw: object) -> None:
    with pytest.raises(NotAnUpdate):
        event_of(raw)


@pytest.mark.parametrize(
    ("name", "use"),
    [
        ("user_send_text", EventUse.READ),
        ("follow", EventUse.READ),
        ("user_withdraw", EventUse.READ),
        ("user_seen_message", EventUse.IGNORED),
        ("user_received_message", EventUse.IGNORED),
        ("user_reacted_message", EventUse.IGNORED),
        ("user_submit_info", EventUse.IGNORED),
        ("oa_send_text", EventUse.IGNORED),
        ("oa_send_hologram", EventUse.IGNORED),
        ("user_send_group_text", EventUse.IGNORED),
        ("anonymous_send_text", EventUse.IGNORED),
        ("permission_revoked", EventUse.REVOKED),
        ("user_dances", EventUse.UNKNOWN),
        ("", EventUse.UNKNOWN),
    ],
)
def test_every_event_is_read_ignored_or_counted(name: str, use: EventUse) -> None:
    assert use_of(name) is use


def test_whatever_is_wrong_with_an_event_breaks_nothing() -> None:
    known = [
        event(text="Tôi đến", quote_msg_id="5a0b7c61e2f4"),
        event(text=PAYLOADS.of(PERSON, "home")),
        event("user_send_image", text="đây", **attached({"url": PHOTO})),
        event("user_send_file", **attached({"url": PHOTO, "size": "9", "name": "a.pdf"})),
        event("user_send_link", **attached({"url": PHOTO})),
        happened("follow", follower={"id": PERSON}),
        happened("user_withdraw", user_id=PERSON),
    ]
    mutator = Mutator(11)
    for number in range(400):
        try:
            changed = event_of(json.loads(mutator.body(known, number)[: bodies.LIMIT]))
        except ValueError:
            continue
        if use_of(changed["event_name"]) is EventUse.READ:
            one = updates.read(changed, PAYLOADS)
            assert one is None or pack(one)


# ---- presses ----


def test_a_payload_of_this_chat_is_a_press() -> None:
    one = read(event(text=PAYLOADS.of(PERSON, "=shared:12")))
    assert (one.kind, one.text, one.links) == (UpdateKind.PRESS, "", ())
    assert one.press is not None
    assert (one.press.action, one.press.is_on_lasting) == ("shared:12", True)
    assert one.update_key == one.press.id == "96d3aa41bb720c"


@pytest.mark.parametrize(
    "text",
    [
        PAYLOADS.of(OTHER, "approve:1"),
        PAYLOADS.of(PERSON, "approve:1").replace("approve:1", "approve:2"),
        PAYLOADS.of(PERSON, "approve:1")[:-1] + "!",
        "#approve:1~AAAAAAAAAAAAAAAA",
        Payloads(Vault(bytes(32))).of(PERSON, "approve:1"),
    ],
)
def test_nobody_presses_a_button_by_typing_what_it_was_not_offered(text: str) -> None:
    one = read(event(text=text))
    assert one.press is None or one.press.action == UNKNOWN


@pytest.mark.parametrize(
    "text",
    ["approve:1", "#approve:1", "=shared:12", "1", f"{PAYLOADS.of(PERSON, 'a')} rồi", "#tin"],
)
def test_other_texts_are_texts(text: str) -> None:
    one = read(event(text=text))
    assert (one.press, one.text) == (None, text)


def test_buttons_work_while_the_key_is_changed() -> None:
    old, new = bytes(range(32)), bytes(reversed(range(32)))
    payload = Payloads(Vault(old)).of(PERSON, "home")
    assert Payloads(Vault(new, old)).action(PERSON, payload) == "home"
    assert Payloads(Vault(new)).action(PERSON, payload) == UNKNOWN


def test_a_payload_is_short_enough() -> None:
    assert len(PAYLOADS.of(PERSON, "=" + "a" * 63)) <= 1000
