"""The public pages, feeds, calendars and open data: the same facts as the bot's, for whoever does not use Telegram."""
