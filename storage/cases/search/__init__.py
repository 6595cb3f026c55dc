"""Search for similar posts: tokenizer, inverted index, nearest posts."""
