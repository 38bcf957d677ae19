"""How place strings are read.

words (vocabulary) -> strings (cutting) -> tokens (what a part may name) -> afterthoughts (what it
means beside the others) -> readings (what they mean together);
prose (what titles and texts state) and signs (which country a text speaks of) stand beside.
"""
