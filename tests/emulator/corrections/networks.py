"""Order of deletion inside a network: subnets, gateways and networks with contents stay."""

from typing import Any

from moto.ec2.exceptions import DependencyViolationError, EC2ClientError
from moto.ec2.models.internet_gateways import InternetGatewayBackend
from moto.ec2.models.route_tables import RouteBackend
from moto.ec2.models.subnets import SubnetBackend
from moto.ec2.models.vpcs import VPCBackend

from . import instances, nat_gateways
from .extending import extend


def install() -> None:
    @extend(SubnetBackend, "delete_subnet")
    def delete_subnet(original: Any, backend: Any, subnet_id: str) -> Any:
        held = {interface.subnet.id for interface in backend.enis.values()}
        held |= {instance.subnet_id for instance in instances.live(backend)}
        held |= {gateway.subnet_id for gateway in nat_gateways.live(backend)}
        if subnet_id in held:
            raise DependencyViolationError(f"The subnet '{subnet_id}' has dependencies and cannot be deleted.")
        deleted = original(subnet_id)
        # AWS drops the association with the subnet; moto keeps it, and the route table could never be deleted.
        for table in backend.route_tables.values():
            for association in [key for key, value in table._associations.items() if value == subnet_id]:
                del table._associations[association]
        return deleted

    @extend(InternetGatewayBackend, "detach_internet_gateway")
    def detach_gateway(original: Any, backend: Any, internet_gateway_id: str, vpc_id: str) -> Any:
        public = any(it.vpc_id == vpc_id and it.public_ip for it in instances.live(backend))
        public |= any(it.vpc_id == vpc_id and it.connectivity_type == "public" for it in nat_gateways.live(backend))
        if public:
            message = f"Network {vpc_id} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway."
            raise DependencyViolationError(message)
        return original(internet_gateway_id, vpc_id)

    @extend(VPCBackend, "delete_vpc")
    def delete_vpc(original: Any, backend: Any, vpc_id: str) -> Any:
        backend.get_vpc(vpc_id)
        held = any(gateway.vpc and gateway.vpc.id == vpc_id for gateway in backend.internet_gateways.values())
        held |= any(gateway.vpc_id == vpc_id for gateway in nat_gateways.live(backend))
        held |= any(not group.is_default for group in backend.groups.get(vpc_id, {}).values())
        if held:
            raise DependencyViolationError(f"The vpc '{vpc_id}' has dependencies and cannot be deleted.")
        return original(vpc_id)

    @extend(RouteBackend, "associate_route_table")
    def associate(original: Any, backend: Any, route_table_id: str, gateway_id: Any = None, subnet_id: Any = None) -> Any:
        for table in backend.route_tables.values():
            if subnet_id and table.id != route_table_id and subnet_id in table._associations.values():
                message = f"the specified association for route table {route_table_id} conflicts with an existing association"
                raise EC2ClientError("Resource.AlreadyAssociated", message)
        return original(route_table_id, gateway_id, subnet_id)
