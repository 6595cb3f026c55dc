"""A Zalo user of the sandbox, who types numbers instead of pressing buttons."""

import re

from bot.demo.actors import Message, SandboxClient, SandboxUser, text_of

_CHOICE = re.compile(r"^(\d+)\. (.*)$", re.MULTILINE)
_ASKS_WHICH = "muốn chọn"


class ZaloSandboxUser(SandboxUser):
    """A `SandboxUser` on Zalo."""

    _typed = ""
    """The number typed last."""

    async def starts(self, payload: str = "") -> None:
        """Writes the code or a greeting: Zalo has no START."""
        await self.sandbox.post(f"chats/{self.id}/send", text=payload or "xin chào")

    async def presses(self, label: str, *, then: str = "") -> str:
        """Types the number before this label, or the label when asked which list is meant."""
        await self._button(label)
        before = await self.messages()
        newest = next(m for m in reversed(before) if m["from"]["is_bot"] and choices_of(m))
        number = _number(newest, label)
        await self.sandbox.post(
            f"chats/{self.id}/send", text=self._unmistakable(before, newest, number) or label
        )
        if number and not then:
            return ""
        # A list that came meanwhile may make the bot ask which list the number or label belongs to.
        wanted = (then, _ASKS_WHICH) if then else ("",)
        answer = await self._find(
            lambda m: m not in before and any(word in text_of(m) for word in wanted), then or label
        )
        if _ASKS_WHICH in text_of(answer) and (not then or then not in text_of(answer)):
            await self._says_which(label, answer, then)
        return ""

    async def _says_which(self, label: str, question: Message, then: str) -> None:
        before = await self.messages()
        await self.sandbox.post(
            f"chats/{self.id}/send", text=choices_of(question).get(_number(question, label), label)
        )
        if then:
            await self.reads_new(before, then)

    def _unmistakable(self, chat: list[Message], newest: Message, number: str) -> str:
        """The number, or the label where the number is ambiguous or was just typed."""
        if not number:
            return ""
        own = [place for place, one in enumerate(chat) if not one["from"]["is_bot"]]
        unanswered = chat[own[-1] + 1 :] if own else chat
        lists = [one for one in unanswered if number in choices_of(one)]
        is_mistakable = number == self._typed or len(lists) > 1
        self._typed = number
        return choices_of(newest)[number] if is_mistakable else number

    async def _button(self, label: str) -> tuple[Message, str]:
        message = await self._find(lambda one: bool(_number(one, label)), f"[{label}]")
        return message, _number(message, label)


def _number(message: Message, label: str) -> str:
    """The number of this label, or of one that contains it; empty when there is none."""
    found = choices_of(message)
    exact = [number for number, words in found.items() if words == label]
    return next(iter(exact), "") or next((n for n, words in found.items() if label in words), "")


def choices_of(message: Message) -> dict[str, str]:
    """The numbered choices at the end of a message, by number."""
    return dict(_CHOICE.findall(text_of(message)))


async def add_zalo_user(sandbox: SandboxClient, name: str, *, note: str = "") -> ZaloSandboxUser:
    """A new Zalo user who has not written to the bot."""
    return ZaloSandboxUser(
        sandbox, (await sandbox.post("users", first_name=name, messenger="zalo", note=note))["id"]
    )
