"""How it is said: the conversation, its texts, the terminal and Telegram. The only room that imports telegram."""
