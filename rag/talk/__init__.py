"""Small talk, follow-ups, and what is offered where there is no answer."""
