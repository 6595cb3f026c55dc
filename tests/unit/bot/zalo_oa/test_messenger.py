"""What an Official Account sends: buttons, pictures, documents, and what stands in for the rest."""

from typing import Any

import pytest

from handlers.messages import (
    Address,
    Album,
    Button,
    Charge,
    DeliveryUncertain,
    Media,
    MediaKind,
    Message,
    Refused,
    WindowClosed,
)
from tests.support.oa_setup import PERSON, OaSetup
from tests.support.sandbox_server import picture
from tests.support.scripted_oa_server import OaServer

PHOTO = Media(MediaKind.PHOTO, "telegram-photo")
PDF = Media(MediaKind.DOCUMENT, "telegram-pdf", name="công văn.PDF", size=9)


def choices(count: int) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(f"Nút {n}", action=f"act:{n}"),) for n in range(1, count + 1))


def buttons_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    buttons: list[dict[str, Any]] = (
        message.get("attachment", {}).get("payload", {}).get("buttons", [])
    )
    return buttons


@pytest.mark.parametrize("count", [1, 5])
async def test_up_to_five_choices_are_buttons(oa: OaSetup, server: OaServer, count: int) -> None:
    await oa.messenger.send(oa.to, Message("Bạn có đến không?", choices(count)))
    (one,) = server.sent
    assert one.body["recipient"] == {"user_id": PERSON}
    assert one.message["text"] == "Bạn có đến không?"
    assert one.message["attachment"]["type"] == "template"
    shown = buttons_of(one.message)
    assert [b["title"] for b in shown] == [f"Nút {n}" for n in range(1, count + 1)]
    assert {b["type"] for b in shown} == {"oa.query.hide"}
    actions = [oa.payloads.action(PERSON, b["payload"]) for b in shown]
    assert actions == [f"act:{n}" for n in range(1, count + 1)]


async def test_six_choices_are_numbers(oa: OaSetup, server: OaServer) -> None:
    await oa.messenger.send(oa.to, Message("Chọn gì?", choices(6)))
    (one,) = server.sent
    assert one.message == {"text": "Chọn gì?\n\n" + "\n".join(f"{n}. Nút {n}" for n in range(1, 7))}


@pytest.mark.parametrize(("count", "is_listed"), [(5, False), (6, True)])
async def test_a_choice_has_a_label_of_its_own_in_a_list(
    oa: OaSetup, server: OaServer, count: int, *, is_listed: bool
) -> None:
    read = (Button("Đọc số 3", action="read:3", listed="Ngày bầu cử"),)
    await oa.messenger.send(oa.to, Message("Tuần này", (read, *choices(count - 1))))
    (one,) = server.sent
    assert ("1. Ngày bầu cử" in one.message["text"]) is is_listed
    assert ("Đọc số 3" in [b["title"] for b in buttons_of(one.message)]) is not is_listed
    assert "Đọc số 3" not in one.message["text"]


async def test_links_are_buttons_where_all_of_them_fit(oa: OaSetup, server: OaServer) -> None:
    link = (Button("Mở", url="https://an.example/"),)
    await oa.messenger.send(oa.to, Message("Tài liệu", (*choices(4), link)))
    await oa.messenger.send(oa.to, Message("Tài liệu", (*choices(5), link)))
    fits, beyond = (one.message for one in server.sent)
    assert buttons_of(fits)[-1] == {
        "title": "Mở",
        "type": "oa.open.url",
        "payload": {"url": "https://an.example/"},
    }
    assert len(buttons_of(beyond)) == 5
    assert beyond["text"] == "Tài liệu\n\nMở: https://an.example/"


async def test_a_text_to_copy_is_in_the_words(oa: OaSetup, server: OaServer) -> None:
    await oa.messenger.send(oa.to, Message("Lời của bạn", ((Button("Chép", copy="Chia sẻ"),),)))
    assert server.sent[0].message == {"text": "Lời của bạn\n\nChép:\nChia sẻ"}


@pytest.mark.parametrize(("length", "title"), [(100, "a" * 100), (101, f"{'a' * 99}…")])
async def test_a_long_title_is_cut(oa: OaSetup, server: OaServer, length: int, title: str) -> None:
    rows = ((Button("a" * length, action="act"),),)
    await oa.messenger.send(oa.to, Message("x", rows))
    assert buttons_of(server.sent[0].message)[0]["title"] == title


async def test_long_texts_are_split_and_the_buttons_are_below_the_last_piece(
    oa: OaSetup, server: OaServer
) -> None:
    await oa.messenger.send(oa.to, Message("a" * 2000, choices(1)))
    ids = await oa.messenger.send(oa.to, Message("b" * 2001, choices(1)))
    whole, first, last = (one.message for one in server.sent)
    assert (len(whole["text"]), len(first["text"]), len(last["text"])) == (2000, 2000, 1)
    assert [bool(buttons_of(one)) for one in (whole, first, last)] == [True, False, True]
    assert len(ids) == 2


