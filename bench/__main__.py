"""`python -m bench`: run every measurement, one after the other."""

from __future__ import annotations

from bench import speed

print("Speed\n")
speed.main()
