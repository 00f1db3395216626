by_name = {r["name"]: r["instances"][0]["attributes"]["id"] for r in state["resources"]}
ec2.create_tags(Resources=[by_name["main"]], Tags=[{"Key": "Name", "Value": "changed"}])
ec2.modify_vpc_attribute(VpcId=by_name["main"], EnableDnsHostnames={"Value": True})
ec2.delete_vpc(VpcId=by_name["other"])
