"""`python -m crossfix`: the same as the console script."""

from crossfix.cli import main

if __name__ == "__main__":
    main()
