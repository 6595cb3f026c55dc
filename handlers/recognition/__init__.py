"""Is this the same post? Addresses, words and pictures (decision 10). Pure: no database, no network.

    identity.identify(text, links, media) -> Identity   what a post is known by
    judging.rank(new, known, looks) -> [Judged, …]      how like it each known post is; what differs
    judging.same_words(new, known) -> Known | None      which of those that read alike is the same
    pictures.perceptual_hash / distance                 the same picture at a glance

`storage.cases.search.similar_posts` keeps the folded words and finds the few that a new post might be (`remember`,
`forget`, `near`, `reading_alike`); `handlers.flagging.matching.look_up` asks both:

    found = await look_up(turn.tx, post)      # Found(case, post, similar=[Likeness, …])
"""
