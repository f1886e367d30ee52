"""What people look at: marked text, tables and summaries as HTML, in one style; colours of labels for all."""
