"""Documents in, one knowledge graph out."""
