"""Whether a text is the club's own: genuine, outdated, changed, or a quote of it.

record.py      puts what goes out into the index of official texts
wordings.py    an official text as it is compared: what a copy must have, what the bot adds
look_up.py     what a message is a copy of
finding_text.py    says so, and shows what holds now
codes.py       the code on cards and share kits

It knows no flags: `handlers.flagging` offers to report a changed copy, `handlers.joining` answers
strangers.
"""
