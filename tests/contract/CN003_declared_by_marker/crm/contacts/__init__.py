from crm.contacts.address import PostalAddress

__all__ = ["PostalAddress"]
