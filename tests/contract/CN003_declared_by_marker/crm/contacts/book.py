from crm.contacts.address import PostalAddress


def in_town(addresses: list[PostalAddress], town: str) -> list[PostalAddress]:
    return [address for address in addresses if address.town == town]
