"""Files to passages with vectors and terms, in an index on disk that is replaced as a whole."""
