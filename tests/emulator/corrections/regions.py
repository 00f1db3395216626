"""An account of the standard partition sees only that partition's regions."""

from typing import Any

from moto.ec2.models.availability_zones_and_regions import RegionsAndZonesBackend

from .extending import extend

OTHER_PARTITIONS = ("cn-", "us-gov-", "us-iso", "eu-isoe", "eusc-")


def install() -> None:
    @extend(RegionsAndZonesBackend, "describe_regions")
    def describe(original: Any, _: Any, *arguments: Any, **named: Any) -> Any:
        return [region for region in original(*arguments, **named) if not region.name.startswith(OTHER_PARTITIONS)]
