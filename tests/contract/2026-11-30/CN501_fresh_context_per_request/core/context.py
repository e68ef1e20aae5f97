_contexts = {}


class ExecutionContext:
    def __init__(self, user_id, run_id):
        self.user_id = user_id
        self.run_id = run_id


def create_execution_context(user_id, run_id):
    context = ExecutionContext(user_id, run_id)
    _contexts[user_id] = context
    return context


def get_execution_context(user_id):
    return _contexts.get(user_id)
