"""The two tabs of the page, and what ties them to the browser: Gradio's components."""
