"""What a house settles for itself: every setting there is, declared once.

A setting is here because something reads it. Its bounds are the program's own: no house can settle
that a lock never falls or that nobody looks again. What a law says of a period is not known here:
such a setting stays empty until somebody writes the law beside it.
"""

from dataclasses import dataclass
from typing import Final

from shelterdesk.core import codes
from shelterdesk.core.fields import Field, Kind
from shelterdesk.core.i18n import N_, _
from shelterdesk.core.settings import LATEST, SOONEST, USUAL

_NOT_WITHIN: Final = N_("Write a whole number from {least} to {most}.")
_NOT_LISTED: Final = N_("Please choose from the list.")
_MOST_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class HouseSetting:
    """One setting: its label, what it does (the field's `help`), and which values it can take.

    Values are kept as text: a whole number in plain digits, or the code of a choice.
    """

    name: str
    field: Field
    usual: str = ""
    """What holds until the house settles something else; "" where nothing does."""
    least: int = 0
    most: int = 0
    by_law: bool = False
    """Whether it says what a law says, so that it is nothing without the citation."""
    alone_up_to: int | None = None
    """A director chooses up to this, or up to what holds already, without a second person."""
    is_habit: bool = False
    """Whether it is a habit of the house that guards nobody: a director settles it alone."""
    fact: str = ""
    """The fact of the store under which earlier programs have kept it."""

    @property
    def is_number(self) -> bool:
        """Whether it is a whole number; otherwise it is one choice of a list."""
        return self.field.kind is Kind.NUMBER

    def problem(self, value: object) -> str:
        """Return why a value cannot be settled, in the language of the screen; "" when it can."""
        if not self.is_number:
            return "" if value in codes.labels(self.field.codes, "en") else _(_NOT_LISTED)
        if isinstance(value, str) and self._is_within(value):
            return ""
        return _(_NOT_WITHIN).format(least=self.least, most=self.most)

    def _is_within(self, value: str) -> bool:
        written = value.isascii() and value.isdecimal() and len(value) <= _MOST_DIGITS
        return written and value == str(int(value)) and self.least <= int(value) <= self.most

    def needs_two(self, value: str, now: str) -> bool:
        """Tell whether a second person must agree to a value, where `now` holds today."""
        if self.is_habit or self.alone_up_to is None:
            return not self.is_habit
        return int(value or self.usual) > max(self.alone_up_to, int(now))


def _days(name: str, label: str, does: str, bounds: tuple[int, int], usual: int) -> HouseSetting:
    field = Field(Kind.NUMBER, label, help=does)
    return HouseSetting(name, field, str(usual), *bounds)


ZONE: Final = HouseSetting(
    "zone",
    Field(
        Kind.CHOICE,
        N_("Days and hours of the house"),
        codes="house_zone",
        help=N_(
            "By this zone the days and hours of the house are counted, whatever the computer is "
            "set to. What was written down keeps its moment and is shown by the new hours."
        ),
    ),
    usual="420",
    fact="minutes east of UTC",
)

LOCK_MINUTES: Final = HouseSetting(
    "lock_minutes",
    Field(
        Kind.NUMBER,
        N_("Minutes until the lock"),
        help=N_(
            "When nobody touches keys or mouse for so long, the screen is covered and the records "
            "lock. This cannot be switched off. Sooner needs nobody else; later needs two."
        ),
    ),
    usual=str(USUAL),
    least=SOONEST,
    most=LATEST,
    alone_up_to=USUAL,
    fact="minutes until the lock",
)

ANSWER_DAYS: Final = {
    "emergency": _days(
        "answer_emergency",
        N_("Days until an answer: emergency"),
        N_(
            "How soon an answer is wanted to a referral that is an emergency, unless another day "
            "is written."
        ),
        (1, 30),
        1,
    ),
    "urgent": _days(
        "answer_urgent",
        N_("Days until an answer: urgent"),
        N_("How soon an answer is wanted to an urgent referral, unless another day is written."),
        (1, 60),
        3,
    ),
    "normal": _days(
        "answer_normal",
        N_("Days until an answer: normal"),
        N_("How soon an answer is wanted to every other referral, unless another day is written."),
        (1, 180),
        14,
    ),
}
"""By the code of `referral_priority`."""

CARRIED_OUT_DAYS: Final = _days(
    "carried_out_days",
    N_("Days until a printed letter is asked about"),
    N_("After so many days My day asks whether the letter was handed over."),
    (1, 14),
    1,
)

