"""How fast Parole is, against the usual ways with the same models and against the machine."""
