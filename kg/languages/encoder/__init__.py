"""A language's trained network at run time: text in, mentions and links between them out."""
