"""Policies in use are not deleted; changing a role's session length leaves its description; a role that is not in a profile
is not found there."""

from typing import Any

from moto.iam.exceptions import DeleteConflictException, NotFoundException
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

    # Moto ends in an error of its own, which no retry mends.
    @extend(IAMBackend, "remove_role_from_instance_profile")
    def remove_role(original: Any, backend: Any, profile_name: str, role_name: str) -> Any:
        profile = backend.get_instance_profile(profile_name)
        if all(role.name != role_name for role in profile.roles):
            raise NotFoundException(f"The role with name {role_name} cannot be found.")
        return original(profile_name, role_name)
