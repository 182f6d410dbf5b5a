"""Dynamics 365: labels of the "Export to Excel" button; names instead of ids."""

from integrations.imports.layouts.shapes import Source, sheet

DYNAMICS = Source(
    "dynamics",
    "Dynamics 365",
    (
        sheet(
            "owner", "First Name|Last Name|Primary Email|Title",
            first="First Name", last="Last Name", email="Primary Email", manager="Manager",
        ),
        sheet("product", "Name|Product ID|Hierarchy Path", key="Product ID", name="Name",
              family="Unit Group"),
        sheet(
            "account", "Account Name|Main Phone|Address 1: City",
            key="(Do Not Modify) Account", name="Account Name", city="Address 1: City",
            country="Address 1: Country/Region", region="Territory", industry="Industry",
            domain="Website", owner="Owner", parent="Parent Account",
            phone="Main Phone", street="Address 1: Street 1",
            postal_code="Address 1: ZIP/Postal Code", state="Address 1: State/Province",
            employees=("Number of Employees", "No. of Employees"), turnover="Annual Revenue",
        ),
        sheet(
            "contact", "First Name|Last Name|Email|Company Name|Business Phone",
            key="(Do Not Modify) Contact", first="First Name", last="Last Name", email="Email",
            phone=("Business Phone", "Mobile Phone"), title="Job Title", department="Department",
            account="Company Name",
        ),
        sheet(
            "opportunity", "Topic|Potential Customer|Status|Est. revenue|Actual Revenue",
            key="(Do Not Modify) Opportunity", title="Topic", account="Potential Customer",
            status="Status", stage="Sales Stage", reason="Status Reason",
            value=("Actual Revenue", "Est. revenue"),
            probability="Probability", created="Created On",
            closed=("Actual Close Date", "Est. close date"), owner="Owner", currency="Currency",
            contact="Contact",
        ),
        sheet(
            "activity", "Subject|Regarding|Required Attendees|Start Time",
            title="Subject", text="Description", at=("Actual Start", "Start Time"),
            account="Regarding", contact="Required Attendees", done="Status", owner="Owner",
        ),
    ),
    ignored={
        "territories": frozenset({"Territory Name", "Manager"}),
        "goals": frozenset({"Goal Owner", "Goal Metric"}),
        "campaigns": frozenset({"Campaign Type", "Template"}),
    },
    month_first=True,
)  # fmt: skip
