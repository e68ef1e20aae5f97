from sqlalchemy import func, select

from ledger.model import Posting


def test_posting_is_counted(posted):
    assert posted.scalar(select(func.count(Posting.id))) == 1


def test_no_posting_at_first(session):
    assert session.scalars(select(Posting)).all() == []


def test_bank_speaks_json(bank_api):
    assert bank_api.headers["Accept"] == "application/json"
