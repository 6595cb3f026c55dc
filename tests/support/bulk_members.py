"""Many members written as rows at once, each as joining leaves them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from storage.database import sealing
from storage.database.engine import Tx
from storage.models import Consent, Contact, Member, MemberState, Purpose, Role

_FAMILY = "Nguyễn Thị"
_GIVEN = (
    *("An", "Bích", "Châu", "Dung", "Giang", "Hà", "Hạnh", "Hoa", "Hương", "Lan"),
    *("Linh", "Mai", "Nga", "Ngọc", "Nhung", "Oanh", "Phương", "Thảo", "Trang", "Yến"),
)
"""Twenty names, so that one in twenty is found by hers."""


async def add_members(tx: Tx, chats: Mapping[int, str]) -> None:
    """Members of these numbers, each in their chat on Telegram, who agreed to announcements."""
    now = tx.clock.now()
    members = [
        {
            "id": number,
            "name_sealed": sealing.seal(tx, "member.name", _name(number), {"id": number}),
            "role": Role.MEMBER,
            "state": MemberState.ACTIVE,
            "language": "vi",
            "actor": number,
            "joined_at": now,
        }
        for number in chats
    ]
    consents = [
        {
            "member_id": number,
            "purpose": Purpose.ANNOUNCEMENTS,
            "text_version": "1",
            "language": "vi",
            "given_at": now,
        }
        for number in chats
    ]
    contacts = [_contact(tx, number, chat) for number, chat in chats.items()]
    for table, rows in ((Member, members), (Contact, contacts), (Consent, consents)):
        await tx.execute(insert(table), rows)


def _contact(tx: Tx, member_id: int, chat: str) -> dict[str, Any]:
    bound = {"id": member_id, "member_id": member_id, "messenger": "telegram"}
    return {
        **bound,
        "lookup": sealing.chat_lookup(tx, "telegram", chat),
        "chat_sealed": sealing.seal(tx, "contact.chat", chat, bound),
    }


def _name(number: int) -> str:
    return f"{_FAMILY} {_GIVEN[number % len(_GIVEN)]}"
