"""Zoho: import layouts with API names; everything joins by the company's name."""

from integrations.imports.layouts.shapes import Source, sheet

ACCOUNT = ("Account_Name", "Account Name")

ZOHO = Source(
    "zoho",
    "Zoho CRM",
    (
        sheet(
            "account", "Account_Name|Industry|Website",
            key="Record_Id", name="Account_Name", domain="Website", industry="Industry", phone="Phone",
            street="Billing_Street", postal_code="Billing_Code", state="Billing_State",
            employees="Employees", turnover="Annual_Revenue",
            city="Billing_City", country="Billing_Country", parent="Parent_Account", owner="Owner",
        ),
        sheet(
            "contact", "First_Name|Last_Name|Email|Account_Name",
            key="Record_Id", first="First_Name", last="Last_Name", email="Email", phone="Phone",
            title="Title", department="Department", account=ACCOUNT, owner="Owner",
        ),
        sheet(
            "opportunity", "Deal_Name|Stage|Amount|Account_Name",
            key="Record_Id", title="Deal_Name", stage="Stage", status="Status", value="Amount",
            probability="Probability", created="Created_Time", closed="Closing_Date",
            owner="Owner", account=ACCOUNT, contact="Contact_Name", currency="Currency",
        ),
        sheet(
            "opportunity", "Deal Name|Stage|Closing Date|Account Name",
            key="Record Id", title="Deal Name", stage="Stage", value="Amount",
            probability="Probability (%)", created="Created Time", closed="Closing Date",
            owner="Deal Owner", account=ACCOUNT, contact="Contact Name", currency="Currency",
        ),
        sheet(
            "activity", "Activity_Type|Activity_Date|Subject|Account_Name",
            key="Record_Id", type="Activity_Type", at="Activity_Date", title="Subject",
            text="Description", owner="Owner", account=ACCOUNT, contact="Contact_Name",
        ),
    ),
)  # fmt: skip
