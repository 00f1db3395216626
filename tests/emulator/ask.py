"""One call to the API behind rforge's back: `python -m emulator.ask SERVICE ACTION [JSON] [JMESPATH]`.

Reads endpoint, region and credentials from the environment, as rforge does. Prints what the JMESPath expression selects.
"""

import json
import sys

import boto3
import jmespath


def main() -> None:
    service, action = sys.argv[1:3]
    parameters = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {}
    answer = getattr(boto3.client(service), action)(**parameters)
    if len(sys.argv) > 4:
        selected = jmespath.search(sys.argv[4], answer)
        print(selected if isinstance(selected, str) else json.dumps(selected, default=str))


if __name__ == "__main__":
    main()
