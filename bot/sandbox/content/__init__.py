"""What a message carries: text with entities, keyboards and files, parsed and checked."""
