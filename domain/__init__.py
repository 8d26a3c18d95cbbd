"""WHAT IS TRUE: facts, deciders and rules, written with the standard library only."""
