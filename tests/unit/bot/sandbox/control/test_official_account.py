"""The control API of the Official Account refuses what makes no sense, with a sentence."""

import pytest

from tests.support.official_account import set_account
from tests.support.sandbox_server import SandboxServer


async def test_settings_are_read_and_changed(sandbox: SandboxServer) -> None:
    before = (await sandbox.get("/sandbox/oa")).body
    after = await set_account(sandbox, package_quota=500, balance_dong=None)
    assert (after["package_quota"], after["balance_dong"], after["quota_left"]) == (500, None, 500)
    assert after["price_dong"] == before["price_dong"] == 55


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"colour": "blue"}, "has no “colour”"),
        ({"oa_type": 3}, "“oa_type” is 2"),
        ({"package_quota": -1}, "must not be negative"),
        ({"package_quota": None}, "“package_quota” is missing"),
        ({"webhook_url": "https://elsewhere.example/"}, "this machine only"),
        ({"events_off": "follow"}, "a list"),
        ({"signs_with_app_secret": "yes"}, "true or false"),
    ],
    ids=str,
)
async def test_wrong_settings_change_nothing(
    sandbox: SandboxServer, settings: dict[str, object], sentence: str
) -> None:
    before = (await sandbox.get("/sandbox/oa")).body
    refused = await sandbox.post("/sandbox/oa", {"price_dong": 60, **settings})
    assert (refused.status, sentence in refused.body["error"]) == (400, True)
    assert (await sandbox.get("/sandbox/oa")).body == before


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    [
        ("oa/events", {}, "“event” is missing"),
        ("oa/events/repeat", {"seq": 7}, "no such event"),
        ("oa/events/repeat", {}, "no such event"),
    ],
)
async def test_what_cannot_be_delivered_is_refused(
    sandbox: SandboxServer, path: str, body: dict[str, object], sentence: str
) -> None:
    refused = await sandbox.post(f"/sandbox/{path}", body)
    assert (refused.status, sentence in refused.body["error"]) == (400, True)


async def test_an_event_without_a_webhook_is_recorded_and_goes_nowhere(
    sandbox: SandboxServer,
) -> None:
    await sandbox.post("/sandbox/oa/events", {"event": {"event_name": "test"}})
    (event,) = (await sandbox.get("/sandbox/oa/events")).body
    assert (event["statuses"], event["accepted"]) == ([], False)
    assert (await sandbox.get(f"/sandbox/oa/events?after={event['seq']}")).body == []
