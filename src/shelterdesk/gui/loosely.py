"""A page's own method, handed to a part of the page without a circle between the two."""

from collections.abc import Callable
from typing import Any
from weakref import WeakMethod


def loosely(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return what calls a method for as long as its object is there; afterwards it does nothing.

    A part that keeps a method keeps the page, and the page keeps its parts. Such a circle goes only
    when the collector comes by; without it a page that was left is gone at once. A signal needs
    none of this: it lets go by itself.
    """
    kept = WeakMethod(method)

    def call(*given: Any) -> Any:
        there = kept()
        return None if there is None else there(*given)

    return call
