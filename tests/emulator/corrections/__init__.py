"""Where moto is more lenient than AWS, or answers otherwise: one module an area, each with an `install`."""

from . import (
    addresses,
    autoscaling,
    autoscaling_groups,
    iam,
    images,
    instances,
    launch_templates,
    nat_gateways,
    networks,
    regions,
    security_groups,
    tagging,
)


def install(pending_seconds: float) -> None:
    """Corrects moto in this process. `pending_seconds` is how long things stay in their passing states."""
    instances.install(pending_seconds)
    nat_gateways.install(pending_seconds)
    autoscaling_groups.install(pending_seconds)
    for area in (addresses, autoscaling, iam, images, launch_templates, networks, regions, security_groups, tagging):
        area.install()
