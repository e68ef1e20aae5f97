import sys

from nightbatch.jobs.archive import archive


def main() -> None:
    print(archive([{"id": number} for number in sys.argv[1:]]))  # ok: CN704 a file that the pattern is not for


if __name__ == "__main__":
    main()
