"""From a question to the passages and sentences that speak to it, and how surely they answer."""
