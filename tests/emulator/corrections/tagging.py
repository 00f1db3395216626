"""GetResources answers for named objects in one page, and knows instance profiles in us-east-1."""

from typing import Any

from moto.core.resource_tagging import TaggedResource
from moto.iam.models import iam_backends
from moto.resourcegroupstaggingapi.models import ResourceGroupsTaggingAPIBackend

from .extending import extend


def install() -> None:
    @extend(ResourceGroupsTaggingAPIBackend, "get_resources")
    def get_resources(original: Any, backend: Any, **parameters: Any) -> Any:
        named = parameters.get("resource_arn_list")
        if not named:
            return original(**parameters)
        found = list(backend._get_resources_generator(resource_arn_list=named))
        if backend.region_name == "us-east-1":
            found += [it for it in _profiles(backend.account_id) if it.arn in named]
        return None, found


def _profiles(account: str) -> list[TaggedResource]:
    profiles = iam_backends[account]["aws"].instance_profiles.values()
    tagged = ((it.arn, {tag["Key"]: tag["Value"] for tag in it.tags}) for it in profiles)
    return [TaggedResource(arn=arn, tags=tags, resource_type="iam:instance-profile") for arn, tags in tagged if tags]
