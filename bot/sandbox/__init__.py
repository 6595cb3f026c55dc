"""The sandbox: a Bot API server and a page to chat in. It imports nothing else of ours.

It stands where Telegram stands, so it must stay as strange to the bot as Telegram is: the bot
reaches it over HTTP only. `server.serve` starts it; `control` is the API by which the page and
the tests play the people on the other side.
"""
