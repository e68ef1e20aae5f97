"""What the server can do, one file for each feature of the protocol.

Every file has `register(server)`, which `server` calls, and its handlers below it.
"""
