import os

print(os.environ["SEARCH_INDEX_NAME"])  # ok: CN301 a script
