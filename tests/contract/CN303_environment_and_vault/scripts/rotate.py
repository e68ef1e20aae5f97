import os

print("old key begins with", os.environ["TICKET_SIGNING_KEY"][:4])  # ok: CN303 a script
