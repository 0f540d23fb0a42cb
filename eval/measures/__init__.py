"""The measures of the benchmark: pure functions over what a system gave, one file a subject."""
