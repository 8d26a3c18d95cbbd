"""SCENARIOS: how a scenario is written, played, and compared with what it expects."""
