"""Days and hours: the one clock of the house, dates that are known in part, dates as typed."""
