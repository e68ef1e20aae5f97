import sys

from pixelbin.hashing import fingerprint


def main() -> None:  # ok: CN003 an entry point that nobody imports
    for path in sys.argv[1:]:
        with open(path, "rb") as handle:
            print(fingerprint(handle.read()), path)


if __name__ == "__main__":
    main()
