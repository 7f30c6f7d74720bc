"""Life in the house: its rooms and beds, who sleeps where, who is out."""

from shelterdesk.records.house import beds as beds
from shelterdesk.records.house import leave as leave
