"""Policies in use are not deleted; changing a role's session length leaves its description."""

from typing import Any

from moto.iam.exceptions import DeleteConflictException
from moto.iam.models import IAMBackend

from .extending import extend


def install() -> None:
    @extend(IAMBackend, "delete_policy")
    def delete(original: Any, backend: Any, policy_arn: str) -> Any:
        policy = backend.managed_policies.get(policy_arn)
        if policy is not None and policy.attachment_count > 0:
            raise DeleteConflictException("Cannot delete a policy attached to entities.")
        return original(policy_arn)

    @extend(IAMBackend, "update_role")
    def update_role(original: Any, backend: Any, role_name: str, description: str | None, duration: Any) -> Any:
        if description is None:
            description = backend.get_role(role_name).description
        return original(role_name, description, duration)
