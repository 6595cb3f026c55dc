"""What an officer did, as somebody would say it."""

from collections.abc import Callable, Mapping

from handlers.speech import Html, Speech
from storage.models import Rating, Role


def told(say: Speech, deed: str, details: Mapping[str, object], who: Callable[[int], str]) -> Html:
    """One deed of the log in words; `who` names the member with an audit number."""
    values = {name: _words(say, name, value, who) for name, value in details.items()}
    return say(f"journal-deed-{deed.replace(' ', '-')}", **values)


def _words(say: Speech, name: str, value: object, who: Callable[[int], str]) -> str:
    match name:
        case "member" if isinstance(value, int):
            return who(value)
        case "role" | "before" | "after":
            return say(f"journal-role-{Role(str(value)).value}")
        case "sheet":
            return say(f"export-sheet-{value}")
        case "rating":
            return say(f"verdict-rating-{Rating(str(value)).value}")
        case "outcome":
            return say(f"journal-appeal-{value}")
    return str(value)
