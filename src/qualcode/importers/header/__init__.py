"""What stands above the talk: fields, legend, names, and what of them must not become an attribute."""
