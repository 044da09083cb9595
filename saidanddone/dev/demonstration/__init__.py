"""The demonstration partnership: real threads and invented people, told by the product's own verbs.

The folder `data` holds what is told, in files that a person can edit; the modules beside it turn
each entry into verbs, and `story` tells them in the order in which they happened.
"""

from saidanddone.dev.demonstration.everything import load, load_reference

__all__ = ["load", "load_reference"]
