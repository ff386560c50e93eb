"""Pictures: what one shows (a sheet), how it is drawn, kept and found again."""
