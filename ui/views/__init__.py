"""The parts of the page: pure functions from data to HTML in which every text is escaped."""
