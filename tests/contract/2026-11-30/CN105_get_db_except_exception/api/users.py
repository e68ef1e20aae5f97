from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session

from api.deps import get_db

router = APIRouter()


@router.get("/users/{user_id}", response_model=dict)
def read_user(user_id: int, db: Session = Depends(get_db)):
    return dict(db.execute("select * from users where id = :id", {"id": user_id}).one())
