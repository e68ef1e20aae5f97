"""Changes to files: what an action does to texts, computed without touching a file.

Everything here is a function of the texts handed in. Import the modules of this package where they are
used, not at a module's head: libcst and jedi, which they need, take a good part of a second to load.
"""
