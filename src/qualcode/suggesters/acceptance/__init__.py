"""What became of suggestions: how often each score was accepted, how fast, and whether seeing them changed the decision.

The figures stand in `qualcode.suggesters.acceptance.figures`, which loads SciPy.
"""
