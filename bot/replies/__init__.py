"""Direct replies: routing to a messenger, and retries."""
