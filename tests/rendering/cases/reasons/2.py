next(r for r in state["resources"] if r["name"] == "tainted")["instances"][0]["status"] = "tainted"
