"""How good Parole is: questions, measures and the figures that its constants rest on."""
