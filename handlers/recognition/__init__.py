"""Is this the same post? Addresses, words and pictures (decision 10). Pure: no database, no network.

    traits.traits_of(text, links, files, glances) -> Traits     what a post can be known by
    judging.judge(new, known) -> Judgement                      SAME, SIMILAR or NEW; score; differs
    pictures.exact_hash / perceptual_hash / distance            the same picture at a glance

`storage.known` keeps what posts are known by and finds the few a new one might be (`remember`,
`forget`, `candidates`), and `handlers.flagging.finding.look_up` asks both:

    found = await look_up(turn.tx, post)      # Found(same: Case | None, similar: [Likeness, …])
    await remember(turn.tx, case, post)       # in the transaction that opens or joins the case
"""
