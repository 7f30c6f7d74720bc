"""The fixed wording of every paper, in Lao and in English; a changed sentence gets a new form."""
