"""SEALING (verzegelen): texts that can be forgotten; the scheme, who seals, and who opens."""
