"""What a messenger without buttons and uploads makes necessary, and what each account has sent."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from storage.models.columns import keyed_hash, moment, sealed


class ChoiceList(SQLModel, table=True):
    """Choices offered in a chat as numbers under a message, so that a typed `2` can be understood."""

    id: int | None = Field(default=None, primary_key=True)
    lookup: bytes = keyed_hash(index=True)
    """Keyed hash of messenger and chat id."""
    choices_sealed: bytes = sealed()
    """What the message was about, and each label with its action, as JSON."""
    is_over: bool = False
    """One of it was picked and the answer took its place."""
    is_unanswered: bool = True
    """The person has written nothing since it was offered."""
    picked: int | None = None
    """The number that was picked last."""
    offered_at: datetime = moment(index=True)


class Drawing(SQLModel, table=True):
    """What the bot made for one chat, until a messenger that takes addresses has fetched it."""

    id: int | None = Field(default=None, primary_key=True)
    lookup: bytes = keyed_hash(index=True)
    """Keyed hash of messenger and chat id."""
    content_sealed: bytes = sealed()
    """The file, in base64."""
    expires_at: datetime = moment(index=True)
    """Its link opens nothing from then on."""


class FileLink(SQLModel, table=True):
    """The file behind a short link. Nothing says who was sent it, nor whether it was opened."""

    id: int | None = Field(default=None, primary_key=True)
    target_sealed: bytes = sealed()
    """Id, name and kind of the file, as `bot.web.signed_files` packs them."""
    expires_at: datetime = moment(index=True)
    """It opens nothing from then on."""


class SentCount(SQLModel, table=True):
    """How many messages one account sent in a calendar month of the club's time zone."""

    messenger: str = Field(primary_key=True, max_length=16)
    month: date = Field(primary_key=True)
    """Its first day."""
    sent: int = 0
