"""crossfix: who said what, through whom, how firmly; which reports share an origin; what can be checked."""

__version__ = "0.1.0"
