"""The window: Qt widgets over the services, and the only place that knows Qt."""

from shelterdesk.gui.collecting import stand_guard
from shelterdesk.gui.sources import read_no_sources
from shelterdesk.gui.steady import hold_constants

read_no_sources()
hold_constants()
stand_guard()
