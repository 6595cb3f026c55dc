"""Whether a text is the club's own: genuine, outdated, changed, or a quote.

record.py      adds what is sent to the index of official texts
wordings.py    an official text in the form in which copies are compared with it
look_up.py     finds the official text that a message is a copy of
answers.py     the answer about a message, and the current text
codes.py       the code on cards and share kits

Nothing here depends on flags: `handlers.flagging` offers to report a changed copy, `handlers.joining`
answers strangers.
"""
