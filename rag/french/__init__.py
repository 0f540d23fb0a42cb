"""French text taken apart: words, sentences, names, numbers, clauses; by rules, without a model."""
