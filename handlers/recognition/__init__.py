"""Whether two posts are the same, by addresses, words and pictures.

Pure functions: no database, no network. See docs/decisions/0023-layered-recognition.md.

- `handlers.recognition.match_keys` computes the match keys of a post,
- `handlers.recognition.ranking` orders known posts by similarity and names the differences,
- `handlers.recognition.pictures.perceptual_hash` compares pictures.

`storage.cases.search.similar_posts` keeps the normalised words and finds candidates;
`handlers.flagging.matching` asks both.
"""
