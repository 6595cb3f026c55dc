"""What every way of sending is measured with."""

from bot.sandbox.state import SandboxSettings

TOKEN = SandboxSettings().token
TEXT = "Ngày bầu cử là Chủ nhật 15/3/2026, từ 7:00 đến 19:00. " * 8
CONNECTIONS = 100
KEY = bytes(range(32))
"""Of the club's vault. Its own, so that what is measured need not load the tests."""
