"""Attacks by lines of the log: silent ones, ones of no moment, accepted ones, sealed reasons."""