async def test_decomposed_vietnamese_is_composed_before_it_is_counted(
    oa: OaSetup, server: OaServer
) -> None:
    await oa.messenger.send(oa.to, Message("e\u0302\u0301" * 2000))
    assert [one.message for one in server.sent] == [{"text": "ế" * 2000}]


async def test_formatting_is_left_out(oa: OaSetup, server: OaServer) -> None:
    await oa.messenger.send(oa.to, Message("<b>Chào</b> &lt;bạn&gt;"))
    assert server.sent[0].message == {"text": "Chào <bạn>"}


async def test_a_picture_goes_with_its_words_and_is_uploaded_once_for_all(
    oa: OaSetup, server: OaServer
) -> None:
    oa.files["telegram-photo"] = picture(kind="JPEG")
    to_many = oa.messenger.prepare(Message("Sơ đồ", media=PHOTO))
    for number in "123":
        await to_many(Address("zalo_oa", number))
    (upload,) = server.uploaded
    assert upload.path.endswith("/image")
    assert upload.body == ("photo.jpg", "image/jpeg", oa.files["telegram-photo"])
    assert {str(one.message) for one in server.sent} == {
        str(
            {
                "text": "Sơ đồ",
                "attachment": {
                    "type": "template",
                    "payload": {
                        "template_type": "media",
                        "elements": [{"media_type": "image", "attachment_id": "a1"}],
                    },
                },
            }
        )
    }


async def test_an_uploaded_picture_is_used_for_six_days(oa: OaSetup, server: OaServer) -> None:
    oa.files["telegram-photo"] = picture()
    await oa.messenger.send(oa.to, Message("Sơ đồ", media=PHOTO))
    oa.clock.advance(days=5, hours=23)
    await oa.messenger.send(oa.to, Message("Sơ đồ", media=PHOTO))
    assert len(server.uploaded) == 1
    oa.clock.advance(hours=1)
    await oa.messenger.send(oa.to, Message("Sơ đồ", media=PHOTO))
    assert len(server.uploaded) == 2


async def test_a_picture_that_expired_is_uploaded_again_once(oa: OaSetup, server: OaServer) -> None:
    oa.files["telegram-photo"] = picture()
    await oa.messenger.send(oa.to, Message("Sơ đồ", media=PHOTO))
    server.will_answer(-100)
    await oa.messenger.send(oa.to, Message("Sơ đồ", media=PHOTO))
    assert (len(server.uploaded), len(server.sent)) == (2, 3)
    server.will_answer(-100, 0, -100)
    with pytest.raises(Refused) as failed:
        await oa.messenger.send(oa.to, Message("Sơ đồ", media=PHOTO))
    assert type(failed.value) is Refused
    assert (len(server.uploaded), len(server.sent)) == (3, 5)


async def test_a_picture_with_buttons_comes_before_its_words(oa: OaSetup, server: OaServer) -> None:
    oa.files["telegram-photo"] = picture()
    await oa.messenger.send(oa.to, Message("Sơ đồ", choices(2), PHOTO))
    shown, words = (one.message for one in server.sent)
    assert "text" not in shown
    assert (words["text"], len(buttons_of(words))) == ("Sơ đồ", 2)


@pytest.mark.parametrize(("size", "is_as_it_was"), [(1024**2, True), (1024**2 + 1, False)])
async def test_a_picture_of_more_than_a_megabyte_is_made_smaller(
    oa: OaSetup, server: OaServer, size: int, *, is_as_it_was: bool
) -> None:
    original = picture(kind="PNG").ljust(size)
    oa.files["telegram-photo"] = original
    await oa.messenger.send(oa.to, Message("Sơ đồ", media=PHOTO))
    name, kind, content = server.uploaded[0].body
    assert (content == original) is is_as_it_was
    expected = ("photo.png", "image/png") if is_as_it_was else ("photo.jpg", "image/jpeg")
    assert (name, kind) == expected
    assert len(content) <= 1024**2


async def test_a_picture_that_the_platform_does_not_take_is_converted(
    oa: OaSetup, server: OaServer
) -> None:
    oa.files["telegram-photo"] = picture(kind="BMP")
    await oa.messenger.send(oa.to, Message("Sơ đồ", media=PHOTO))
    name, kind, content = server.uploaded[0].body
    assert (name, kind, content[:3]) == ("photo.jpg", "image/jpeg", b"\xff\xd8\xff")


@pytest.mark.parametrize("code", [-210, -211])
async def test_a_picture_that_cannot_be_uploaded_goes_by_its_link(
    oa: OaSetup, server: OaServer, code: int
) -> None:
    oa.files["telegram-photo"] = picture()
    server.will_answer(code)
    await oa.messenger.send(oa.to, Message("Sơ đồ", media=PHOTO))
    (one,) = server.sent
    elements = one.message["attachment"]["payload"]["elements"]
    assert elements == [{"media_type": "image", "url": oa.link}]


