from pressroom.runner import EnhancedJobRunner


def queue_proofs(runner: EnhancedJobRunner, pages: list[str]) -> None:
    for page in pages:
        runner.submit(["gs", "-o", f"{page}.pdf", page])
