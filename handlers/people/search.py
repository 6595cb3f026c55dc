"""What somebody looks for among the members, and what they were shown."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from handlers.conversation.context import Context, UserError
from handlers.recognition.plain_text import plain
from storage.conversation import state
from storage.models import Role

STEP = state.SEARCH
_SIGNS = re.compile(r"^[\W_]++|(?<![\W_])[\W_]++$")


@dataclass(frozen=True)
class Search:
    """Kept in the step, sealed, so that a page can be turned and a person opened."""

    words: str = ""
    area: str | None = None
    suspended: bool = False
    """Only those who are suspended."""
    shown: list[int] = field(default_factory=list)
    """The members on the page."""

    def test(self, *, whole: bool) -> Callable[[str], bool]:
        """Says of a name whether it has these words, in any order and without diacritics.

        An owner may write the beginnings of some words; `whole` asks for all of the name.
        """
        said = _words(self.words)

        def is_called(name: str) -> bool:
            words = _words(name)
            if whole:
                return sorted(said) == sorted(words)
            return all(any(word.startswith(one) for word in words) for one in said)

        return is_called if said else lambda _: True


def _words(text: str) -> list[str]:
    """What can be typed of a name: `Tèo 🐯` is called `teo`; a name of signs alone is those."""
    signs_off = (_SIGNS.sub("", word) for word in plain(text).split())
    return [word for word in signs_off if word] or plain(text).split()


async def keep(context: Context, search: Search) -> None:
    """This is what the buttons under the list are about from now on."""
    await context.set_state(STEP, **asdict(search))


def kept(context: Context) -> Search:
    """What the buttons under the list are about.

    Raises:
        UserError: the list is an old one.
    """
    if context.step != STEP:
        raise UserError("button-unknown")
    return Search(**context.data)


def may_open(context: Context, member_id: int) -> bool:
    """Owners open everybody; an officer only whom they found by the whole name."""
    if context.role is Role.OWNER:
        return True
    return context.step == STEP and member_id in Search(**context.data).shown
