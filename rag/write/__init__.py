"""The generator: what it is told, and what it writes, one prompt at a time."""
