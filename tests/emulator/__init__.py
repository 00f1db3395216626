"""An AWS API on loopback for tests: moto over HTTP, corrected where AWS is stricter, with faults on demand.

`python -m emulator --port 0` starts it and prints `listening on http://127.0.0.1:PORT`. Beside the AWS services it answers:

    GET  /_emulator/log         every AWS request: service, region, action, mutating, time, status, fault
    POST /_emulator/faults      a JSON list of rules (faults.py), replacing the present ones
    GET  /_emulator/inventory   what is alive, read through the API (inventory.py); ?regions=a,b narrows it
    POST /_emulator/reset       forget everything: objects, log, faults, client tokens
"""
