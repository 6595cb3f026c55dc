"""The control API under `/sandbox/`: how the page and the tests play the people.

    POST   /users                    {"first_name", "language_code"?, "messenger"?, "note"?,
                                     "username"?} -> the user; its private chat has its id.
                                     "messenger" is "telegram" or "zalo"; ids are strings there
    GET    /users                    -> [user]; a user tells "started", "blocked", "note" too
    POST   /groups                   {"title", "members": [ids]} -> the chat
    GET    /chats/{chat}/messages    -> [Bot API Message]; edits applied, deletions gone
    GET    /chats/{chat}/commands    -> [BotCommand], the menu of this phone
    POST   /chats/{chat}/send        {"text", "parse_mode"?, "reply_to"?, "as"?}, or multipart
                                     with one or more photo/document and "caption", or {"forward":
                                     {"from_chat", "message_id"} | {"sender_name", "text",
                                     "photo"?} | {"channel": {"title", "username"?}, "text"}};
                                     in multipart "forward" is JSON and "photo" the picture
                                     -> the Message; an album gives {"messages": […]}
    POST   /chats/{chat}/start       {"payload"?} -> the Message
    POST   /chats/{chat}/press       {"message_id", "label" or "data", "as"?, "wait"?}
                                     -> {"callback_query_id", "answer"?} | {"url"} | {"copied"}
    POST   /chats/{chat}/block       also /unblock -> the user
    GET    /files/{file_id}          -> the bytes
    POST   /faults                   see `Fault`; DELETE forgets them all
    POST   /clock                    {"advance_s"} -> {"now", "offset_s", "version"}
    GET    /clock                    ?after=VERSION&timeout=S waits for a version past this one
    GET    /calls                    ?method=&after=SEQ -> [call], in the order of arrival
    GET    /events                   server-sent events

What cannot be done is answered with 400 and {"error": a sentence}.
"""
