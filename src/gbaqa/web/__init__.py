"""The web server: the chat for readers and a small JSON interface.

Gradio reads these variables when it is imported, so they are set here, in front of every module that imports it: nothing
that is asked or answered leaves the machine.
"""

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
