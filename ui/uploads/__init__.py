"""A reader's own documents: what comes in, what is kept of it, and what answers over it."""
