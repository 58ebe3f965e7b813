"""The widget: the chat as one script for any site, and as a page for an iframe."""

from gbaqa.web.widget.routes import router

__all__ = ["router"]
