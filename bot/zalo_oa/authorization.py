"""A person grants the bot access to the Official Account: from the link to the stored tokens.

`niemtin oa authorize` begins; the web process completes it when the platform leads the browser back,
or the command itself with what is pasted.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import structlog

from bot.zalo_oa.oauth import (
    ID_MAX,
    VERIFIER_LETTERS,
    AnswerLost,
    Declined,
    NotReached,
    OAuth,
)
from bot.zalo_oa.tokens import ACCOUNT, LEASE, LEASE_NAME, store_patiently
from scheduler.lease import Leadership
from storage import audit_log
from storage.accounts import account_grants, authorizations
from storage.accounts.account_grants import TokenPair
from storage.accounts.authorizations import Rejection
from storage.database import Store, Tx
from storage.models import AuditAction, AuthorizationState

CALLBACK_PATH = "/zalo-oa/callback"
_NONCE_LETTERS = 32
_EXPLAINED = frozenset({-14002, -14003, -14004})
"""Error codes of the platform that have a sentence of their own."""
_WORDS_MAX = 200
_CODE = re.compile(r"[!-~]{8,2048}")
_BARE_CODE = re.compile(r"[A-Za-z0-9_~+-]{8,2048}")
_LEASE_TRIES = 300
_LEASE_POLL_S = 0.2

log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class Redirect:
    """What the platform added to the callback address."""

    code: str
    nonce: str
    """OAuth's `state`; empty when it did not come back."""
    account_id: str
    error: int = 0
    """The error code instead of a `code`."""

    def __repr__(self) -> str:
        return "Redirect(…)"


