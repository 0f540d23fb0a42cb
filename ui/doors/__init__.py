"""The doors of the page: what may come in, who may, and what the browser is told."""
