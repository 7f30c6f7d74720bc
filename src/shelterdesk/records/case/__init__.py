"""Her case: coming in, staying, notes, tasks, papers, and what is sealed."""

from shelterdesk.records.case import attachment as attachment
from shelterdesk.records.case import case as case
from shelterdesk.records.case import case_note as case_note
from shelterdesk.records.case import health_visit as health_visit
from shelterdesk.records.case import intake as intake
from shelterdesk.records.case import legal_matter as legal_matter
from shelterdesk.records.case import return_plan as return_plan
from shelterdesk.records.case import stay as stay
from shelterdesk.records.case import task as task
