"""People and their relations, staff, stays, intake, tasks, the directory, consent, referrals."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the daily work; cases and notes get the fields that point to them."""
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("name_latin", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=True),
        sa.Column("target", sa.String(length=64), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("contact_person", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_all_day", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("province", sa.String(length=64), nullable=True),
        sa.Column("district", sa.String(length=64), nullable=True),
        sa.Column("letterhead", sa.String(length=64), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("given_name_latin", sa.Text(), nullable=True),
        sa.Column("family_name_latin", sa.Text(), nullable=True),
        sa.Column("other_names", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.String(length=16), nullable=True),
        sa.Column("treat_as_child", sa.String(length=16), nullable=True),
        sa.Column("gender", sa.String(length=64), nullable=True),
        sa.Column("citizenship", sa.Text(), nullable=True),
        sa.Column("ethnicity", sa.Text(), nullable=True),
        sa.Column("first_language", sa.String(length=64), nullable=True),
        sa.Column("other_languages", sa.Text(), nullable=True),
        sa.Column("interpreter_needed", sa.String(length=16), nullable=True),
        sa.Column("can_read", sa.String(length=64), nullable=True),
        sa.Column("marital", sa.String(length=64), nullable=True),
        sa.Column("children_count", sa.Integer(), nullable=True),
        sa.Column("education", sa.String(length=64), nullable=True),
        sa.Column("access_needs", sa.Text(), nullable=True),
        sa.Column("home_country", sa.String(length=64), nullable=True),
        sa.Column("home_province", sa.String(length=64), nullable=True),
        sa.Column("home_district", sa.String(length=64), nullable=True),
        sa.Column("home_village", sa.Text(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("deceased", sa.String(length=16), nullable=True),
        sa.Column("unanswered", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "staff_member",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("holder_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
    )
    op.create_table(
        "contact_point",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("whose", sa.Text(), nullable=True),
        sa.Column("safe_to_call", sa.String(length=16), nullable=True),
        sa.Column("safe_to_leave_message", sa.String(length=16), nullable=True),
        sa.Column("safe_hours", sa.Text(), nullable=True),
        sa.Column("say_who_is_calling", sa.Text(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_contact_point_person_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
    )
    op.create_index(
        op.f("ix_contact_point_person_id"), "contact_point", ["person_id"], unique=False
    )

    op.create_table(
        "relation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=32), nullable=False),
        sa.Column("other_id", sa.String(length=32), nullable=False),
        sa.Column("relation", sa.String(length=64), nullable=True),
        sa.Column("is_guardian", sa.String(length=16), nullable=True),
        sa.Column("safe_to_contact", sa.String(length=64), nullable=True),
        sa.Column("involved", sa.String(length=64), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["person.id"],
            name=op.f("fk_relation_other_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_relation_person_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
    )
    op.create_index(op.f("ix_relation_other_id"), "relation", ["other_id"], unique=False)
    op.create_index(op.f("ix_relation_person_id"), "relation", ["person_id"], unique=False)

    op.create_table(
        "service_offer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("hours", sa.Text(), nullable=True),
        sa.Column("cost", sa.Text(), nullable=True),
        sa.Column("eligibility", sa.Text(), nullable=True),
        sa.Column("bring", sa.Text(), nullable=True),
        sa.Column("languages", sa.Text(), nullable=True),
        sa.Column("women_staff", sa.String(length=16), nullable=True),
        sa.Column("child_friendly", sa.String(length=16), nullable=True),
        sa.Column("data_statement", sa.String(length=16), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_service_offer_organisation_id_organisation"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_offer")),
    )
    op.create_index(
        op.f("ix_service_offer_organisation_id"), "service_offer", ["organisation_id"], unique=False
    )

    op.create_table(
        "intake",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("began_at", sa.String(length=27), nullable=True),
        sa.Column("urgent_health", sa.String(length=16), nullable=True),
        sa.Column("thoughts_of_death", sa.String(length=16), nullable=True),
        sa.Column("in_danger_now", sa.String(length=16), nullable=True),
        sa.Column("child_waiting", sa.String(length=16), nullable=True),
        sa.Column("immediate_steps", sa.Text(), nullable=True),
        sa.Column("rights_explained", sa.String(length=16), nullable=True),
        sa.Column("explained_language", sa.String(length=64), nullable=True),
        sa.Column("interpreter", sa.Text(), nullable=True),
        sa.Column("house_rules_explained", sa.String(length=16), nullable=True),
        sa.Column("belongings_received", sa.String(length=16), nullable=True),
        sa.Column("health_check_offered", sa.String(length=16), nullable=True),
        sa.Column("guardian_question", sa.Text(), nullable=True),
        sa.Column("her_wishes", sa.Text(), nullable=True),
        sa.Column("unanswered", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_intake_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
    )
    op.create_index(op.f("ix_intake_case_id"), "intake", ["case_id"], unique=False)

    op.create_table(
        "stay",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("admitted_at", sa.String(length=27), nullable=True),
        sa.Column("came_from", sa.String(length=64), nullable=True),
        sa.Column("escorted_by", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=True),
        sa.Column("bed", sa.Text(), nullable=True),
        sa.Column("expected_until", sa.Date(), nullable=True),
        sa.Column("left_at", sa.String(length=27), nullable=True),
        sa.Column("exit_type", sa.String(length=64), nullable=True),
        sa.Column("exit_agreed", sa.String(length=16), nullable=True),
        sa.Column("destination", sa.LargeBinary(), nullable=True),
        sa.Column("unanswered", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_stay_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay")),
    )
    op.create_index(op.f("ix_stay_case_id"), "stay", ["case_id"], unique=False)

    op.create_table(
        "consent",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("actor_person_id", sa.String(length=32), nullable=True),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("recipient_person", sa.Text(), nullable=True),
        sa.Column("form", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=64), nullable=True),
        sa.Column("interpreter", sa.Text(), nullable=True),
        sa.Column("explained_by_id", sa.String(length=32), nullable=True),
        sa.Column("witness", sa.Text(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=True),
        sa.Column("questions", sa.Text(), nullable=True),
        sa.Column("limits", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("capacity_checked", sa.String(length=16), nullable=True),
        sa.Column("panel", sa.Text(), nullable=True),
        sa.Column("together_id", sa.String(length=32), nullable=True),
        sa.Column("evidence_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_person_id"],
            ["person.id"],
            name=op.f("fk_consent_actor_person_id_person"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_consent_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["attachment.id"],
            name=op.f("fk_consent_evidence_id_attachment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["explained_by_id"],
            ["staff_member.id"],
            name=op.f("fk_consent_explained_by_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_consent_organisation_id_organisation"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["together_id"],
            ["consent.id"],
            name=op.f("fk_consent_together_id_consent"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(
        op.f("ix_consent_actor_person_id"), "consent", ["actor_person_id"], unique=False
    )
    op.create_index(op.f("ix_consent_case_id"), "consent", ["case_id"], unique=False)
    op.create_index(op.f("ix_consent_evidence_id"), "consent", ["evidence_id"], unique=False)
    op.create_index(
        op.f("ix_consent_explained_by_id"), "consent", ["explained_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_consent_organisation_id"), "consent", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_consent_together_id"), "consent", ["together_id"], unique=False)

    op.create_table(
        "consent_item",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("consent_id", sa.String(length=32), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("allowed", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_consent_item_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["consent.id"],
            name=op.f("fk_consent_item_consent_id_consent"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_item")),
    )
    op.create_index(op.f("ix_consent_item_case_id"), "consent_item", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_consent_item_consent_id"), "consent_item", ["consent_id"], unique=False
    )

    op.create_table(
        "referral",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=True),
        sa.Column("priority", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=True),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("already_given", sa.Text(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("consent_id", sa.String(length=32), nullable=True),
        sa.Column("delivery", sa.String(length=64), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=True),
        sa.Column("delivered_at", sa.String(length=27), nullable=True),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("appointment", sa.String(length=27), nullable=True),
        sa.Column("letter_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_referral_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["consent.id"],
            name=op.f("fk_referral_consent_id_consent"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["attachment.id"],
            name=op.f("fk_referral_letter_id_attachment"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_referral_organisation_id_organisation"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_case_id"), "referral", ["case_id"], unique=False)
    op.create_index(op.f("ix_referral_consent_id"), "referral", ["consent_id"], unique=False)
    op.create_index(op.f("ix_referral_letter_id"), "referral", ["letter_id"], unique=False)
    op.create_index(
        op.f("ix_referral_organisation_id"), "referral", ["organisation_id"], unique=False
    )

    op.create_table(
        "withdrawal",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("consent_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("told_by_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_withdrawal_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["consent.id"],
            name=op.f("fk_withdrawal_consent_id_consent"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["told_by_id"],
            ["staff_member.id"],
            name=op.f("fk_withdrawal_told_by_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
    )
    op.create_index(op.f("ix_withdrawal_case_id"), "withdrawal", ["case_id"], unique=False)
    op.create_index(op.f("ix_withdrawal_consent_id"), "withdrawal", ["consent_id"], unique=False)
    op.create_index(op.f("ix_withdrawal_told_by_id"), "withdrawal", ["told_by_id"], unique=False)

    op.create_table(
        "disclosure",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("recipient_person", sa.Text(), nullable=True),
        sa.Column("medium", sa.String(length=64), nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("consent_id", sa.String(length=32), nullable=True),
        sa.Column("law", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("referral_id", sa.String(length=32), nullable=True),
        sa.Column("second_person", sa.Text(), nullable=True),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("warned", sa.String(length=16), nullable=True),
        sa.Column("content_digest", sa.Text(), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_disclosure_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["consent.id"],
            name=op.f("fk_disclosure_consent_id_consent"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_disclosure_organisation_id_organisation"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
            name=op.f("fk_disclosure_referral_id_referral"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
    )
    op.create_index(op.f("ix_disclosure_case_id"), "disclosure", ["case_id"], unique=False)
    op.create_index(op.f("ix_disclosure_consent_id"), "disclosure", ["consent_id"], unique=False)
    op.create_index(
        op.f("ix_disclosure_organisation_id"), "disclosure", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_disclosure_referral_id"), "disclosure", ["referral_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=True),
        sa.Column("title_text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("assignee_id", sa.String(length=32), nullable=True),
        sa.Column("priority", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=64), nullable=True),
        sa.Column("done_at", sa.String(length=27), nullable=True),
        sa.Column("blocked_reason", sa.Text(), nullable=True),
        sa.Column("referral_id", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.String(length=27), nullable=True),
        sa.Column("created_by", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=True),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignee_id"],
            ["staff_member.id"],
            name=op.f("fk_task_assignee_id_staff_member"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
            name=op.f("fk_task_case_id_case"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
            name=op.f("fk_task_referral_id_referral"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_assignee_id"), "task", ["assignee_id"], unique=False)
    op.create_index(op.f("ix_task_case_id"), "task", ["case_id"], unique=False)
    op.create_index(op.f("ix_task_referral_id"), "task", ["referral_id"], unique=False)

    with op.batch_alter_table("case", schema=None) as table:
        table.add_column(sa.Column("person_id", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("source", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("state", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("risk_level", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("owner_id", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("second_worker_id", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("legal_officer_id", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("next_review", sa.Date(), nullable=True))
        table.add_column(sa.Column("victim_status", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("closed_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("closing_reason", sa.String(length=64), nullable=True))
        table.create_index(table.f("ix_case_legal_officer_id"), ["legal_officer_id"], unique=False)
        table.create_index(table.f("ix_case_owner_id"), ["owner_id"], unique=False)
        table.create_index(table.f("ix_case_person_id"), ["person_id"], unique=False)
        table.create_index(table.f("ix_case_second_worker_id"), ["second_worker_id"], unique=False)
        table.create_foreign_key(
            table.f("fk_case_legal_officer_id_staff_member"),
            "staff_member",
            ["legal_officer_id"],
            ["id"],
            initially="DEFERRED",
            deferrable=True,
        )
        table.create_foreign_key(
            table.f("fk_case_second_worker_id_staff_member"),
            "staff_member",
            ["second_worker_id"],
            ["id"],
            initially="DEFERRED",
            deferrable=True,
        )
        table.create_foreign_key(
            table.f("fk_case_person_id_person"),
            "person",
            ["person_id"],
            ["id"],
            initially="DEFERRED",
            deferrable=True,
        )
        table.create_foreign_key(
            table.f("fk_case_owner_id_staff_member"),
            "staff_member",
            ["owner_id"],
            ["id"],
            initially="DEFERRED",
            deferrable=True,
        )

    with op.batch_alter_table("case_note", schema=None) as table:
        table.add_column(sa.Column("kind", sa.String(length=64), nullable=True))
        table.add_column(sa.Column("aim", sa.Text(), nullable=True))
        table.add_column(sa.Column("next_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("corrects_id", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("reason", sa.Text(), nullable=True))
        table.create_index(table.f("ix_case_note_corrects_id"), ["corrects_id"], unique=False)
        table.create_foreign_key(
            table.f("fk_case_note_corrects_id_case_note"),
            "case_note",
            ["corrects_id"],
            ["id"],
            initially="DEFERRED",
            deferrable=True,
        )
