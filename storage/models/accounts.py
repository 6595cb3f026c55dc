"""Tables of the access that a messenger account has granted to the bot (OAuth)."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from storage.models.columns import choice, moment, sealed


class GrantLoss(StrEnum):
    """Why a grant cannot be renewed any more, so that a person has to grant access anew."""

    ANSWER_LOST = "answer_lost"
    """The refresh token is refused, and the answer to an earlier renewal with it never came."""
    RESTORED = "restored"
    """The refresh token is refused, and it comes from a backup: the club had renewed it since."""
    EXPIRED = "expired"
    """The refresh token is refused, and it is older than it may become."""
    REFUSED = "refused"
    """The refresh token is refused: it was used elsewhere, or the grant was withdrawn."""


class AccountGrant(SQLModel, table=True):
    """The access that one account has granted: the two tokens, and how the next renewal stands.

    A refresh token works once. What the bot knows of a renewal is written before the call
    (`attempts`), and both new tokens are written before either is used.
    """

    account: str = Field(primary_key=True, max_length=16)
    """The messenger of the account, as in `Contact.messenger`."""
    account_id: str = Field(default="", max_length=64)
    """The platform's id of the account; empty when it was not told."""
    version: int = 1
    """Grows with each stored pair of tokens; a renewal replaces only the pair that it began with."""
    access_token_sealed: bytes = sealed()
    refresh_token_sealed: bytes = sealed()
    access_expires_at: datetime = moment()
    obtained_at: datetime = moment()
    """When this pair of tokens was issued; the life of the refresh token begins here."""
    granted_at: datetime = moment()
    """When a person granted access last."""
    attempts: int = 0
    """Renewals that began with this refresh token and stored no new one."""
    attempted_at: datetime | None = moment(optional=True)
    """When the last of them began."""
    failure: str = Field(default="", max_length=64)
    """What the last attempt met: an error code or the kind of an error; empty while it is open."""
    may_be_used: GrantLoss | None = choice(GrantLoss, default=None, nullable=True)
    """Why this refresh token may have been used already; None when it certainly was not."""
    lost: GrantLoss | None = choice(GrantLoss, default=None, nullable=True)
    """Not None when access must be granted anew."""


class AuthorizationState(StrEnum):
    """State of a person's grant that is under way."""

    OPEN = "open"
    """The code from the platform's page is awaited."""
    EXCHANGING = "exchanging"
    """The code came and is being exchanged for tokens; it works once."""
    DONE = "done"
    """The tokens are stored."""
    FAILED = "failed"
    """The code could not be exchanged; `failure` says why."""


class AccountAuthorization(SQLModel, table=True):
    """A person's grant under way: `niemtin oa authorize` began it; any process may complete it.

    One for each account; a new one replaces the one before.
    """

    account: str = Field(primary_key=True, max_length=16)
    state: AuthorizationState = choice(AuthorizationState)
    nonce_sealed: bytes = sealed()
    """The `state` parameter of OAuth, which the redirected address must bring back."""
    verifier_sealed: bytes = sealed()
    """The PKCE code verifier."""
    replaces_account: bool = False
    """Whether access to another account than so far is accepted."""
    failure: str = Field(default="", max_length=64)
    expires_at: datetime = moment()
