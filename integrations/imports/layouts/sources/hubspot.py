"""HubSpot: import layouts with API names, and the labels of exports; companies join by domain."""

from integrations.imports.layouts.shapes import Source, sheet

DOMAIN = "Company Domain Name"

HUBSPOT = Source(
    "hubspot",
    "HubSpot",
    (
        sheet(
            "account", "name|domain|industry|country",
            key="hs_object_id", name="name", domain="domain", industry="industry", city="city",
            website="website", phone="phone", street="address", postal_code="zip", state="state",
            employees="numberofemployees", turnover="annualrevenue",
            country="country", owner="hubspot_owner_id",
        ),
        sheet(
            "account", "Record ID|Company name",
            key="Record ID", name="Company name", domain=DOMAIN, industry="Industry", city="City",
            website="Website URL", phone="Phone Number", street="Street Address",
            postal_code="Postal Code", state="State/Region", employees="Number of Employees",
            turnover="Annual Revenue",
            country="Country/Region", owner="Company owner",
        ),
        sheet(
            "account", "Company name|Company Domain Name|Phone Number",
            name="Company name", domain=DOMAIN, industry="Industry", city="City",
            website="Website URL", phone="Phone Number", street="Street Address",
            postal_code="Postal Code", state="State/Region", employees="Number of Employees",
            turnover="Annual Revenue",
            country="Country/Region", owner="Company owner",
        ),
        sheet(
            "contact", "firstname|lastname|email|jobtitle",
            key="hs_object_id", first="firstname", last="lastname", email="email", phone="phone",
            title="jobtitle", department="department", account_domain=DOMAIN,
            owner="hubspot_owner_id",
        ),
        sheet(
            "contact", "Record ID|First Name|Last Name|Email",
            key="Record ID", first="First Name", last="Last Name", email="Email",
            phone="Phone Number", title="Job Title", account=("Associated Company", "Company Name"),
            account_key=("Associated Company IDs", "Primary Associated Company ID"),
            owner="Contact owner",
        ),
        sheet(
            "opportunity", "dealname|dealstage|amount",
            key="hs_object_id", title="dealname", stage="dealstage", status="deal_status",
            value="amount", created="createdate", closed="closedate", owner="hubspot_owner_id",
            account_domain=DOMAIN, contact_email="Contact Email", currency="deal_currency_code",
        ),
        sheet(
            "opportunity", "Record ID|Deal Name|Deal Stage|Amount",
            key="Record ID", title="Deal Name", stage="Deal Stage", value="Amount",
            created="Create Date", closed="Close Date", owner="Deal owner", currency="Currency",
            account=("Associated Company", "Primary Associated Company"),
            account_key=("Associated Company IDs", "Primary Associated Company ID"),
        ),
        sheet(
            "activity", "hs_activity_type|hs_timestamp",
            key="hs_object_id", type="hs_activity_type",
            at=("hs_meeting_start_time", "hs_timestamp"),
            title=("hs_meeting_title", "hs_email_subject", "hs_call_body", "hs_note_body"),
            text=("hs_meeting_body", "hs_email_text"), direction="hs_email_direction",
            outcome="hs_call_disposition", account_domain=DOMAIN, contact_email="Contact Email",
            deal="Deal Name", owner="hubspot_owner_id",
        ),
    ),
)  # fmt: skip
