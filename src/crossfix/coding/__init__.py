"""Annotations to claims, events and transfers: stance, firmness, chain, roles, outcome, status."""
