"""Facts of every file that several rules ask for: extractors, and questions about their rows."""
