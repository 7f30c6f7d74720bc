"""The law of consent: what counts, who answers, what ends it. It reads and never writes."""
