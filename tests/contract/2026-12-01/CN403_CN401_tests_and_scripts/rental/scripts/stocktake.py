import sys

from lessons.plan import equip  # ok: CN403 a script

if __name__ == "__main__":
    print(equip([int(value) for value in sys.argv[1:]], 12))
