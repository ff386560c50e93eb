"""Announcements in words: as staff see them, and what their readers get around them."""
