PENS = {"black": 1}
