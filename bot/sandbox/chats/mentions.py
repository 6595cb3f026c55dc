"""People whom a text names by their id (`tg://user?id=…`)."""

from bot.sandbox.chats.people import Directory
from bot.sandbox.transport import JsonObject

_FIELDS = ("entities", "caption_entities")


def with_known_people(content: JsonObject, directory: Directory) -> JsonObject:
    """The content with the `User` in each `text_mention`; a mention of a stranger is dropped."""
    return content | {
        name: [one for entity in content[name] for one in _known(entity, directory)]
        for name in _FIELDS
        if content.get(name)
    }


def _known(entity: JsonObject, directory: Directory) -> list[JsonObject]:
    if entity["type"] != "text_mention":
        return [entity]
    user = entity.get("user")
    person = directory.people.get(user.get("id", 0)) if isinstance(user, dict) else None
    return [] if person is None else [entity | {"user": person.identity()}]
