"""The conversation itself: a message or a press comes in, replies go out. Knows neither Telegram nor the terminal."""
