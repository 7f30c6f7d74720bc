"""The window: Qt widgets over the services, and the only place that knows Qt."""

from shelterdesk.gui.steady import hold_constants

hold_constants()
