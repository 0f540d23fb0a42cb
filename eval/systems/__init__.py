"""What is compared: Parole, and the same models in the ways one would otherwise take."""
