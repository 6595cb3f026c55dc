"""The sandbox: a Bot API server and a page to chat in. It imports nothing else of ours."""
