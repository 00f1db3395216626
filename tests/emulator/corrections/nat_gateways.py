"""NAT gateways pass through pending and deleting, and hold their address until they are gone."""

import time
from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.nat_gateways import NatGateway, NatGatewayBackend

from .extending import extend

PASSING = {"available": "pending", "deleted": "deleting"}


def install(pending_seconds: float) -> None:
    def state(gateway: NatGateway) -> str:
        target, since = gateway._change
        return PASSING[target] if time.monotonic() - since < pending_seconds else target

    def change(gateway: NatGateway, target: str) -> None:
        gateway._change = (target, time.monotonic())

    NatGateway.state = property(state, change)

    @extend(NatGatewayBackend, "describe_nat_gateways")
    def describe(original: Any, backend: Any, filters: Any, ids: list[str] | None = None) -> Any:
        _require(backend, ids or [])
        found = original(filters, ids)
        tags = {name: values for name, values in (filters or {}).items() if name.startswith("tag")}
        return [it for it in found if all(_matches_tag(it, name, values) for name, values in tags.items())]

    @extend(NatGatewayBackend, "create_nat_gateway")
    def create(original: Any, _: Any, *arguments: Any, connectivity_type: str | None = None, **named: Any) -> Any:
        return original(*arguments, connectivity_type=connectivity_type or "public", **named)

    @extend(NatGatewayBackend, "delete_nat_gateway")
    def delete(original: Any, backend: Any, nat_gateway_id: str) -> Any:
        _require(backend, [nat_gateway_id])
        gateway = backend.nat_gateways[nat_gateway_id]
        if gateway._change[0] == "deleted":
            return gateway
        for address in backend.addresses:
            if address.eni is gateway._eni:
                backend.disassociate_address(association_id=address.association_id)
        backend.enis.pop(gateway._eni.id, None)
        return original(nat_gateway_id)


def _require(backend: Any, ids: list[str]) -> None:
    for gateway in ids:
        if gateway not in backend.nat_gateways:
            raise EC2ClientError("NatGatewayNotFound", f"The Nat Gateway {gateway} was not found")


def _matches_tag(gateway: NatGateway, name: str, values: list[str]) -> bool:
    tags = {tag["key"]: tag["value"] for tag in gateway.get_tags()}
    return bool(set(tags) & set(values)) if name == "tag-key" else tags.get(name.removeprefix("tag:")) in values


def live(backend: NatGatewayBackend) -> list[NatGateway]:
    """Gateways that still hold their subnet and address."""
    return [gateway for gateway in backend.nat_gateways.values() if gateway.state != "deleted"]
