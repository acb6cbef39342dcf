"""A trained network in, its exact behaviour and its distance to every construction out.

Files are data from strangers: `checkpoints` reads them without executing anything.  Float
weights are exact dyadic numbers, so what is said of a network is a statement about integers.
"""
