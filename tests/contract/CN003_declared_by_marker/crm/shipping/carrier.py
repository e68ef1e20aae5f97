from crm.shipping.labels import PostalAddress


def hand_over(parcel: str, address: PostalAddress) -> dict[str, str]:
    return {"parcel": parcel, "zip": address.zip_code, "phone": address.phone}
