"""The log, earlier values, and what the store keeps for itself."""

from shelterdesk.records.keeping import ledger as ledger
from shelterdesk.records.keeping import setting as setting
from shelterdesk.records.keeping import vault_room as vault_room
