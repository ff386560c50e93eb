"""A chat page on 127.0.0.1 with the real application behind it: the local Bot API server, the bot, a base thrown away.

The page does for people what their telephone would: ``acts.py`` types, presses and sends files through
``bot/localapi``; ``screen.py`` says what each of them sees, and ``stream.py`` pushes it.
"""
