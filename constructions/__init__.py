"""The mathematics: numbers, groups, tasks, networks, constructions.  No verdicts here."""
