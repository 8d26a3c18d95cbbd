"""History: a thing event by event, two moments side by side, and who knew what at one of them."""
