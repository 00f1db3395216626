"""Policies in use are not deleted."""

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
