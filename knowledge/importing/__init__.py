"""A change file: read, checked, compared with the base, applied; or kept until a second person confirms it."""
