"""Direct replies: which messenger they go to, and their retries."""
