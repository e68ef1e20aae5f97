import json
import sys

from pixelbin.palette import Palette


def main() -> None:  # ok: CN003 an entry point that nobody imports
    palette = Palette([tuple(c) for c in json.load(sys.stdin)])
    json.dump(palette.merge(palette).colours, sys.stdout)


if __name__ == "__main__":
    main()
