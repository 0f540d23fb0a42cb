"""How the small adapters of Parole are trained; needs the extra `train`."""
