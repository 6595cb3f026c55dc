"""What the platform says of the account's package, whatever form it comes in."""

from typing import Any

import pytest

from bot.zalo_oa.account import ZaloOaAccount
from tests.support.oa_setup import OaSetup
from tests.support.scripted_oa_server import OaServer


def asset(remain: object, until: object = "31/12/2026") -> dict[str, Any]:
    return {"quota_type": "sub_quota", "valid_through": until, "total": 500, "remain": remain}


@pytest.mark.parametrize(
    ("stated", "left"),
    [
        ([asset(5), asset("7")], 12),
        ([asset(0), asset(488, "30/11/2026")], 0),
        ([asset(3, "01/12/2026")], 3),
        ([asset(3, None)], 3),
        ([asset(3, "soon")], 3),
        ([asset("488.0")], 488),
        ([asset(None), asset(4)], 4),
        ([asset("")], None),
        ([asset("9" * 5000)], None),
        ([asset(-5)], None),
        ([{"total": 5}], None),
        (["x"], None),
        ([], None),
        ({"assets": []}, None),
        (None, None),
    ],
)
async def test_what_is_left_of_the_package_is_read_from_packages_that_are_valid(
    oa: OaSetup, server: OaServer, stated: object, left: int | None
) -> None:
    """The setup's clock stands at 1 December 2026."""
    server.will_say(stated)
    assert await ZaloOaAccount(oa.client, oa.messenger).remaining_quota() == left
