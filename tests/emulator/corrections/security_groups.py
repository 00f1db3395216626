"""A group in use, or named by a rule of another group, is not deleted; a rule can be changed to one for all protocols."""

from typing import Any

from moto.ec2.exceptions import DependencyViolationError
from moto.ec2.models.security_groups import SecurityGroupBackend

from . import instances
from .extending import extend


def install() -> None:
    @extend(SecurityGroupBackend, "delete_security_group")
    def delete(original: Any, backend: Any, name: str | None = None, group_id: str | None = None) -> Any:
        if group_id and (_is_held(backend, group_id) or _is_referenced(backend, group_id)):
            raise DependencyViolationError(f"resource {group_id} has a dependent object")
        return original(name, group_id)

    @extend(SecurityGroupBackend, "modify_security_group_rules")
    def modify(original: Any, _: Any, group_id: str, rules: dict[str, dict[str, Any]]) -> Any:
        # A rule for all protocols has no ports, which moto insists on.
        for rule in rules.values():
            if rule.get("IpProtocol") == "-1":
                rule |= {"FromPort": -1, "ToPort": -1}
        return original(group_id, rules)


def _is_held(backend: Any, group_id: str) -> bool:
    interfaces = list(backend.enis.values())
    interfaces += [interface for instance in instances.live(backend) for interface in instance.nics.values()]
    held = {group.id for interface in interfaces for group in interface.group_set}
    held |= {group.id for instance in instances.live(backend) for group in instance.security_groups or []}
    return group_id in held


def _is_referenced(backend: Any, group_id: str) -> bool:
    return any(
        rule.source_group.get("GroupId") == group_id
        for groups in backend.groups.values()
        for group in groups.values()
        if group.id != group_id
        for rule in group.ingress_rules + group.egress_rules
    )
