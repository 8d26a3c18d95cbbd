"""The verifier (controleprogramma): one file that trusts nobody, not even this repository.

It stands beside the rooms and not in one of them: it imports nothing of the house, and nothing that
writes is imported by it. `kringboek_verify.py` goes out with every export, to be run by itself.
"""
