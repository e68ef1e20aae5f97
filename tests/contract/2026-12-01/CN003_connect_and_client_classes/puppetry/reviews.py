from puppetry.http.retry import RetryPolicy


async def newest(session, policy: RetryPolicy | None = None) -> int:
    chosen = policy or RetryPolicy(tries=2, pause=1.0)
    return await chosen.run(session.reviews)
