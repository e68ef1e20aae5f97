"""Forms: stretches of example code with holes, read from a text and found in modules."""

from canonry.syntax.forms.finding import Found, covers, find
from canonry.syntax.forms.form import Form, Pair
from canonry.syntax.forms.reading import read_form, read_pair

__all__ = ["Form", "Found", "Pair", "covers", "find", "read_form", "read_pair"]