class NotGranted(Exception):
    """Access was not granted; `oa-problem-<key>` is the sentence that says why and what to do."""

    def __init__(self, key: str, *, may_retry: bool = False, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.may_retry = may_retry
        """Whether the same code may be tried again."""
        self.values = values


def _key_of(rejection: Rejection) -> str:
    """The key of `NotGranted` for a code that is not exchanged."""
    return rejection.value.replace("_", "-")


_OTHER_ACCOUNT = _key_of(Rejection.OTHER_ACCOUNT)


class Authorization:
    """Grants of access to the account of one app."""

    def __init__(self, store: Store, oauth: OAuth) -> None:
        self._store = store
        self._oauth = oauth

    async def begin(self, callback: str, *, replaces_account: bool = False) -> str:
        """The address of the platform's page, valid for ten minutes; earlier ones are void.

        Args:
            callback: the address registered in the console, without a query.
            replaces_account: whether another account than so far may be granted.
        """
        ids = self._store.ids
        nonce, verifier = ids.code(_NONCE_LETTERS), ids.code(VERIFIER_LETTERS)
        async with self._store.write() as tx:
            await authorizations.begin(
                tx, ACCOUNT, nonce, verifier, replaces_account=replaces_account
            )
        return self._oauth.page(callback, nonce, verifier)

    async def complete(self, redirect: Redirect) -> None:
        """Exchanges the code of the platform's page for tokens and stores them.

        Raises:
            NotGranted: there are no tokens.
        """
        await self._check(redirect)
        async with self._store.write() as tx:
            claimed = await authorizations.claim(tx, ACCOUNT, redirect.nonce, redirect.account_id)
        if isinstance(claimed, Rejection):
            raise NotGranted(_key_of(claimed))
        async with self._no_renewal_meanwhile():
            pair = await self._exchange(redirect, claimed)
            account_id = await self._account_of(redirect, pair)
            await store_patiently(self._store, _Storing(account_id, pair))
        log.info("access to the Official Account granted")

    async def complete_pasted(self, redirect: Redirect) -> None:
        """As `complete`, for a code that whoever began the grant pasted, perhaps without `state`.

        Raises:
            NotGranted: there are no tokens.
        """
        if not redirect.nonce and not redirect.error:
            async with self._store.read() as tx:
                nonce = await authorizations.nonce_of(tx, ACCOUNT)
            redirect = Redirect(redirect.code, nonce, redirect.account_id)
        await self.complete(redirect)

    async def is_done(self) -> bool:
        """Whether the web process has completed the grant.

        Raises:
            NotGranted: it failed, or its ten minutes are over.
        """
        async with self._store.read() as tx:
            outcome = await authorizations.outcome(tx, ACCOUNT)
        if outcome is None:
            raise NotGranted("none")
        if outcome.state is AuthorizationState.FAILED:
            raise _failed(outcome.failure)
        return outcome.state is AuthorizationState.DONE

    async def _check(self, redirect: Redirect) -> None:
        """Refuses what is not the answer to the present link, without a write transaction."""
        async with self._store.read() as tx:
            expected = await authorizations.nonce_of(tx, ACCOUNT)
        if not expected:
            raise NotGranted("none")
        if redirect.error:
            raise declined(redirect.error)
        if not redirect.code:
            raise NotGranted("no-code")
        if not authorizations.is_same(redirect.nonce, expected):
            raise NotGranted("other-link")

    async def _exchange(self, redirect: Redirect, verifier: str) -> TokenPair:
        try:
            return await self._oauth.exchange(redirect.code, verifier)
        except NotReached as error:
            await self._finish(AuthorizationState.OPEN)
            raise NotGranted("unreachable", may_retry=True, kind=str(error)) from None
        except AnswerLost as error:
            await self._finish(AuthorizationState.FAILED, str(error))
            raise _failed(str(error)) from None
        except Declined as refusal:
            await self._finish(AuthorizationState.FAILED, str(refusal.code))
            words = refusal.words
            for secret in (redirect.code, verifier):
                words = words.replace(secret, "…")
            raise declined(refusal.code, words[:_WORDS_MAX]) from None

    async def _account_of(self, redirect: Redirect, pair: TokenPair) -> str:
        """The id of the account of these tokens, by the platform's word: the redirect may name none.

        Raises:
            NotGranted: it is another account than so far, whose tokens are not kept.
        """
        account_id = await self._oauth.account_of(pair.access_token) or redirect.account_id
        async with self._store.read() as tx:
            is_refused = await authorizations.refuses(tx, ACCOUNT, account_id)
        if is_refused:
            await self._finish(AuthorizationState.FAILED, _OTHER_ACCOUNT)
            raise NotGranted(_OTHER_ACCOUNT)
        return account_id

    async def _finish(self, state: AuthorizationState, failure: str = "") -> None:
        if failure:
            log.warning("access to the Official Account not granted", failure=failure)
        async with self._store.write() as tx:
            await authorizations.finish(tx, ACCOUNT, state, failure)

    @asynccontextmanager
    async def _no_renewal_meanwhile(self) -> AsyncIterator[None]:
        """Keeps other processes from renewing the old tokens while new ones are issued.

        A lease that is still held after two of its terms is not waited for: new tokens replace all.
        """
        leadership = Leadership(self._store, LEASE_NAME, LEASE)
        for _ in range(_LEASE_TRIES):
            await leadership.renew()
            if leadership.is_leader():
                break
            await asyncio.sleep(_LEASE_POLL_S)
        try:
            yield
        finally:
            await leadership.give_back()


@dataclass(frozen=True)
class _Storing:
    """Stores granted tokens, in one transaction with the entry of the log."""

    account_id: str
    pair: TokenPair

    async def __call__(self, tx: Tx) -> None:
        await account_grants.grant(tx, ACCOUNT, self.account_id, self.pair)
        await authorizations.finish(tx, ACCOUNT, AuthorizationState.DONE)
        await audit_log.record(
            tx, None, AuditAction.ACCOUNT_GRANTED, account=self.account_id or "?"
        )


def declined(code: int, words: str = "") -> NotGranted:
    """The problem that an error code of the platform stands for."""
    if code in _EXPLAINED:
        return NotGranted(f"app{code}")
    return NotGranted("declined", code=str(code), words=words or "–")


def _failed(failure: str) -> NotGranted:
    """The problem that a recorded failure of the exchange stands for."""
    if failure == _OTHER_ACCOUNT:
        return NotGranted(failure)
    code = failure.removeprefix("-")
    return declined(int(failure)) if code.isdecimal() else NotGranted("answer-lost", kind=failure)


def redirect_of(query: Mapping[str, str]) -> Redirect:
    """Reads the query of the callback address."""
    error = query.get("error_code") or query.get("error") or ""
    is_number = bool(re.fullmatch(r"-?\d{1,9}", error))
    code = query.get("code", "")
    return Redirect(
        code=code if _CODE.fullmatch(code) else "",
        nonce=query.get("state", ""),
        account_id=query.get("oa_id", "")[:ID_MAX],
        error=int(error) if is_number else 0,
    )


def pasted(text: str) -> Redirect | None:
    """Reads a pasted address, or a pasted code alone; None when it is neither."""
    text = text.strip()
    if _BARE_CODE.fullmatch(text):
        return Redirect(text, "", "")
    try:
        query = dict(parse_qsl(urlsplit(text).query or text))
    except ValueError:
        return None
    redirect = redirect_of(query)
    return redirect if redirect.code or redirect.error else None
