"""Announcements, from the first word to the report."""
