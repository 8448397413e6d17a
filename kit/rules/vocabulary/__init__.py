"""What rules of several families ask of a brief, and the words in which they say it."""
