from inv.models import Asset, Badge


def assets(session, site):
    return session.query(Asset).filter(Asset.site_id == site).all()


def badge(session, site):
    return session.query(Badge).filter(Badge.site_id == site).one()
