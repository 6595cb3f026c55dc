"""Conversation core: dispatch of an update, routes, context, texts and input parsing."""
