"""Looking for the doctor: what lies in databases, folders and clocks, and nothing of a secret."""
