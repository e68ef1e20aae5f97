import asyncio


async def render_thumbnail(image_id: str, width: int) -> bytes:
    """Render one image to PNG."""
    proc = await asyncio.create_subprocess_exec("convert", image_id, "-resize", str(width), "png:-")
    out, _ = await proc.communicate()
    return out or b""
