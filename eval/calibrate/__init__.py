"""The evidence for the constants of ranking and refusal: `python -m eval.calibrate`."""
