"""The check of what was written: each sentence stands on an exact quote, or is marked."""
