VEHICLES = {"van", "truck"}
