"""NOTICES (aankondigingen): what a notice says, and how it becomes facts. One file per subject."""
