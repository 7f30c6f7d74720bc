"""The window: Qt widgets over the services, and the only place that knows Qt."""
