"""Who is told, and when. Knows knowledge/, never Telegram."""
