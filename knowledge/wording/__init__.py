"""The facts in plain French, without markup: said with the same words by the bot and on the public pages."""
