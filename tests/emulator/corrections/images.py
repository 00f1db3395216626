"""Canonical publishes images of the releases that it supports; those of moto end in 2017."""

from moto.ec2.models import amis

CANONICAL = "099720109477"
RELEASES = {"jammy": "22.04", "noble": "24.04"}
ARCHITECTURES = {"amd64": "x86_64", "arm64": "arm64"}


def install() -> None:
    known = {image["name"]: image for image in amis.AMIS}
    older = next(image for name, image in known.items() if name.startswith("ubuntu/images/hvm-ssd/") and image["owner_id"] == CANONICAL)
    number = 0x240400
    for codename, release in RELEASES.items():
        for suffix, architecture in ARCHITECTURES.items():
            number += 1
            name = f"ubuntu/images/hvm-ssd-gp3/ubuntu-{codename}-{release}-{suffix}-server-20250610"
            if name in known:
                continue
            amis.AMIS.append(
                older
                | {
                    "ami_id": f"ami-0{number:016x}",
                    "name": name,
                    "architecture": architecture,
                    "image_location": f"amazon/{name}",
                    "description": f"Canonical, Ubuntu, {release}, {suffix} {codename} image",
                    "creation_date": "2025-06-10T00:00:00.000Z",
                }
            )
