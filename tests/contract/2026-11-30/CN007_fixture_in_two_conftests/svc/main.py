def create_app(config):
    return config
