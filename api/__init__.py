"""THE DOORS: HTTP, web pages and the command line."""
