"""How place strings are read: words (vocabulary), strings (cutting), readings (what the parts mean), prose (job texts)."""
