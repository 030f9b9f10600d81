"""What is measured, and the floors that may not fall. `python benchmarks/run.py --help` says how it is run."""