async def test_what_is_no_picture_and_has_no_link_is_refused(oa: OaSetup, server: OaServer) -> None:
    oa.files["telegram-photo"], oa.link = b"<html>", ""
    with pytest.raises(Refused):
        await oa.messenger.send(oa.to, Message("Sơ đồ", media=PHOTO))
    assert not server.requests


async def test_a_picture_that_somebody_sent_is_uploaded_from_its_address(
    oa: OaSetup, server: OaServer
) -> None:
    server.files["/p.jpg"] = picture(kind="JPEG")
    media = Media(MediaKind.PHOTO, f"{server.url}/p.jpg")
    await oa.messenger.send(oa.to, Message("Ảnh", media=media))
    assert server.uploaded[0].body[2] == server.files["/p.jpg"]


async def test_a_document_goes_by_its_token_before_the_words(oa: OaSetup, server: OaServer) -> None:
    oa.files["telegram-pdf"] = b"%PDF-1.7".ljust(5 * 1024**2)
    await oa.messenger.send(oa.to, Message("kèm tệp", choices(1), PDF))
    (upload,) = server.uploaded
    assert upload.path.endswith("/file")
    assert upload.body == ("công văn.pdf", "application/pdf", oa.files["telegram-pdf"])
    document, words = (one.message for one in server.sent)
    assert document == {"attachment": {"type": "file", "payload": {"token": "a1"}}}
    assert words["text"] == "kèm tệp"


@pytest.mark.parametrize(
    "media",
    [
        Media(MediaKind.DOCUMENT, "f", name="bảng.xlsx", size=2048),
        Media(MediaKind.DOCUMENT, "f", name="công văn.pdf", size=5 * 1024**2 + 1),
        Media(MediaKind.VIDEO, "f", name="phim.mp4", size=2048),
    ],
)
async def test_other_files_are_links(oa: OaSetup, server: OaServer, media: Media) -> None:
    await oa.messenger.send(oa.to, Message("kèm tệp", media=media))
    (one,) = server.sent
    assert one.message["text"].startswith(f"kèm tệp\n\n📎 {media.name} (")
    assert one.message["text"].endswith(f"): {oa.link}")


async def test_a_document_that_is_refused_is_a_link(oa: OaSetup, server: OaServer) -> None:
    oa.files["telegram-pdf"] = b"%PDF-1.7"
    server.will_answer(-201)
    await oa.messenger.send(oa.to, Message("kèm tệp", media=PDF))
    assert server.sent[0].message["text"].endswith(oa.link)


async def test_the_pictures_of_an_album_come_one_by_one_and_then_its_words(
    oa: OaSetup, server: OaServer
) -> None:
    other = Media(MediaKind.PHOTO, "another")
    oa.files.update({"telegram-photo": picture(), "another": picture(50, 50)})
    ids = await oa.messenger.prepare(Album((PHOTO, other), "hai ảnh"))(oa.to)
    assert [one.message.get("text", "") for one in server.sent] == ["", "", "hai ảnh"]
    assert len(ids) == 3


async def test_once_a_part_arrived_the_rest_makes_it_uncertain(
    oa: OaSetup, server: OaServer
) -> None:
    server.will_answer(0, -230)
    with pytest.raises(DeliveryUncertain):
        await oa.messenger.send(oa.to, Message("a" * 2001))
    server.will_answer(-230)
    with pytest.raises(WindowClosed):
        await oa.messenger.send(oa.to, Message("a" * 2001))


async def test_an_answer_without_an_id_is_uncertain_and_counts_as_charged(
    oa: OaSetup, server: OaServer
) -> None:
    server.will_say({"quota": {"quota_type": "purchase_quota"}})
    with pytest.raises(DeliveryUncertain):
        await oa.messenger.send(oa.to, Message("chào"))
    assert oa.charges == [(PERSON, Charge.PAID, None)]


@pytest.mark.parametrize(
    ("quota", "charge", "left"),
    [
        ({"quota_type": "reply", "remain": "8"}, Charge.FREE, None),
        ({"quota_type": "sub_quota", "remain": "0"}, Charge.QUOTA, 0),
        ({"quota_type": "reward_quota", "remain": 3}, Charge.QUOTA, None),
        ({"quota_type": "sub_quota", "remain": "9" * 5000}, Charge.QUOTA, None),
        ({"quota_type": "purchase_quota", "remain": "lots"}, Charge.PAID, None),
        ({"quota_type": "new_quota"}, None, None),
        ("none", None, None),
        (None, None, None),
    ],
)
async def test_how_each_message_was_charged_is_reported(
    oa: OaSetup, server: OaServer, quota: object, charge: Charge | None, left: int | None
) -> None:
    server.will_say({"message_id": "1", "quota": quota})
    await oa.messenger.send(oa.to, Message("chào"))
    assert oa.charges == [(PERSON, charge, left)]


async def test_every_message_of_a_part_waits_for_a_slot(oa: OaSetup, server: OaServer) -> None:
    oa.limiter.record_remaining(1)
    start = oa.time()
    await oa.messenger.send(oa.to, Message("a" * 4001))
    assert len(server.sent) == 3
    assert oa.time() >= start + 60
