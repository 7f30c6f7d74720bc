"""The main job done in the real window by keys and mouse: what the demo shows, and proves.

A hand sits before the window that everybody else uses. It may look at what is on the screen and
press what can be pressed; it knows no service, and nothing that it leaves behind was put there past
the window.
"""
