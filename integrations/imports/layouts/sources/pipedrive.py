"""Pipedrive: one sheet with organisation, person, deal and activity side by side."""

from integrations.imports.layouts.shapes import Source, sheet

ORGANIZATION = ("Organization - Name*", "Organization - Name", "Deal - Organization")
PERSON = ("Person - Name*", "Person - Name", "Deal - Contact person")

PIPEDRIVE = Source(
    "pipedrive",
    "Pipedrive",
    tuple(
        sheet(kind, needs, **fields)
        for kind, needs, fields in [
            (
                "account", name,
                {"name": name, "key": "Organization - ID", "domain": "Organization - Website",
                 "industry": "Organization - Industry", "owner": "Organization - Owner"},
            )
            for name in ("Organization - Name*", "Organization - Name")
        ]
        + [
            (
                "contact", name,
                {"name": name, "key": "Person - ID",
                 "email": ("Person - Email (Work)", "Person - Email", "Person - Email (Home)"),
                 "phone": ("Person - Phone", "Person - Phone (Work)"),
                 "title": "Person - Job title", "account": ORGANIZATION},
            )
            for name in ("Person - Name*", "Person - Name")
        ]
    )
    + (
        sheet(
            "opportunity", "Deal - Title",
            key="Deal - ID", title="Deal - Title", value="Deal - Value",
            currency=("Deal - Currency of value", "Deal - Currency of Value", "Deal - Currency"),
            stage="Deal - Stage", status="Deal - Status", probability="Deal - Probability",
            created="Deal - Deal created", reason="Deal - Lost reason",
            closed=("Deal - Won time", "Deal - Lost time", "Deal - Deal closed on",
                    "Deal - Expected close date"),
            owner="Deal - Owner", account=ORGANIZATION, contact=PERSON,
        ),
        *(
            sheet(
                "activity", f"{subject}|Activity - Due date",
                key="Activity - ID", type="Activity - Type", title=subject,
                text=("Activity - Note", "Note - Content*"), at="Activity - Due date",
                done="Activity - Done", account=ORGANIZATION, contact=PERSON,
                owner="Activity - Assigned to user",
            )
            for subject in ("Activity - Subject*", "Activity - Subject")
        ),
    ),
)  # fmt: skip
