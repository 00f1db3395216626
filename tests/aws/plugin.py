"""Asks an unmodified provider over Terraform's plugin protocol 5. Needs `pip install grpcio msgpack`.

The few messages that are needed are encoded by hand, so that no generated code is.
"""

import glob
import os
import subprocess

import grpc
import msgpack

COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"
CALLS = {
    "resource": "ValidateResourceTypeConfig",
    "data": "ValidateDataSourceConfig",
    "ephemeral": "ValidateEphemeralResourceConfig",
}


class Unknown:
    """The value that a plan does not know yet."""


UNKNOWN = Unknown()


def varint(number):
    out = b""
    while True:
        byte, number = number & 127, number >> 7
        if not number:
            return out + bytes([byte])
        out += bytes([byte | 128])


def field(tag, content):
    return varint(tag << 3 | 2) + varint(len(content)) + content


def fields(message):
    """The (tag, value) pairs of a message."""
    at = 0

    def number():
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(message):
        key = number()
        tag, kind = key >> 3, key & 7
        if kind == 0:
            yield tag, number()
        else:
            length = number() if kind == 2 else 8 if kind == 1 else 4
            yield tag, message[at : at + length]
            at += length


def dynamic(value):
    def unknown(it):
        if it is UNKNOWN:
            return msgpack.ExtType(0, b"\0")
        raise TypeError(it)

    return field(1, msgpack.packb(value, default=unknown))


def diagnostic(message):
    severity, summary, detail, path = "error", "", "", []
    for tag, value in fields(message):
        if tag == 1 and value == 2:
            severity = "warning"
        elif tag == 2:
            summary = value.decode()
        elif tag == 3:
            detail = value.decode()
        elif tag == 4:
            steps = (part for _, step in fields(value) for part in fields(step))
            path = [it.decode() if tag < 3 else it for tag, it in steps]
    return severity, summary, detail, tuple(path)


class Provider:
    def __init__(self, folder):
        """`folder` is a filesystem mirror, such as Terraform's `terraform providers mirror` writes."""
        pattern = f"{folder}/registry.terraform.io/hashicorp/aws/*/*/terraform-provider-aws*"
        environment = dict(os.environ, TF_PLUGIN_MAGIC_COOKIE=COOKIE, PLUGIN_PROTOCOL_VERSIONS="5")
        self.process = subprocess.Popen(
            [glob.glob(pattern)[0]], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        address = self.process.stdout.readline().decode().split("|")[3]
        options = [("grpc.max_receive_message_length", -1)]
        self.channel = grpc.insecure_channel("unix:" + address, options=options)
        self.call("GetSchema", b"")

    def call(self, method, request):
        raw = {"request_serializer": lambda it: it, "response_deserializer": lambda it: it}
        return self.channel.unary_unary("/tfplugin5.Provider/" + method, **raw)(request)

    def validate(self, mode, name, config):
        """The diagnostics for a whole configuration: every attribute is there, null if not set."""
        if mode == "provider":
            answer = self.call("PrepareProviderConfig", field(1, dynamic(config)))
        else:
            answer = self.call(CALLS[mode], field(1, name.encode()) + field(2, dynamic(config)))
        wanted = 2 if mode == "provider" else 1
        return [diagnostic(it) for tag, it in fields(answer) if tag == wanted]

    def close(self):
        self.process.terminate()
        self.process.wait()
