"""The colours by what they are for, and what is written on what."""

from typing import Final

TOKENS: Final = {
    "ground": "#f2f4f6",
    "card": "#ffffff",
    "ink": "#1f2933",
    "quiet": "#52606d",
    "line": "#cbd2d9",
    "edge": "#7b8794",
    "hover": "#e4ecf2",
    "accent": "#1f5f8b",
    "accent_ink": "#ffffff",
    "accent_ground": "#dceaf4",
    "good": "#1d6b45",
    "warning": "#8a4b08",
    "warning_ground": "#fff4e0",
    "problem": "#a61b1b",
    "problem_ground": "#fdecec",
    "demo_stripe": "#efdfa8",
    "demo_ground": "#fbf3d8",
    "cover": "#8f98a3",
}
"""Colours by what they are for; ink on its ground has a contrast of at least 4.5."""

ON_GROUND: Final = (
    *(("ink", ground) for ground in ("ground", "card", "hover", "accent_ground")),
    *(("quiet", ground) for ground in ("ground", "card", "hover")),
    *(("accent", ground) for ground in ("ground", "card", "hover", "accent_ground")),
    ("accent_ink", "accent"),
    ("ink", "demo_ground"),
    ("good", "card"),
    ("warning", "warning_ground"),
    ("problem", "card"),
    ("warning", "ground"),
    ("problem", "ground"),
    ("problem", "problem_ground"),
)
"""What is written on what; a test measures every pair."""
