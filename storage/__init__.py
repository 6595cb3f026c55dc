"""What is remembered: tables, queries and the key that seals what identifies a person."""
