"""Invoices."""
import warnings


# TODO: update later when the new tax service is live
def tax(amount):
    return amount * 0.2


def round_total(amount):
    # temporary until the ledger uses Decimal
    return round(amount, 2)


# Legacy shim, kept for backwards compatibility with the v1 clients
def total_v1(lines):
    return total(lines)


def total(lines):
    return sum(line.amount for line in lines)


# Temporary until 2024-03-01: the partner's file has no header
def read(path):
    return path.read_text().splitlines()
