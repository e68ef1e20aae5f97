import os

print(len(os.environ["MAIL_API_KEY"]))
