"""None of these has its like in `kit`."""

import math
import socket
import subprocess
from dataclasses import dataclass
from xml.etree import ElementTree


def haversine_distance(latitude, longitude, other_latitude, other_longitude):
    """Kilometres between two places on Earth."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    across = math.radians(other_longitude - longitude)
    inner = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 6371 * 2 * math.asin(math.sqrt(inner))


def free_tcp_port(host="127.0.0.1"):
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]


def current_git_branch(repository):
    """The branch that is checked out."""
    command = ["git", "-C", repository, "rev-parse", "--abbrev-ref", "HEAD"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    return result.stdout.strip()


def levenshtein(first, second):
    """Edits from one word to another."""
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(second, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


def parse_sitemap(document):
    """Addresses of an XML sitemap."""
    namespace = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = ElementTree.fromstring(document)
    return [node.text for node in root.findall("s:url/s:loc", namespace)]


def moving_average(samples, window):
    """The mean over a sliding window."""
    total = sum(samples[:window])
    means = [total / window]
    for at in range(window, len(samples)):
        total += samples[at] - samples[at - window]
        means.append(total / window)
    return means


@dataclass
class Matrix:
    """A matrix of numbers by rows."""

    rows: list

    def transposed(self):
        return Matrix([list(column) for column in zip(*self.rows, strict=True)])

    def multiplied(self, other):
        columns = other.transposed().rows
        return Matrix([[sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows])


def topological_order(graph):
    """Nodes so that each comes after those it depends on."""
    order, done = [], {}

    def visit(node):
        if done.get(node) == "open":
            raise ValueError(f"cycle at {node}")
        if node not in done:
            done[node] = "open"
            for dependency in graph.get(node, ()):
                visit(dependency)
            done[node] = "closed"
            order.append(node)

    for node in graph:
        visit(node)
    return order


def roman_numeral(number):
    """A number in Roman numerals."""
    table = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")]
    table += [(40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    written = ""
    for value, letters in table:
        count, number = divmod(number, value)
        written += letters * count
    return written


def send_mail(smtp, sender, recipients, message):
    """Hand a message to the mail server."""
    smtp.starttls()
    refused = smtp.sendmail(sender, recipients, message.as_string())
    if refused:
        raise RuntimeError(f"refused: {sorted(refused)}")


def luhn_valid(card):
    """Whether a card number's check digit is right."""
    total = 0
    for at, digit in enumerate(reversed(card)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def bounding_box(points):
    """The smallest rectangle around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
