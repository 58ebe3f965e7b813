"""The chat: a Gradio app over an Assistant. The conversation is kept in the reader's browser, and nowhere else."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount

from gbaqa.answering.city_board import CityBoard
from gbaqa.assistant import Assistant
from gbaqa.language.script import Script
from gbaqa.web.dialogue import Dialogue, Step
from gbaqa.web.examples import Examples
from gbaqa.web.first_paint import FirstPaint, InScript
from gbaqa.web.frame import asset
from gbaqa.web.live import PerIndex
from gbaqa.web.masthead import masthead_html, titles
from gbaqa.web.reader import reader_script
from gbaqa.web.stopping import Stoppable
from gbaqa.web.texts import TEXTS

_HERE = Path(__file__).parent
_SANS = ("system-ui", "-apple-system", "Segoe UI", "sans-serif")
_MONO = ("ui-monospace", "Menlo", "monospace")
# Gradio encrypts what it keeps in the browser. A key of the server's own would make every restart lose the conversations;
# this one hides nothing, nor does it have to: what it locks is the reader's own, on the reader's own machine.
_STORAGE_SECRET = "gbaqa keeps nothing"  # noqa: S105
# Gradio remembers what each open page shows, some hundred kilobytes, and forgets the oldest page beyond so many, which loses
# nothing. Its own number, ten thousand, would fill a gigabyte.
_PAGES_REMEMBERED = 100

Update = dict[Any, Any]


def mount_chat(app: FastAPI, dialogue: Dialogue, assistant: Assistant, examples: Examples) -> FastAPI:
    """Serve the chat at the root of an app. Pages and styles come from this machine only; nothing is recorded or uploaded.

    Args:
        app: to mount it in.
        dialogue: what is shown of conversations.
        assistant: whose documents the page is about.
        examples: questions to begin with.
    """
    board = PerIndex(assistant, CityBoard.from_index)

    def title(script: Script) -> str:
        return titles(list(assistant.index.documents.values()), script)

    def head(script: Script) -> str:
        return masthead_html(list(assistant.index.documents.values()), script, with_cities=bool(board().cells))

    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_chat(dialogue, title, head, _storage_key(assistant)),
        path="/",
        theme=_theme(),
        css_paths=[_HERE / name for name in ("palette.css", "switches.css", "style.css", "turn.css", "actions.css")],
        favicon_path=str(_HERE / "favicon.svg"),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        max_file_size=1,
    )
    for chat in _gradio_apps(app):
        chat.add_middleware(FirstPaint, title=title, head=head, examples=examples)
    return mounted


def end_streams(app: FastAPI) -> None:
    """End the streams that open pages hold for as long as they are open; a server would wait for them when it stops."""
    for chat in _gradio_apps(app):
        chat.stop_event.set()


def _gradio_apps(app: FastAPI) -> list[gr.routes.App]:
    return [route.app for route in app.routes if isinstance(route, Mount) and isinstance(route.app, gr.routes.App)]


def build_chat(dialogue: Dialogue, title: InScript, head: InScript, storage_key: str) -> gr.Blocks:
    """The Blocks of the chat.

    Args:
        dialogue: what is shown.
        title: of the window, in a script.
        head: HTML of the head of the page, in a script.
        storage_key: what the browser keeps the conversation under.
    """
    blocks = gr.Blocks(title=title("en"), analytics_enabled=False, fill_width=True)
    blocks.state_session_capacity = _PAGES_REMEMBERED
    stoppable = Stoppable()
    with blocks:
        stored = gr.BrowserState([], storage_key=storage_key, secret=_STORAGE_SECRET)
        masthead = gr.HTML(elem_id="masthead", apply_default_css=False, js_on_load=asset("masthead.js"))
        past = gr.HTML(elem_id="past", apply_default_css=False, js_on_load=None)
        newest = gr.HTML(elem_id="newest", apply_default_css=False, js_on_load=asset("newest.js"))
        box = gr.Textbox(elem_id="question", show_label=False, container=False, lines=1, max_lines=6, autofocus=True, submit_btn=True)

        def shown(step: Step) -> Update:
            changed = {newest: step.newest, past: step.past, stored: step.stored}
            return {component: value for component, value in changed.items() if value is not None}

        def begin(request: gr.Request, before: Any) -> Update:
            """The page in the reader's language, with the conversation that the browser has kept."""
            script = reader_script(request)
            words = TEXTS[script]
            asking = gr.update(label=words.question, placeholder=words.placeholder, submit_btn=words.ask)
            return shown(dialogue.begun(script, before)) | {masthead: head(script), box: asking}

        async def ask(request: gr.Request, question: str | None, before: Any) -> AsyncIterator[Update]:
            if question is None:  # asking.js found that what waited is not meant any more
                yield {newest: gr.skip()}
                return
            steps = dialogue.ask(question, reader_script(request), before)
            async for step in stoppable.until_stopped(_page(request), steps, lambda: dialogue.stopped(question, before)):
                yield shown(step)

        async def stop(request: gr.Request) -> None:
            stoppable.stop(_page(request))

        def clear(request: gr.Request) -> Update:
            return shown(dialogue.cleared(reader_script(request)))

        outputs = [newest, past, stored]
        quietly: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        # One event for all questions, so that none begins before the one before has ended ("always_last" keeps it until then).
        # The box is no output of it: asking.js empties it as a question is sent, and what is typed after that is the next one.
        gr.on(
            [box.submit, newest.submit],
            ask,
            [box, stored],
            outputs,
            js="(typed, stored) => window.gbaqaAsk(typed, stored)",
            concurrency_limit=None,
            trigger_mode="always_last",
            **quietly,
        )
        newest.stop(stop, None, None, queue=False, **quietly)
        newest.clear(clear, None, outputs, queue=False, **quietly)
        gr.on([blocks.load, masthead.select], begin, [stored], [masthead, box, *outputs], queue=False, **quietly)
    return blocks


def _page(request: gr.Request) -> str:
    """Tells open pages apart."""
    return request.session_hash or ""


def _storage_key(assistant: Assistant) -> str:
    """Another corpus has other conversations: their marks would lead to pages that are not there."""
    return f"gbaqa-conversation-{assistant.index.manifest.fingerprint[:16]}"


def _theme() -> gr.themes.Base:
    """Ink on paper, set from the machine's own fonts (Gradio's themes name web fonts). The rest is in palette.css and style.css."""
    return gr.themes.Base(font=_SANS, font_mono=_MONO).set(
        body_background_fill="var(--paper)",
        body_background_fill_dark="var(--paper)",
        body_text_color="var(--ink)",
        body_text_color_dark="var(--ink)",
    )
