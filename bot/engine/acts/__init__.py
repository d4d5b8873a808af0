"""An act becomes facts, state and effects, in one transaction with its trace."""
