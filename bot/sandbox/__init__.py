"""A local stand-in for Telegram and Zalo: both bot APIs, and a page to chat in.

It imports nothing of the bot, which reaches it over HTTP alone, as it reaches the messengers.
`bot.sandbox.serve` starts it; `bot.sandbox.control` is the API through which the page and tests act
for people.
"""
