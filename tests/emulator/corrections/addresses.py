"""Addresses in use are not released."""

from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.elastic_ip_addresses import ElasticAddressBackend

from . import nat_gateways
from .extending import extend


def install() -> None:
    @extend(ElasticAddressBackend, "release_address")
    def release(original: Any, backend: Any, address: str | None = None, allocation_id: str | None = None) -> Any:
        if allocation_id:
            found = backend.address_by_allocation([allocation_id])[0]
            held = any(
                allocation_id == it.get("allocationId") for gateway in nat_gateways.live(backend) for it in gateway.address_set
            )
            if held or found.association_id:
                raise EC2ClientError("InvalidIPAddress.InUse", f"Address with allocation id {allocation_id} is in use")
        return original(address, allocation_id)
