"""`python -m canonry` is the `canonry` command."""

from canonry.cli import main

if __name__ == "__main__":
    main()
