"""What the admin of the demo's Official Account does by hand in Zalo's consoles."""

import aiohttp

from bot.config.settings import Settings
from bot.demo.actors import ExpectationFailed, SandboxClient
from bot.store.open_store import open_clock, open_store
from bot.zalo_oa import event_webhook
from bot.zalo_oa.authorization import CALLBACK_PATH, Authorization, pasted
from bot.zalo_oa.oauth import OAuth
from storage.database.schema import upgrade


async def set_up_account(settings: Settings, sandbox_url: str) -> None:
    """Enters the bot's webhook, and grants it access as with `niemtin oa authorize`.

    The address to which the browser is sent is pasted: the bot need not run yet.

    Raises:
        ExpectationFailed: the sandbox refused.
        NotGranted: there are no tokens.
    """
    bot_url = f"http://127.0.0.1:{settings.web.port}"
    async with aiohttp.ClientSession() as http:
        sandbox = SandboxClient(http, sandbox_url)
        await sandbox.post("oa", webhook_url=bot_url + event_webhook.PATH)
        await _grant_access(settings, bot_url + CALLBACK_PATH, http)


async def _grant_access(settings: Settings, callback: str, http: aiohttp.ClientSession) -> None:
    store = open_store(settings, await open_clock(settings))
    try:
        await upgrade(store.engine)
        authorization = Authorization(store, OAuth(settings.zalo_oa))
        page = await authorization.begin(callback)
        async with http.get(page, allow_redirects=False) as answer:
            redirect = pasted(answer.headers.get("Location", ""))
        if redirect is None:
            raise ExpectationFailed("the grant of access to the Official Account")
        await authorization.complete_pasted(redirect)
    finally:
        await store.close()
