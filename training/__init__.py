"""How the trained parts of crossfix are made. Needs torch; nothing here runs when crossfix runs."""
