import os

A = os.environ["DB_URL"]  # ok: CN008 listed as distinct, different things, numbered
B = os.environ["DATABASE_URL"]
C = os.environ["DB_USER"]
D = os.environ["DB_NAME"]
E = os.environ["S3_BUCKET"]
F = os.environ["S3_BUCKET_REGION"]
G = os.environ["SMTP_HOST"]
H = os.environ["HTTP_HOST"]
I = os.environ["REPLICA_1_URL"]
J = os.environ["REPLICA_2_URL"]
K = os.environ["AWS_ACCESS_KEY_ID"]
L = os.environ["AWS_SECRET_ACCESS_KEY"]
M = os.environ["SOURCE_DB"]
N = os.environ["TARGET_DB"]
