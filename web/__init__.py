"""The Flask side: pages, forms, access, errors, and the command line."""
