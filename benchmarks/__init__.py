"""What `make bench` measures: ratios, on the machine that it runs on."""