ASKED_AGAIN_DAYS: Final = _days(
    "asked_again_days",
    N_("Days until somebody asks there again"),
    N_(
        "So long after the last that was heard of a referral somebody asks again, unless an "
        "appointment or another day is known."
    ),
    (1, 90),
    14,
)

GOING_ON_DAYS: Final = _days(
    "going_on_days",
    N_("Days until a service is asked about"),
    N_("So long after a service began, or was last asked about, somebody asks how it goes on."),
    (7, 180),
    30,
)

PAPER_BACK_DAYS: Final = _days(
    "paper_back_days",
    N_("Days until a stopped letter is back"),
    N_("How soon the paper of a letter that was stopped before it left is brought back."),
    (1, 14),
    3,
)

NOTICE_DAYS: Final = _days(
    "notice_days",
    N_("Days until a withdrawal is confirmed"),
    N_("How soon whoever was told confirms that the consent was taken back."),
    (1, 60),
    14,
)

VERIFIED_DAYS: Final = _days(
    "verified_days",
    N_("Days an entry of the directory is taken as right"),
    N_(
        "After so many days without somebody having asked there, an organisation is marked: ring "
        "up before a letter goes there."
    ),
    (7, 730),
    90,
)

RELEASE_DAYS: Final = _days(
    "release_days",
    N_("Days a released sentence may be told"),
    N_("How long a sentence of nurse or legal officer may be told, unless she writes another day."),
    (1, 365),
    90,
)

CONSENT_DAYS: Final = _days(
    "consent_days",
    N_("Days a consent to a referral runs"),
    N_("How long a consent to a referral runs when she names no other day."),
    (1, 365),
    90,
)

CONSENT_BY_LAW: Final = HouseSetting(
    "consent_by_law",
    Field(
        Kind.NUMBER,
        N_("Days a consent may run at the most, by law"),
        help=N_(
            "If a law says how long a consent to hand on what is known of somebody may run, no new "
            "consent to a referral is kept for longer. Empty until somebody who knows the law has "
            "said it: then one year is the most, which is our own rule."
        ),
    ),
    least=1,
    most=365,
    by_law=True,
)

REVIEW_DAYS: Final = _days(
    "review_days",
    N_("Days until a director looks again"),
    N_("By when a director looks at what left without consent, for a danger to life."),
    (1, 7),
    3,
)

BACKUP_DAYS: Final = _days(
    "backup_days",
    N_("Days until a backup is called old"),
    N_("After so many days without a new backup the first page warns of it."),
    (1, 31),
    7,
)

RESTORED_DAYS: Final = _days(
    "restored_days",
    N_("Days the first page tells of a restore"),
    N_(
        "How long the first page tells that the records came out of a backup, so that nobody "
        "forgets to ask for consents anew."
    ),
    (7, 365),
    30,
)

ROLL_HOUR: Final = HouseSetting(
    "roll_hour",
    Field(
        Kind.NUMBER,
        N_("Hour of the nightly roll"),
        help=N_(
            "From this hour on My day asks for the roll of the night, until six in the morning."
        ),
    ),
    usual="22",
    least=18,
    most=23,
    alone_up_to=23,
)

NIGHT_SET: Final = HouseSetting(
    "night_set",
    Field(
        Kind.CHOICE,
        N_("Paper for the night with each handover"),
        codes="yes_no",
        help=N_(
            "After a handover from noon on, the sheets for the roll and the log of the night are "
            "shown to be printed, for a night without power."
        ),
    ),
    usual="no",
    is_habit=True,
)

GROUPS: Final[tuple[tuple[str, tuple[HouseSetting, ...]], ...]] = (
    (N_("Time and lock"), (ZONE, LOCK_MINUTES)),
    (N_("Referrals and letters"), (*ANSWER_DAYS.values(), VERIFIED_DAYS, RELEASE_DAYS)),
    (
        N_("Asking again"),
        (CARRIED_OUT_DAYS, ASKED_AGAIN_DAYS, GOING_ON_DAYS, PAPER_BACK_DAYS, NOTICE_DAYS),
    ),
    (N_("Consent"), (CONSENT_DAYS, CONSENT_BY_LAW, REVIEW_DAYS)),
    (N_("The house"), (ROLL_HOUR, NIGHT_SET)),
    (N_("Backups"), (BACKUP_DAYS, RESTORED_DAYS)),
)
"""All settings, in the order of the page, below the heading of each group."""

DECLARED: Final = {one.name: one for _heading, group in GROUPS for one in group}
"""Every setting by the name under which it is kept."""
