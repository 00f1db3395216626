"""Schedules and policies: past start times refused, names unique within their group, not within the region."""

import datetime
from typing import Any

from moto.autoscaling.exceptions import ValidationError
from moto.autoscaling.models import AutoScalingBackend
from moto.autoscaling.responses import AutoScalingResponse
from moto.core.responses import ActionResult, EmptyResult

from .extending import extend


def install() -> None:
    AutoScalingResponse.delete_policy = _delete_policy

    @extend(AutoScalingResponse, "put_scaling_policy")
    def put_policy(original: Any, response: Any) -> ActionResult:
        # SDKs look for PolicyARN; moto's spelling is PolicyArn.
        return ActionResult({"PolicyARN": original().result["PolicyArn"]})

    @extend(AutoScalingBackend, "put_scaling_policy")
    def keep_policy(original: Any, backend: Any, *arguments: Any, **named: Any) -> Any:
        _require_group(backend, named["as_name"])
        before = dict(backend.policies)
        policy = original(*arguments, **named)
        policy.enabled = True
        policy.cooldown = named.get("cooldown")
        policy.predictive_scaling_configuration = policy.predictive_scaling_configuration or None
        backend.policies = before | {_key(named["as_name"], policy.name): policy}
        return policy

    @extend(AutoScalingBackend, "put_scheduled_update_group_action")
    def put_schedule(original: Any, backend: Any, *arguments: Any, **named: Any) -> Any:
        _require_group(backend, named["name"])
        _require_future(named.get("start_time"))
        before = dict(backend.scheduled_actions)
        action = original(*arguments, **named)
        backend.scheduled_actions = before | {_key(named["name"], named["scheduled_action_name"]): action}
        return action

    @extend(AutoScalingBackend, "delete_scheduled_action")
    def delete_schedule(_: Any, backend: Any, auto_scaling_group_name: str, scheduled_action_name: str) -> None:
        if backend.scheduled_actions.pop(_key(auto_scaling_group_name, scheduled_action_name), None) is None:
            raise ValidationError("Scheduled action name not found")


def forget_group(backend: Any, group: str) -> None:
    """With a group go its schedules and policies."""
    for held in (backend.scheduled_actions, backend.policies):
        for key in [key for key in held if key.startswith(_key(group, ""))]:
            del held[key]


def _key(group: str, name: str) -> str:
    return f"{group}\n{name}"


def _delete_policy(response: Any) -> Any:
    backend, name = response.autoscaling_backend, response._get_param("PolicyName")
    for key, policy in list(backend.policies.items()):
        if name == policy.arn or key == _key(response._get_param("AutoScalingGroupName"), name):
            del backend.policies[key]
    return EmptyResult()


def _require_group(backend: Any, name: str) -> None:
    if name not in backend.autoscaling_groups:
        raise ValidationError(f"Group {name} not found")


def _require_future(start_time: Any) -> None:
    if not start_time:
        return
    if isinstance(start_time, str):
        start_time = datetime.datetime.fromisoformat(start_time.replace("Z", "+00:00"))
    if start_time.tzinfo is None:
        start_time = start_time.replace(tzinfo=datetime.timezone.utc)
    if start_time < datetime.datetime.now(datetime.timezone.utc):
        raise ValidationError("Given start time is in the past")
