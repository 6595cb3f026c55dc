"""The profile texts of the bot's account: name, short description, description."""

from dataclasses import dataclass

from handlers.conversation import ClubSettings, speech_to


@dataclass(frozen=True)
class Introduction:
    """What a messenger shows of the bot's account. None of it carries HTML."""

    name: str
    about: str
    """On the bot's profile and under a link to it; Telegram shows 120 characters."""
    description: str
    """In the empty chat, above START; Telegram shows 512 characters."""


def introduction(club: ClubSettings, language: str) -> Introduction:
    """The account's texts in one language."""
    say = speech_to(club, language)
    return Introduction(
        name=club.name,
        about=say.plain("introduction-about"),
        description=say.plain("introduction-description", club=club.name, operator=club.operator),
    )
