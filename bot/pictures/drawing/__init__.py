"""From a sheet to a PNG. The only rooms that import matplotlib; they run in a process of their own (``python -m``)."""
