"""Paper: words and disclosed values become the bytes of a PDF, in memory and nowhere else."""
