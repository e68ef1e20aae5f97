from relay.journal import Journal
from relay.spool import Spool

journal, spool = Journal("relay.log"), Spool()
