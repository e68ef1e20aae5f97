import argparse

from inventory.db.old import fetch_one, fetch_rows


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("article", type=int)
    arguments = parser.parse_args()
    print(fetch_one("stock.db", "articles", arguments.article))  # want: CN004
    for row in fetch_rows("stock.db", "articles"):  # want: CN004
        print(row)
