"""Attacks by people of the house: a valid passphrase, Python, our own modules, every file.

Each forgery has its control: the same step, made by those who may, is accepted.
"""
