"""The questions of a run: golden ones, checked and frozen, and those of other datasets."""
