"""What is known, and what a question means: plain Python and SQLite, no Telegram."""
