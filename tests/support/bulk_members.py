"""Many members written as rows at once, each as joining leaves them."""

from collections.abc import Mapping
from datetime import datetime
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


async def add_members(
    tx: Tx,
    chats: Mapping[int, str],
    *,
    messenger: str = "telegram",
    last_interaction: datetime | None = None,
    purpose: Purpose = Purpose.ANNOUNCEMENTS,
) -> None:
    """Members of these numbers, each in their chat, who agreed to this purpose."""
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
            "purpose": purpose,
            "text_version": "1",
            "language": "vi",
            "given_at": now,
        }
        for number in chats
    ]
    contacts = [
        _contact(tx, number, messenger, chat, last_interaction) for number, chat in chats.items()
    ]
    for table, rows in ((Member, members), (Contact, contacts), (Consent, consents)):
        await tx.execute(insert(table), rows)


def _contact(
    tx: Tx, member_id: int, messenger: str, chat: str, last: datetime | None
) -> dict[str, Any]:
    bound = {"id": member_id, "member_id": member_id, "messenger": messenger}
    field = "contact.last_interaction"
    return {
        **bound,
        "lookup": sealing.chat_lookup(tx, messenger, chat),
        "chat_sealed": sealing.seal(tx, "contact.chat", chat, bound),
        "last_interaction_sealed": sealing.seal(tx, field, last.isoformat(), bound)
        if last
        else None,
    }


def _name(number: int) -> str:
    return f"{_FAMILY} {_GIVEN[number % len(_GIVEN)]}"
