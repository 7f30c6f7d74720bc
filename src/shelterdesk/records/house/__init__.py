"""Life in the house: its rooms and beds, and who sleeps where."""

from shelterdesk.records.house import beds as beds
