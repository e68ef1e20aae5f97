from fastapi import APIRouter, Depends

from radio_api.deps import current_listener

router = APIRouter(prefix="/songs")


@router.get("")
async def songs(listener: str = Depends(current_listener)) -> list[str]:
    return []


@router.get("/{song}")
async def song(song: int, listener: str = Depends(current_listener)) -> str:
    return "song"


@router.post("/{song}/like")
async def like(song: int, listener: str = Depends(current_listener)) -> int:
    return song


@router.post("/{song}/skip")
async def skip(song: int, listener: str = Depends(current_listener)) -> int:
    return song


@router.get("/{song}/lyrics", response_model=str)
async def lyrics(song: int, listener: str = Depends(current_listener)):
    return "la"


@router.post("/{song}/report")
async def report_song(song: int) -> int:  # want: CN504
    return song


@router.get("/{song}/rating")
async def rating(song: int, listener: str = Depends(current_listener)):  # want: CN503
    return {"stars": 4}


@router.get("/today")
async def song_of_today() -> str:  # canonry: public
    return "song"
