"""Uploads of an Official Account: types, sizes, names, and the seven days of their ids."""

import pytest

from bot.sandbox.instrumentation.clock import Clock
from bot.sandbox.official_account.attachments import LIFE_S, MONTHLY_LIMIT, Attachments
from bot.sandbox.transport import OaError
from bot.sandbox.zalo_oa.upload_calls import MEGABYTE, NAME_LIMIT
from tests.support.official_account import OaClient, picture_of
from tests.support.sandbox_server import picture

PICTURE = picture(kind="JPEG")


def _padded(size: int) -> bytes:
    """A picture with so many bytes: decoders ignore what follows its end."""
    return PICTURE + b"\0" * (size - len(PICTURE))


@pytest.mark.parametrize(
    ("kind", "name", "size", "code"),
    [
        ("image", "a.jpg", MEGABYTE, 0),
        ("image", "a.jpg", MEGABYTE + 1, -210),
        ("image", "a.gif", 2000, -201),
        ("gif", "a.gif", 5 * MEGABYTE, 0),
        ("gif", "a.gif", 5 * MEGABYTE + 1, -210),
        ("file", "a.pdf", 5 * MEGABYTE, 0),
        ("file", "a.docx", 5 * MEGABYTE + 1, -210),
        ("file", "a.zip", 2000, -201),
        ("file", "b" * (NAME_LIMIT - 4) + ".pdf", 2000, 0),
        ("file", "b" * (NAME_LIMIT - 3) + ".pdf", 2000, -210),
    ],
)
async def test_uploads_have_limits(
    oa: OaClient, kind: str, name: str, size: int, code: int
) -> None:
    assert (await oa.upload(kind, name, _padded(size)))["error"] == code


async def test_what_is_no_picture_is_refused(oa: OaClient) -> None:
    assert (await oa.upload("image", "a.png", b"no picture"))["error"] == -201
    assert (await oa.upload("image", "a.png", b""))["error"] == -201


async def test_a_name_without_an_extension_is_answered_without_data(oa: OaClient) -> None:
    answer = await oa.upload("image", "picture", PICTURE)
    assert (answer["error"], answer["data"]) == (0, {})


async def test_an_id_is_of_one_kind(oa: OaClient, lan: str) -> None:
    token = (await oa.upload("file", "a.pdf", b"%PDF"))["data"]["token"]
    assert (await oa.send(lan, "", attachment=picture_of(attachment_id=token)))["error"] == -201


async def test_an_expired_upload_is_refused_as_such(oa: OaClient, lan: str) -> None:
    uploaded = (await oa.upload("image", "a.jpg", PICTURE))["data"]["attachment_id"]
    await oa.advance(LIFE_S + 1)
    answer = await oa.send(lan, "", attachment=picture_of(attachment_id=uploaded))
    assert answer["error"] == -100


def test_an_upload_is_valid_for_seven_days() -> None:
    clock = Clock(real_now=lambda: 1_796_000_400.0)
    attachments = Attachments(clock)
    upload_id = attachments.add("image", {"photo": []})
    clock.advance(LIFE_S)
    assert attachments.content("image", upload_id, "attachment_id") == {"photo": []}
    clock.advance(1)
    with pytest.raises(OaError, match="expired"):
        attachments.content("image", upload_id, "attachment_id")


def test_a_month_has_5000_uploads() -> None:
    clock = Clock(real_now=lambda: 1_796_000_400.0)
    attachments = Attachments(clock)
    for _ in range(MONTHLY_LIMIT):
        attachments.add("image", {})
    with pytest.raises(OaError) as refused:
        attachments.add("image", {})
    assert refused.value.code == -211
    clock.advance(31 * 86400)
    attachments.add("image", {})
