"""Findings and matches as a person or a program reads them."""
