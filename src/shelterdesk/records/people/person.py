"""A person of the house's records: a survivor, her child, her family, whoever is spoken of."""

from sqlalchemy.orm import Mapped
from typing_extensions import override

from shelterdesk.core.calendar.dates import PartialDate
from shelterdesk.core.fields import Kind
from shelterdesk.core.i18n import N_
from shelterdesk.core.permissions import Area
from shelterdesk.records.base import Record, field, open_questions


class Person(Record):
    """Who somebody is; kept apart from the case, so that a name never lies beside what happened.

    Names stand in the script of their paper and in Latin; no part of them is ever needed to go on.
    """

    __tablename__ = "person"
    title = N_("Person")
    area = Area.IDENTITY
    settled = ("kind",)
    """Who is accused is known by it: changed, the guard at the door would be silent."""
    sections = (
        (
            N_("Name"),
            (
                "kind",
                "given_name",
                "family_name",
                "given_name_latin",
                "family_name_latin",
                "other_names",
            ),
        ),
        (
            N_("Birth"),
            (
                "birth_date",
                "treat_as_child",
                "gender",
            ),
        ),
        (
            N_("Language"),
            (
                "first_language",
                "other_languages",
                "interpreter_needed",
                "can_read",
                "access_needs",
            ),
        ),
        (
            N_("Home"),
            (
                "citizenship",
                "ethnicity",
                "home_country",
                "home_province",
                "home_district",
                "home_village",
            ),
        ),
        (
            N_("More about her"),
            (
                "marital",
                "children_count",
                "education",
                "id_number",
                "deceased",
            ),
        ),
    )
    columns = (
        "given_name",
        "family_name",
        "birth_date",
    )

    kind: Mapped[str] = field(
        Kind.CHOICE, N_("Who this is"), required=True, codes="person_kind", area=Area.HOUSE
    )
    given_name: Mapped[str | None] = field(
        Kind.TEXT, N_("Given name"), area=Area.AGE, disclosure="legal_name"
    )
    family_name: Mapped[str | None] = field(
        Kind.TEXT, N_("Family name"), area=Area.AGE, disclosure="legal_name"
    )
    given_name_latin: Mapped[str | None] = field(
        Kind.TEXT, N_("Given name in Latin letters"), area=Area.AGE, disclosure="legal_name"
    )
    family_name_latin: Mapped[str | None] = field(
        Kind.TEXT, N_("Family name in Latin letters"), area=Area.AGE, disclosure="legal_name"
    )
    other_names: Mapped[str | None] = field(Kind.TEXT, N_("Other and former names"))
    birth_date: Mapped[PartialDate | None] = field(
        Kind.DATE,
        N_("Date of birth"),
        past=True,
        partial=True,
        area=Area.AGE,
        disclosure="birth_date",
    )
    treat_as_child: Mapped[str | None] = field(
        Kind.YES_NO, N_("Treat as a child until shown otherwise"), area=Area.AGE
    )
    gender: Mapped[str | None] = field(
        Kind.CHOICE, N_("Gender"), codes="gender", area=Area.AGE, disclosure="sex"
    )
    citizenship: Mapped[tuple[str, ...] | None] = field(
        Kind.CHOICES, N_("Citizenship"), codes="country", disclosure="nationality"
    )
    ethnicity: Mapped[str | None] = field(Kind.TEXT, N_("Ethnic group"), disclosure="ethnicity")
    first_language: Mapped[str | None] = field(
        Kind.CHOICE,
        N_("Language she speaks best"),
        codes="language",
        area=Area.HOUSE,
        disclosure="language_interpreter",
    )
    other_languages: Mapped[tuple[str, ...] | None] = field(
        Kind.CHOICES, N_("Other languages"), codes="language", area=Area.HOUSE
    )
    interpreter_needed: Mapped[str | None] = field(
        Kind.YES_NO, N_("Needs an interpreter"), area=Area.HOUSE, disclosure="language_interpreter"
    )
    can_read: Mapped[str | None] = field(
        Kind.CHOICE, N_("Can read"), codes="can_read", area=Area.HOUSE
    )
    marital: Mapped[str | None] = field(Kind.CHOICE, N_("Marital status"), codes="marital_status")
    children_count: Mapped[int | None] = field(Kind.NUMBER, N_("Number of children"))
    education: Mapped[str | None] = field(
        Kind.CHOICE, N_("Schooling"), codes="education_level", disclosure="education_skills"
    )
    access_needs: Mapped[str | None] = field(
        Kind.NOTE,
        N_("What she needs to see, hear, move, understand"),
        area=Area.HOUSE,
        disclosure="disability_access_need",
    )
    home_country: Mapped[str | None] = field(Kind.CHOICE, N_("Home country"), codes="country")
    home_province: Mapped[str | None] = field(
        Kind.CHOICE, N_("Home province"), codes="province", disclosure="home_province"
    )
    home_district: Mapped[str | None] = field(
        Kind.CHOICE,
        N_("Home district"),
        codes="district",
        within="home_province",
        disclosure="home_district",
    )
    home_village: Mapped[str | None] = field(
        Kind.TEXT, N_("Home village"), disclosure="home_village"
    )
    id_number: Mapped[str | None] = field(
        Kind.TEXT, N_("Number of her identity paper"), disclosure="id_number"
    )
    deceased: Mapped[str | None] = field(Kind.YES_NO, N_("Has died"))
    unanswered: Mapped[dict[str, str] | None] = open_questions()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name she is known by, in any script, without the empty ones."""
        full = f"{self.given_name or ''} {self.family_name or ''}".strip()
        latin = f"{self.given_name_latin or ''} {self.family_name_latin or ''}".strip()
        return tuple(name for name in (full, latin, self.other_names) if name)

    @property
    @override
    def shown(self) -> str:
        return next(iter(self.names), "")
