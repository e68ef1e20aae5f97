import asyncio
import multiprocessing


async def classify(text: str) -> float:
    await asyncio.sleep(0.01)
    return text.count("!") / (len(text) or 1)


def run_coroutine(coroutine):
    return asyncio.run(coroutine)  # want: CN101


def retrain(samples: list[str]) -> None:
    async def epochs() -> None:
        for sample in samples:
            await classify(sample)

    asyncio.run(epochs())  # ok: CN101 the target of a process


def start_training(samples: list[str]) -> multiprocessing.Process:
    process = multiprocessing.Process(target=retrain, args=(samples,))
    process.start()
    return process
