"""What an Official Account can ask: about itself, about people, about its quota."""

from tests.support.official_account import OaClient, act, add_oa_user, set_account
from tests.support.sandbox_server import SandboxServer

QUOTA = "v3.0/oa/quota/message"


async def test_the_account_knows_itself(sandbox: SandboxServer, oa: OaClient, lan: str) -> None:
    await add_oa_user(sandbox, "Minh")
    own = (await oa.get("v2.0/oa/getoa"))["data"]
    assert (own["oaid"], own["oa_type"], own["num_follower"]) == ("2718281828459045235", 2, 1)


async def test_a_person_has_a_name_and_follows_or_not(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    person = (await oa.get("v3.0/oa/user/detail", user_id=lan))["data"]
    assert (person["display_name"], person["user_is_follower"]) == ("Lan", True)
    assert person["user_id_by_app"] != lan
    await act(sandbox, lan, "unfollow")
    assert not (await oa.get("v3.0/oa/user/detail", user_id=lan))["data"]["user_is_follower"]


async def test_a_stranger_is_not_described(sandbox: SandboxServer, oa: OaClient) -> None:
    minh = await add_oa_user(sandbox, "Minh")
    assert (await oa.get("v3.0/oa/user/detail", user_id=minh))["error"] == -213
    assert (await oa.get("v3.0/oa/user/detail", user_id="1"))["error"] == -201


async def test_the_quota_call_tells_when_somebody_last_interacted(oa: OaClient, lan: str) -> None:
    before = (await oa.post(QUOTA, {"user_id": lan}))["data"]["last_interaction"]
    await act(oa.sandbox, lan, "send", text="Chào")
    after = (await oa.post(QUOTA, {"user_id": lan}))["data"]["last_interaction"]
    assert 0 < before <= after


async def test_the_quota_call_tells_what_is_left_to_send(
    sandbox: SandboxServer, oa: OaClient, lan: str
) -> None:
    await set_account(sandbox, package_quota=3, balance_dong=120)
    await oa.advance(3 * 86400)
    await oa.send(lan)
    asked = {"quota_owner": "OA", "product_type": "cs"}
    package, bought = (await oa.post(QUOTA, asked))["data"]
    assert (package["quota_type"], package["total"], package["remain"]) == ("sub_quota", 3, 2)
    assert (bought["quota_type"], bought["remain"]) == ("purchase_quota", 2)
    (one,) = (await oa.post(QUOTA, {**asked, "quota_type": "sub_quota"}))["data"]
    assert one == package
    assert (await oa.post(QUOTA, {"quota_owner": "USER"}))["error"] == -201
