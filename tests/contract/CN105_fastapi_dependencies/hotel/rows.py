def stays(session, month: str):
    for row in session.query("stay").filter_by(month=month):
        yield row  # ok: CN105 a row, no session
