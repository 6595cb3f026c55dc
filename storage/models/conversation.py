"""Numbered choices, generated files, message counts and costs, for messengers such as Zalo."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from storage.models.columns import keyed_hash, moment, reference, sealed


class ChoiceList(SQLModel, table=True):
    """Numbered choices under one message of a chat; a reply with a number selects one."""

    id: int | None = Field(default=None, primary_key=True)
    lookup: bytes = keyed_hash(index=True)
    """Keyed hash of messenger and chat id."""
    choices_sealed: bytes = sealed()
    """JSON: the beginning of the message, and label and action of each choice."""
    is_over: bool = False
    """The list is closed: a number does not select from it any more."""
    is_unanswered: bool = True
    """The person has written nothing since the list was sent."""
    picked: int | None = None
    """The number that was selected last."""
    offered_at: datetime = moment(index=True)


class GeneratedFile(SQLModel, table=True):
    """A file generated for one chat; a messenger that takes URLs instead of uploads downloads it."""

    id: int | None = Field(default=None, primary_key=True)
    lookup: bytes = keyed_hash(index=True)
    """Keyed hash of messenger and chat id."""
    content_sealed: bytes = sealed()
    """The file, in base64."""
    expires_at: datetime = moment(index=True)
    """When its link expires."""


class FileLink(SQLModel, table=True):
    """The file behind a short link. Nothing says who was sent it, nor whether it was opened."""

    id: int | None = Field(default=None, primary_key=True)
    target_sealed: bytes = sealed()
    """Id, name and kind of the file, as `bot.web.signed_files` packs them."""
    expires_at: datetime = moment(index=True)
    """It opens nothing from then on."""


class SentCount(SQLModel, table=True):
    """What one account sent, and what that cost, in a calendar month (club's time zone)."""

    messenger: str = Field(primary_key=True, max_length=16)
    month: date = Field(primary_key=True)
    """The first day of the month."""
    sent: int = 0
    """Messages, where the messenger sells a monthly quota of all of them."""
    from_quota: int = 0
    """Messages outside free periods, taken from the package's quota; reserved ones count."""
    paid: int = 0
    """Messages outside free periods that were paid for; reserved ones count."""
    dong: int = 0
    """Price of the paid messages, in đồng."""
    quota_left: int | None = None
    """Messages left of the package's quota, without those reserved; None: unknown."""
    quota_refuted: bool = False
    """The platform took money for a message that it should have taken from the quota: what it states
    of the quota is not relied on for the rest of the month."""
    unpaid_since: datetime | None = moment(optional=True)
    """Since when the platform refuses paid messages because the account has no money; None: it does
    not."""


class AnnouncementCost(SQLModel, table=True):
    """What an announcement cost on one messenger, with its corrections and its recall."""

    announcement_id: int = reference("announcement.id", index=False, primary_key=True)
    messenger: str = Field(primary_key=True, max_length=16)
    from_quota: int = 0
    """Messages outside free periods, taken from the package's quota; reserved ones count."""
    paid: int = 0
    """Messages outside free periods that were paid for; reserved ones count."""
    dong: int = 0
    """Price of the paid messages, in đồng."""
