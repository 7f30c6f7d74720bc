"""The pages about one woman: who she is, what was written down, where she stays."""
