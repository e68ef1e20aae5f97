from crm.shipping.labels import PostalAddress


def return_label(address: PostalAddress) -> str:
    return f"RETURN {address.zip_code}"
