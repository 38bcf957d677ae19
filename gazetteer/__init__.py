"""What is known of the world: places, skills, titles. Imports nothing of :mod:`enrich`."""
