"""Documents to annotations: sentences, names, times, places, attribution. Models and lexicons live here."""
