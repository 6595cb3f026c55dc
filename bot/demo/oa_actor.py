"""A user of the sandbox who talks with the Official Account: real buttons where there are any."""

from bot.demo.actors import Message, SandboxClient, full_label
from bot.demo.zalo_actor import ZaloSandboxUser, choices_of


class OaSandboxUser(ZaloSandboxUser):
    """A `SandboxUser` on Zalo who follows the Official Account."""

    async def follows(self, *, then: str = "") -> None:
        """Follows the account, which is an interaction; waits for an answer that holds `then`."""
        await self.sandbox.post(f"chats/{self.id}/follow")
        if then:
            await self.reads(then)

    async def presses(self, label: str, *, then: str = "") -> str:
        """Presses the newest button with this label, or types its number in a list."""
        offer = await self._find(lambda one: _offers(one, label), f"[{label}]")
        full = full_label(offer, label)
        if not full:
            return await super().presses(label, then=then)
        before = await self.messages()
        await self.sandbox.post(
            f"chats/{self.id}/press", message_id=offer["message_id"], label=full
        )
        if then:
            await self.reads_new(before, then)
        return ""


def _offers(message: Message, label: str) -> bool:
    return bool(full_label(message, label)) or any(
        label in words for words in choices_of(message).values()
    )


async def add_oa_user(sandbox: SandboxClient, name: str, *, note: str = "") -> OaSandboxUser:
    """A new user on Zalo who has done nothing with the Official Account yet."""
    person = await sandbox.post("users", first_name=name, messenger="zalo_oa", note=note)
    return OaSandboxUser(sandbox, person["id"])
