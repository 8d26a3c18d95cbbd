"""What is allowed: the rules, and the dated tables that they judge by."""
