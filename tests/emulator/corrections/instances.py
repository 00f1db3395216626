"""Instances pass through pending, stopping and shutting-down; moto changes their state at once."""

import base64
import time
from typing import Any

import moto.ec2.responses.instances as answers
from moto.core.types import Base64EncodedString
from moto.ec2.models.instances import Instance, InstanceBackend, InstanceState
from moto.ec2.responses.instances import InstanceResponse

from .extending import extend

# Those of an instance that moto makes without mappings.
ROOT_DEVICE, ROOT_SIZE = "/dev/sda1", 8
PASSING = {"start": ("pending", 0), "stop": ("stopping", 64), "terminate": ("shutting-down", 32)}


def install(pending_seconds: float) -> None:
    def state(instance: Instance) -> InstanceState:
        change, since = instance.__dict__.get("_change", ("start", 0.0))
        if time.monotonic() - since < pending_seconds:
            return InstanceState(*PASSING[change])
        return instance._state

    for change in PASSING:

        @extend(Instance, change)
        def record(original: Any, instance: Instance, change: str = change) -> Any:
            previous = state(instance)
            if change == "terminate" and instance._state.name == "terminated":
                # Terminating again changes nothing; moto looks for network interfaces that are gone.
                return previous
            instance._change = (change, time.monotonic())
            original()
            return previous

    @extend(Instance, "__init__")
    def begin(original: Any, instance: Instance, *arguments: Any, **named: Any) -> None:
        original(*arguments, **named)
        instance._change = ("start", time.monotonic())
        # Interfaces made with an instance end with it unless the caller said otherwise; moto keeps them.
        kept = {
            int(interface["DeviceIndex"])
            for interface in named.get("nics") or []
            if interface.get("NetworkInterfaceId") or interface.get("DeleteOnTermination") is False
        }
        for index, interface in instance.nics.items():
            interface.delete_on_termination = index not in kept

    @extend(Instance, "add_block_device")
    def device(original: Any, _: Instance, size: Any, path: str, snapshot_id: Any, *arguments: Any, **named: Any) -> None:
        # What a mapping leaves out of the image's root device, the image says; moto refuses it.
        if not size and not snapshot_id and path == ROOT_DEVICE:
            size = ROOT_SIZE
        original(size, path, snapshot_id, *arguments, **named)

    validate = InstanceResponse._validate_block_device_mapping

    def validate_mapping(mapping: dict[str, Any]) -> None:
        if mapping.get("DeviceName") == ROOT_DEVICE and "Ebs" in mapping:
            mapping = mapping | {"Ebs": {"VolumeSize": ROOT_SIZE} | mapping["Ebs"]}
        validate(mapping)

    InstanceResponse._validate_block_device_mapping = staticmethod(validate_mapping)

    parse = answers.parse_user_data

    def user_data(value: Any) -> Any:
        # ModifyInstanceAttribute takes a blob, which is decoded by now; moto looks for base64 in what it says.
        return Base64EncodedString(base64.b64encode(value).decode()) if isinstance(value, bytes) else parse(value)

    answers.parse_user_data = user_data

    Instance.instance_state = property(state)
    Instance.state = property(lambda instance: state(instance).name)
    Instance.state_code = property(lambda instance: state(instance).code)


def live(backend: InstanceBackend) -> list[Instance]:
    """Instances that still hold their subnet, groups and addresses."""
    return [instance for instance in backend.all_instances() if instance.state != "terminated"]
