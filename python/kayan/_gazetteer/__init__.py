"""The dictionary: `gazetteer` has what users see, the other modules what it is made of."""
