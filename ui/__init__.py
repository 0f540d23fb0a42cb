"""The chat page: Gradio at the edge, pure functions behind it."""
