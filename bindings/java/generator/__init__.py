"""Parts of generate.py."""
