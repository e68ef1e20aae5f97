from acc.one import normalise_phone


def save(contact):
    contact.phone = normalise_phone(contact.phone)
    return contact
