"""Starts the emulator: `python -m emulator [--port N]`. Port 0 picks a free one; the chosen one is printed."""

import argparse
import os
import signal

# What moto leaves off unless asked. Set before moto is imported, because it reads some of them then.
MOTO_SETTINGS = {
    "MOTO_ENABLE_AMI_VALIDATION": "true",
    "MOTO_ENABLE_KEYPAIR_VALIDATION": "true",
    "MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION": "true",
    "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",
}


def main() -> None:
    arguments = argparse.ArgumentParser(prog="emulator", description=__doc__)
    arguments.add_argument("--port", type=int, default=0, help="0 picks a free port (the default)")
    arguments.add_argument(
        "--pending-seconds",
        type=float,
        default=float(os.environ.get("EMULATOR_PENDING_SECONDS", "0.3")),
        help="how long instances, NAT gateways and deleted groups stay in their passing states",
    )
    options = arguments.parse_args()
    for name, value in MOTO_SETTINGS.items():
        os.environ.setdefault(name, value)

    from . import corrections, server

    corrections.install(options.pending_seconds)
    listener = server.listen(options.port)
    os.environ["MOTO_PORT"] = str(listener.port)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    print(f"listening on http://127.0.0.1:{listener.port}", flush=True)
    try:
        listener.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
