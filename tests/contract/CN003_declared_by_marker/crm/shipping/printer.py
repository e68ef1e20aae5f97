from crm.shipping.labels import PostalAddress


def print_label(address: PostalAddress) -> str:
    return "\n".join((*address.lines, address.zip_code))
