"""WHAT THE LAW COUNTS WITH: dated numbers, thresholds, periods and the legal calendar."""
