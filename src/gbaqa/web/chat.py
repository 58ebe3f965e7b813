"""The chat: a Gradio app over an Assistant."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount

from gbaqa.assistant import Assistant, Turn
from gbaqa.errors import GbaqaError
from gbaqa.web.conversation import newest_html, past_html, pending_html, problem_html, turn_html
from gbaqa.web.masthead import masthead_html, titles
from gbaqa.web.texts import EXAMPLES, TEXTS, browser_script

_HERE = Path(__file__).parent
_SANS = ("system-ui", "-apple-system", "Segoe UI", "sans-serif")
_MONO = ("ui-monospace", "Menlo", "monospace")

# Runs beside the newest turn: a new question is brought to the top, an answer that grows leaves the reader where they are.
_SCROLL_TO_NEWEST = """
let shown = "";
watch("value", () => {
  const turn = element.querySelector("[data-newest] > article");
  if (!turn || turn.id === shown) return;
  shown = turn.id;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  turn.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
});
"""

Update = dict[Any, Any]


def mount_chat(app: FastAPI, assistant: Assistant) -> FastAPI:
    """Serve the chat at the root of an app. Pages and styles come from this machine only; nothing is recorded or uploaded."""
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_chat(assistant),
        path="/",
        theme=_theme(),
        css_paths=[_HERE / "palette.css", _HERE / "style.css"],
        js=(_HERE / "page.js").read_text("utf-8"),
        favicon_path=str(_HERE / "favicon.svg"),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        max_file_size=1,
    )
    return mounted


def end_streams(app: FastAPI) -> None:
    """End the streams that open pages hold for as long as they are open; a server would wait for them when it stops."""
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, gr.routes.App):
            route.app.stop_event.set()


def build_chat(assistant: Assistant) -> gr.Blocks:
    """The Blocks of the chat."""
    documents = list(assistant.index.documents.values())
    blocks = gr.Blocks(title=titles(documents, "en"), analytics_enabled=False, fill_width=True)
    with blocks:
        turns = gr.State([])
        masthead = gr.HTML(elem_id="masthead", apply_default_css=False)
        past = gr.HTML(elem_id="past", apply_default_css=False, js_on_load=None)
        newest = gr.HTML(newest_html(""), elem_id="newest", apply_default_css=False, js_on_load=_SCROLL_TO_NEWEST)
        with gr.Row(elem_id="examples") as examples:
            buttons = [gr.Button(question, elem_classes=["example", script]) for script, question in EXAMPLES.items()]
        box = gr.Textbox(elem_id="question", show_label=False, container=False, lines=1, max_lines=6, autofocus=True, submit_btn=True)

        def welcome(request: gr.Request) -> Update:
            """The page in the reader's language."""
            script = browser_script(request.headers.get("accept-language", ""))
            words = TEXTS[script]
            asking = gr.update(label=words.question, placeholder=words.placeholder, submit_btn=words.ask)
            return {masthead: masthead_html(documents, script), box: asking}

        async def ask(question: str, before: list[Turn]) -> AsyncIterator[Update]:
            """Answer a question: it appears at once, its answer as it grows, its sources at the end."""
            number = len(before) + 1
            pending = newest_html(pending_html(question, number), busy=True)
            yield {box: "", past: past_html(before), newest: pending, examples: gr.update(visible=False)}
            try:
                async for answer in assistant.astream(question, before):
                    yield {newest: newest_html(turn_html(question, answer, number), busy=True)}
            except GbaqaError as error:
                yield {box: question.strip(), newest: newest_html(problem_html(question, str(error), number))}
            else:
                yield {newest: newest_html(turn_html(question, answer, number)), turns: [*before, Turn(question, answer)]}

        outputs = [box, past, newest, examples, turns]
        quietly: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        box.submit(ask, [box, turns], outputs, concurrency_limit=None, **quietly)
        for button in buttons:
            button.click(ask, [button, turns], outputs, concurrency_limit=None, **quietly)
        blocks.load(welcome, None, [masthead, box], queue=False, **quietly)
    return blocks


def _theme() -> gr.themes.Base:
    """Ink on paper, set from the machine's own fonts (Gradio's themes name web fonts). The rest is in palette.css and style.css."""
    return gr.themes.Base(font=_SANS, font_mono=_MONO).set(
        body_background_fill="var(--paper)",
        body_background_fill_dark="var(--paper)",
        body_text_color="var(--ink)",
        body_text_color_dark="var(--ink)",
    )
