"""How a claim becomes a verdict: domains, claims, checks, evidence, verdicts, the engine.

Nothing in this package knows any paper or any method.
"""
