from puppetry.http.retry import RetryPolicy, build_plan

POLICY = RetryPolicy(tries=3, pause=0.5)


async def announce(session, urls: list[str]) -> int:
    worst = 0
    for group in build_plan(urls):
        for url in group:
            worst = max(worst, await POLICY.run(lambda url=url: session.ping(url)))
    return worst
