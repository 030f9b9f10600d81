"""The attribution model: data, network, training, export. ``make train`` runs it; the card beside the model says what came out."""
