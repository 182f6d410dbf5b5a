"""Salesforce: the data export (ids of 18 characters), import layouts by External_ID__c, reports."""

from integrations.imports.layouts.shapes import Source, sheet

ID = ("Id", "External_ID__c")

SALESFORCE = Source(
    "salesforce",
    "Salesforce",
    (
        sheet(
            "owner", "Id|Username|Email|LastName",
            key="Id", name="Name", first="FirstName", last="LastName", email="Email",
        ),
        sheet("product", "Id|ProductCode|Family|Name", key="Id", name="Name", family="Family"),
        sheet(
            "account", "Name|Industry|Website|BillingCountry",
            key=ID, name="Name", domain="Website", industry="Industry", city="BillingCity", phone="Phone",
            street="BillingStreet", postal_code="BillingPostalCode", state="BillingState",
            employees="NumberOfEmployees", turnover="AnnualRevenue",
            country="BillingCountry", parent_key="ParentId", owner_key="OwnerId", owner="Owner",
            currency="CurrencyIsoCode",
        ),
        sheet(
            "contact", "FirstName|LastName|Email|Phone|Title",
            key=ID, first="FirstName", last="LastName", email="Email",
            phone=("Phone", "MobilePhone"), title=("Title", "Designation__c"),
            department="Department", account_key=("AccountId", "Account_External_ID__c"),
            owner_key="OwnerId", owner="Owner",
        ),
        sheet(
            "opportunity", "Name|StageName|CloseDate|Amount",
            key=ID, title="Name", account_key=("AccountId", "Account_External_ID__c"),
            stage="StageName", status="Status", value="Amount", probability="Probability",
            created="CreatedDate", closed="CloseDate", reason=("Loss_Reason__c", "LossReason"),
            product="Product__c", owner_key="OwnerId", owner="Owner", currency="CurrencyIsoCode",
            contact_key=("ContactId", "Contact_External_ID__c"),
        ),
        sheet(
            "opportunity", "Opportunity Name|Account Name|Stage|Close Date|Amount",
            key="Opportunity ID", title="Opportunity Name", account="Account Name", stage="Stage",
            value="Amount", probability="Probability (%)", created="Created Date",
            closed="Close Date", owner="Opportunity Owner", currency="Amount Currency",
        ),
        sheet(
            "activity", "Subject|ActivityDate|Status",
            key=ID, type=("Type", "Type__c", "TaskSubtype"), at="ActivityDate", title="Subject",
            text="Description", done="Status", account_key=("AccountId", "Account_External_ID__c"),
            about_key="WhatId", contact_key=("WhoId", "Contact_External_ID__c"),
            deal_key="Opportunity_External_ID__c", owner_key="OwnerId", owner="Owner",
        ),
    ),
)  # fmt: skip
