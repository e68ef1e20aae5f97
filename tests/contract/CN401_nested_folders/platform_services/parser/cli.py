import argparse

import platform_services.render.html as html  # want: CN401
from platform_services.parser import grammar  # ok: CN401 its own


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("text")
    print(html.page(grammar.parse(parser.parse_args().text)))
