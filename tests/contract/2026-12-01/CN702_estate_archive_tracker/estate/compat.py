"""Names of the first release."""
import warnings

from estate.wills import Will


def load_will(testator: str) -> Will:
    """Legacy shim for callers of release 1; deprecated in favour of Will(...)."""
    return Will(testator)


def count_heirs(will: Will) -> int:  # ok: CN702 its end has a date in the future
    """Deprecated: goes away on 2032-01-01, use len(will.legacies)."""
    return len({legacy.heir for legacy in will.legacies})


def seal(will: Will, colour: str = "red") -> str:
    if colour == "wax":
        warnings.warn("wax is no colour", UserWarning, stacklevel=2)  # ok: CN702 a warning to the user, nothing old
    return f"{will.testator}:{colour}"
