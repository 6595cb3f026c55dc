"""What the account can ask: about itself, a person, and its quota."""

from datetime import UTC, datetime, timedelta, timezone

from bot.sandbox.chats.people import ZALO_OA
from bot.sandbox.official_account.oa_charging import FREE_SHOWN, QuotaType
from bot.sandbox.official_account.oa_events import id_by_app
from bot.sandbox.state import SandboxState
from bot.sandbox.transport import JsonObject, OaError, Parameters, check_shape
from bot.sandbox.zalo_oa.consultation_message import known_person

_VIETNAM = timezone(timedelta(hours=7))
_ASSETS = {QuotaType.SUB_QUOTA.value: "31415926", QuotaType.PURCHASE_QUOTA.value: "27182818"}


def get_account(state: SandboxState, _: Parameters) -> JsonObject:
    """`getoa`: the account itself."""
    people = state.directory.people.values()
    return {
        "oaid": state.oa.identity.oa_id,
        "oa_id": state.oa.identity.oa_id,
        "name": state.oa.identity.name,
        "description": "",
        "oa_alias": "niemtin",
        "is_verified": True,
        "oa_type": state.oa.settings.oa_type,
        "cate_name": "Câu lạc bộ",
        "num_follower": sum(one.messenger == ZALO_OA and one.follows for one in people),
        "avatar": f"{state.url}/page/icon.svg",
        "cover": "",
        "package_name": "Toàn diện",
        "package_valid_through_date": state.oa.charging.valid_through,
        "package_auto_renew_date": "",
        "linked_ZCA": "" if state.oa.settings.balance_dong is None else "ZCA sandbox",
    }


def get_user(state: SandboxState, parameters: Parameters) -> JsonObject:
    """`user/detail`: a person; OaError (-213) for somebody who never followed nor interacted."""
    person, _ = known_person(state, parameters.as_json().get("user_id"))
    if not person.follows and person.interacted_at_s is None:
        raise OaError(-213)
    avatar = f"{state.url}/page/icon.svg"
    return {
        "user_id": person.id,
        "user_id_by_app": id_by_app(person),
        "user_external_id": "",
        "display_name": person.first_name,
        "user_alias": person.first_name,
        "is_sensitive": False,
        "user_last_interaction_date": _date(person.interacted_at_s),
        "user_is_follower": person.follows,
        "avatar": avatar,
        "avatars": {"120": avatar, "240": avatar},
        "dynamic_param": "",
        "tags_and_notes_info": {"notes": [], "tag_names": []},
        "shared_info": {},
    }


def get_quota(state: SandboxState, parameters: Parameters) -> JsonObject | list[JsonObject]:
    """`quota/message`: of one person by `user_id`, or of the account by `quota_owner`."""
    asked = parameters.as_json()
    if "user_id" in asked:
        person, _ = known_person(state, asked["user_id"])
        return {
            "last_interaction": int((person.interacted_at_s or 0) * 1000),
            "cs_reply": {"remain": FREE_SHOWN, "total": FREE_SHOWN},
            "promotion": {
                "daily_remain": 1,
                "daily_total": 1,
                "monthly_remain": 4,
                "monthly_total": 4,
            },
        }
    check_shape(asked.get("quota_owner") == "OA", "quota_owner")
    check_shape(asked.get("product_type", "cs") == "cs", "product_type")
    wanted = asked.get("quota_type")
    check_shape(wanted in (None, *_ASSETS), "quota_type")
    return [_asset(state, one) for one in _ASSETS if wanted in (None, one)]


def _asset(state: SandboxState, quota_type: str) -> JsonObject:
    charging = state.oa.charging
    is_package = quota_type == QuotaType.SUB_QUOTA
    return {
        "asset_id": _ASSETS[quota_type],
        "product_type": "cs",
        "quota_type": quota_type,
        "valid_through": charging.valid_through,
        "total": state.oa.settings.package_quota if is_package else charging.purchasable,
        "remain": charging.quota_left if is_package else charging.purchasable,
    }


def _date(at_s: float | None) -> str:
    if at_s is None:
        return ""
    return datetime.fromtimestamp(at_s, UTC).astimezone(_VIETNAM).strftime("%d/%m/%Y")
