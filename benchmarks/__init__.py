"""Benchmarks: accuracy, speed, peers. ``python -m benchmarks NAME``."""
