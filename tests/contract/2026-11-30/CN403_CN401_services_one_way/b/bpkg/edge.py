from apkg.core import Core  # want: CN401


class Edge(Core):
    pass
