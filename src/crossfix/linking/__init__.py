"""Record to record: reprints, origins, agents, same events."""
