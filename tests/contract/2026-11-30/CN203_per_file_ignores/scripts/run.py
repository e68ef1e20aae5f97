def run(job):
    try:
        return job()
    except Exception:
        return None
