"""The library: documents with every version of them, and good practice to borrow."""
