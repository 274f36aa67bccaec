"""``python -m tests.bench``: what ``make bench`` runs."""

from tests.bench.run import main


if __name__ == "__main__":
    main()
