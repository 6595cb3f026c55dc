"""A search for members, kept in the conversation state with the results shown."""

import re
from dataclasses import asdict, dataclass, field

from handlers.conversation import Context, require
from handlers.recognition.plain_text import plain
from storage.conversation import state
from storage.database import Store
from storage.members.name_cache import NameCache, Wanted
from storage.models import Role

STEP = state.SEARCH
_SIGNS = re.compile(r"^[\W_]++|(?<![\W_])[\W_]++$")


@dataclass(frozen=True)
class Search:
    """Sealed in the state, so that the next page and a card can be opened."""

    words: str = ""
    area: str | None = None
    suspended: bool = False
    """Only those who are suspended."""
    shown: list[int] = field(default_factory=list)
    """The ids of the members on the page."""

    def wanted(self, *, whole: bool) -> Wanted:
        """What to look for: all words match, in any order, without diacritics.

        A word matches as a prefix of a word of the name; with `whole`, the names have to be equal.
        """
        return Wanted(tuple(_words(self.words)), whole)


async def find_names(store: Store, wanted: Wanted) -> list[int]:
    """The ids of the members with such a name, by name; a task of `read_apart`."""
    return await store.kept(NameCache).find(wanted, _folded)


def _folded(name: str) -> str:
    return "".join(f" {word}" for word in _words(name))


def _words(text: str) -> list[str]:
    """The folded words of a name: `teo` for `Tèo 🐯`; its signs if it has no letters."""
    folded = plain(text).split()
    signs_off = (_SIGNS.sub("", word) for word in folded)
    return [word for word in signs_off if word] or folded


async def save_search(context: Context, search: Search) -> None:
    """Stores the search that the buttons under the list refer to."""
    await context.set_state(STEP, **asdict(search))


def current_search(context: Context) -> Search:
    """The search that the buttons under the list refer to.

    Raises:
        UserError: the list is outdated.
    """
    require(context.step == STEP, "button-unknown")
    return Search(**context.data)


def may_open(context: Context, member_id: int) -> bool:
    """Whether this person may open the card: owners any, officers only one they found by name."""
    return context.role is Role.OWNER or (
        context.step == STEP and member_id in Search(**context.data).shown
    )
