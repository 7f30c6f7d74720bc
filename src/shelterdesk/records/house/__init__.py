"""Life in the house: its rooms and beds, who sleeps where, who is out, who is seen, who comes."""

from shelterdesk.records.house import agreement as agreement
from shelterdesk.records.house import beds as beds
from shelterdesk.records.house import belonging as belonging
from shelterdesk.records.house import group as group
from shelterdesk.records.house import incident as incident
from shelterdesk.records.house import leave as leave
from shelterdesk.records.house import log as log
from shelterdesk.records.house import money as money
from shelterdesk.records.house import place_request as place_request
from shelterdesk.records.house import roll as roll
from shelterdesk.records.house import sheet as sheet
from shelterdesk.records.house import shifts as shifts
from shelterdesk.records.house import visitors as visitors
from shelterdesk.records.house import witness as witness
