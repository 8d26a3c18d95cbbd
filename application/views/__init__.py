"""WHAT CAN BE ASKED: one file per question. `catalogue.py` has them all."""
