"""Scaling groups: unique names, capacities within bounds, members that start as Pending, deletion that takes time."""

import time
from typing import Any

from moto.autoscaling.exceptions import AutoscalingClientError, ValidationError
from moto.autoscaling.models import AutoScalingBackend, FakeAutoScalingGroup
from moto.autoscaling.responses import AutoScalingResponse

from . import autoscaling
from .extending import extend

# Settings that moto's create or update leaves out, with the attributes that its describe reads.
KEPT = {
    "DefaultCooldown": ("default_cooldown", int),
    "DefaultInstanceWarmup": ("default_instance_warmup", int),
    "MaxInstanceLifetime": ("max_instance_lifetime", int),
    "HealthCheckGracePeriod": ("health_check_grace_period", int),
    "PlacementGroup": ("placement_group", str),
    "ServiceLinkedRoleARN": ("service_linked_role_arn", str),
    "TerminationPolicies": ("termination_policies", list),
    "CapacityRebalance": ("capacity_rebalance", bool),
    "DesiredCapacityType": ("desired_capacity_type", str),
    "Context": ("context", str),
}


class AlreadyExistsError(AutoscalingClientError):
    code = "AlreadyExists"


class ResourceInUseError(AutoscalingClientError):
    code = "ResourceInUse"


class Member:
    """A group's instance as describe shows it: Pending until the instance runs."""

    def __init__(self, state: Any) -> None:
        self._state = state

    def __getattr__(self, name: str) -> Any:
        return getattr(self._state, name)

    @property
    def lifecycle_state(self) -> str:
        pending = self._state.instance.state == "pending" and self._state.lifecycle_state == "InService"
        return "Pending" if pending else self._state.lifecycle_state


def install(pending_seconds: float) -> None:
    FakeAutoScalingGroup.instances = property(lambda group: [Member(state) for state in group.instance_states])

    def leaving(backend: Any) -> list[Any]:
        """Deleted groups that describe still shows."""
        now = time.monotonic()
        return [group for group, until in backend.__dict__.get("_leaving", []) if until > now]

    @extend(AutoScalingBackend, "create_auto_scaling_group")
    def create(original: Any, backend: Any, name: str, *arguments: Any, **named: Any) -> Any:
        if name in backend.autoscaling_groups or any(group.name == name for group in leaving(backend)):
            raise AlreadyExistsError("AutoScalingGroup by this name already exists - A group with the name already exists")
        return original(name, *arguments, **named)

    @extend(AutoScalingBackend, "describe_auto_scaling_groups")
    def describe(original: Any, backend: Any, names: list[str], filters: Any = None) -> Any:
        gone = [] if filters else [group for group in leaving(backend) if not names or group.name in names]
        return original(names, filters) + gone

    @extend(AutoScalingResponse, "delete_auto_scaling_group")
    def delete(original: Any, response: Any) -> Any:
        backend, name = response.autoscaling_backend, response._get_param("AutoScalingGroupName")
        group = backend.autoscaling_groups.get(name)
        forced = str(response._get_param("ForceDelete", "false")).lower() == "true"
        if group is not None and group.instance_states and not forced:
            message = "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group."
            raise ResourceInUseError(message)
        result = original()
        group.status = "Delete in progress"
        backend._leaving = [(it, until) for it, until in backend.__dict__.get("_leaving", []) if until > time.monotonic()]
        backend._leaving.append((group, time.monotonic() + pending_seconds))
        autoscaling.forget_group(backend, name)
        return result

    for action in ("create_auto_scaling_group", "update_auto_scaling_group"):

        @extend(AutoScalingResponse, action)
        def keep(original: Any, response: Any) -> Any:
            parameters = response._get_params()
            backend, name = response.autoscaling_backend, parameters.get("AutoScalingGroupName")
            _require_capacity_within_bounds(parameters, backend.autoscaling_groups.get(name))
            result = original()
            for parameter, (attribute, convert) in KEPT.items():
                if parameter in parameters:
                    value = parameters[parameter]
                    value = str(value).lower() == "true" if convert is bool else convert(value)
                    setattr(backend.autoscaling_groups[name], attribute, value)
            return result


def _require_capacity_within_bounds(parameters: dict[str, Any], group: Any) -> None:
    def number(parameter: str, attribute: str) -> int | None:
        given = parameters.get(parameter)
        return int(given) if given is not None else getattr(group, attribute, None)

    low, high = number("MinSize", "min_size"), number("MaxSize", "max_size")
    desired = number("DesiredCapacity", "desired_capacity")
    if low is not None and high is not None and low > high:
        raise ValidationError(f"Max bound, {high}, must be greater than or equal to min bound, {low}")
    if "DesiredCapacity" not in parameters or desired is None:
        return
    if low is not None and desired < low:
        raise ValidationError(f"Desired capacity:{desired} must be above or equal to min size:{low}")
    if high is not None and desired > high:
        raise ValidationError(f"Desired capacity:{desired} must be below or equal to max size:{high}")
