"""Launch templates: whole lists with tokens (moto stops at 15 in silence), and deletion of single versions."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models.launch_templates import LaunchTemplate, LaunchTemplateBackend
from moto.ec2.responses import EC2Response
from moto.ec2.responses.launch_templates import LaunchTemplates

from .extending import extend

LIST_KEYS = {
    "describe_launch_templates": "LaunchTemplates",
    "describe_launch_template_versions": "LaunchTemplateVersions",
}
EVERYTHING = 1_000_000


def install() -> None:
    for action, key in LIST_KEYS.items():

        @extend(LaunchTemplates, action)
        def page(original: Any, response: Any, key: str = key) -> ActionResult:
            parameters = response._get_params()
            size = int(parameters.get("MaxResults") or 200)
            start = int(parameters.get("NextToken") or 0)
            response.params = {**response.params, "MaxResults": EVERYTHING}
            found = original().result[key]
            following = str(start + size) if start + size < len(found) else None
            return ActionResult({key: found[start : start + size], "NextToken": following})

    EC2Response.delete_launch_template_versions = _delete_versions
    # moto keeps the tags of the day of creation.
    LaunchTemplate.tags = property(lambda template: template.get_tags(), lambda template, tags: None)

    @extend(LaunchTemplateBackend, "create_launch_template")
    def create(original: Any, _: Any, name: str, description: str, data: dict[str, Any], tags: dict[str, Any]) -> Any:
        # Tags of the template itself are not part of what it launches; moto writes them into its data.
        launched = [it for it in data.get("TagSpecifications", []) if it["ResourceType"] != "launch-template"]
        data = {key: value for key, value in data.items() if key != "TagSpecifications"}
        return original(name, description, data | ({"TagSpecifications": launched} if launched else {}), tags)


def _delete_versions(response: Any) -> ActionResult:
    parameters = response._get_params()
    backend = response.ec2_backend
    name = parameters.get("LaunchTemplateName")
    template = (
        backend.get_launch_template_by_name(name) if name else backend.get_launch_template(parameters["LaunchTemplateId"])
    )
    deleted, kept = [], []
    for number in (int(it) for it in parameters["Versions"]):
        subject = {"LaunchTemplateId": template.id, "LaunchTemplateName": template.name, "VersionNumber": number}
        known = any(version.number == number for version in template.versions)
        if number == template.default_version_number or not known:
            code = "unexpectedError" if known else "launchTemplateVersionDoesNotExist"
            kept.append(subject | {"ResponseError": {"Code": code, "Message": "cannot be deleted"}})
        else:
            deleted.append(subject)
    gone = {item["VersionNumber"] for item in deleted}
    template.versions = [version for version in template.versions if version.number not in gone]
    return ActionResult(
        {"SuccessfullyDeletedLaunchTemplateVersions": deleted, "UnsuccessfullyDeletedLaunchTemplateVersions": kept}
    )
