"""The control API under `/sandbox/`, through which the page and tests act for people.

    POST   /users                    {"first_name", "language_code"?, "messenger"?, "note"?,
                                     "username"?} -> the user; its private chat has its id.
                                     "messenger" is "telegram", or "zalo" (Bot Platform) or
                                     "zalo_oa" (Official Account), whose ids are strings
    GET    /users                    -> [user], with "started", "blocked" and "note"
    POST   /groups                   {"title", "members": [ids]} -> the chat
    GET    /chats/{chat}/messages    -> [Bot API Message]; edits applied, deletions gone
    GET    /chats/{chat}/pinned      -> [message ids], the latest last
    GET    /chats/{chat}/commands    -> [BotCommand], the menu of this chat
    POST   /chats/{chat}/send        {"text", "parse_mode"?, "reply_to"?, "as"?}, or multipart
                                     with one or more photo/document and "caption", or {"forward":
                                     {"from_chat", "message_id"} | {"sender_name", "text",
                                     "photo"?} | {"channel": {"title", "username"?}, "text"}};
                                     in multipart "forward" is JSON and "photo" the picture
                                     -> the Message; an album gives {"messages": […]}
    POST   /chats/{chat}/start       {"payload"?} -> the Message
    POST   /chats/{chat}/press       {"message_id", "label" or "data", "as"?, "wait"?}
                                     -> {"callback_query_id", "answer"?} | {"url"} | {"copied"}
    POST   /chats/{chat}/inline      {"query"} -> {"inline_query_id", "results"}
    POST   /chats/{chat}/block       also /unblock -> the user
    POST   /chats/{chat}/follow      also /unfollow, on the Official Account -> the user
    POST   /chats/{chat}/seen        opens the chat on the Official Account -> the user
    POST   /chats/{chat}/withdraw    sends `user_withdraw` -> the user
    GET    /oa                       -> the Official Account: settings, webhook, quota, totals
    POST   /oa                       any of "oa_type", "package_quota", "balance_dong" (null: no
                                     Zalo Cloud Account), "price_dong", "calls_per_minute",
                                     "signs_with_app_secret", "signature_prefix", "webhook_url",
                                     "events_off", "repeats_refused" -> as GET
    POST   /oa/tokens                -> a new pair of tokens
    POST   /oa/revoke                withdraws the app's permission -> as GET
    GET    /oa/sent                  ?after=N -> [message with "quota_type" and "dong"]
    GET    /oa/events                ?after=SEQ -> [{"seq", "event", "statuses", "accepted"}]
    POST   /oa/events                {"event", "signed"?} -> the event, delivered as it is
    POST   /oa/events/repeat         {"seq"?} -> the event, delivered once more
    GET    /files/{file_id}          -> the bytes
    POST   /faults                   the fields of a `Fault`; DELETE removes all faults. Methods are
                                     those of Telegram, "zalo/…", "oa/" and a path ("oa/v3.0/oa/
                                     message/cs"), and "oa/webhook" for deliveries of events
    POST   /updates                  the fields of an update -> {"update_id"}
    POST   /inline                   {"on"}: the switch of inline mode
    POST   /clock                    {"advance_s"} -> {"now", "offset_s", "version"}
    GET    /clock                    ?after=VERSION&timeout=S waits for a version past this one
    GET    /calls                    ?method=&after=SEQ -> [call], in the order of arrival
    GET    /events                   server-sent events

An invalid or impossible request is answered with 400 and {"error": a sentence}.
"""
