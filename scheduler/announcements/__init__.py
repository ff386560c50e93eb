"""Announcements: written by one person, approved by another, sent once to each, and called back when wrong."""
