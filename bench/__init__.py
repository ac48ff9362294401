"""Measurements, each beside a named peer; `make bench` runs them all, on one core."""
