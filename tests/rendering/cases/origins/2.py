state["made"] = None
del state["made"]
vpc = next(r for r in state["resources"] if r["name"] == "both")["instances"]
vpc.insert(0, dict(vpc[0], deposed="0badcafe", attributes=dict(vpc[0]["attributes"], cidr_block="10.9.0.0/16")))
