"""A Chromium and a sandbox whose page it opens."""

import os
import shutil
from collections.abc import AsyncIterator

import aiohttp
import pytest
from playwright.async_api import Browser, async_playwright, expect

from bot.sandbox.serve import serve
from bot.sandbox.state import SandboxSettings
from tests.browser.demo_process import running_demo
from tests.browser.page_sandbox import PageSandbox
from tests.support.waiting import TIMEOUT_MS

expect.set_options(timeout=TIMEOUT_MS)
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")


@pytest.fixture
async def sandbox() -> AsyncIterator[PageSandbox]:
    settings = SandboxSettings()
    async with serve(settings, port=0) as address, aiohttp.ClientSession() as http:
        yield PageSandbox(address.url, settings.token, http)


@pytest.fixture
async def mai(sandbox: PageSandbox) -> int:
    """The chat of the user Mai."""
    return await sandbox.add_user("Mai")


@pytest.fixture(scope="session")
async def shared_demo() -> AsyncIterator[str]:
    """The address of one demo for all tests of a worker that leave its clock alone.

    To live the club's first days takes longer than most tests. A test must not rely on being alone
    there: it adds what it reads, and people of its own.
    """
    async with running_demo() as url:
        yield url


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One for all tests of a worker: whoever opens a page has a profile of its own."""
    if CHROMIUM is None:
        pytest.skip("no chromium on PATH and CHROMIUM is not set")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()
