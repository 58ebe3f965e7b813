"""What the widget says beyond the chat's own words, in the three scripts of the interface."""

from dataclasses import asdict, dataclass

from gbaqa.language.script import Script
from gbaqa.web.chat_texts import CHAT_TEXTS
from gbaqa.web.texts import TEXTS


@dataclass(frozen=True, slots=True)
class WidgetTexts:
    """Strings in one script; those with braces are filled by the script in the browser."""

    open: str
    close: str
    restart: str
    full: str
    welcome: str
    stop: str
    stopped: str
    retry: str
    asked: str
    new_tab: str
    see_page: str
    answer_ready: str
    offline: str
    unreachable: str
    foreign: str
    blocked: str
    busy: str
    trouble: str


WIDGET_TEXTS: dict[Script, WidgetTexts] = {
    "en": WidgetTexts(
        open="Ask the report",
        close="Close",
        restart="New conversation",
        full="Open the full page",
        welcome="Ask a question. Each answer names the printed page and the notes behind it.",
        stop="Stop",
        stopped="Stopped before the answer was complete.",
        retry="Try again",
        asked="You asked:",
        new_tab="opens in a new tab",
        see_page="Show on the page",
        answer_ready="Answer, sources: {count}.",
        offline="You seem to be offline. Your question is kept; try again when the connection is back.",
        unreachable="The answering service cannot be reached at the moment. Your question is kept.",
        foreign="This site may not use the answering service yet. Its operator has to add {origin} to the allowed sites.",
        blocked="This page's security policy does not let it reach the answering service ({host}).",
        busy="Many questions are being asked right now. Please try again in a moment.",
        trouble="Something went wrong while answering. Your question is kept.",
    ),
    "zh-Hans": WidgetTexts(
        open="向报告提问",
        close="关闭",
        restart="新的对话",
        full="打开完整页面",
        welcome="请提问。每个答案都注明印刷页码和所依据的脚注。",
        stop="停止",
        stopped="已停止，答案不完整。",
        retry="重试",
        asked="你的提问：",
        new_tab="在新标签页打开",
        see_page="在页面中查看",
        answer_ready="答案，出处{count}条。",
        offline="网络似乎已断开。问题已保留，恢复连接后可重试。",
        unreachable="暂时无法连接问答服务。问题已保留。",
        foreign="本网站尚未获准使用问答服务。服务的管理员需要把{origin}加入允许的网站。",
        blocked="本页面的安全策略不允许连接问答服务（{host}）。",
        busy="目前提问较多，请稍后再试。",
        trouble="回答时出现问题。问题已保留。",
    ),
    "zh-Hant": WidgetTexts(
        open="向報告提問",
        close="關閉",
        restart="新的對話",
        full="開啟完整頁面",
        welcome="請提問。每個答案都註明印刷頁碼和所依據的註腳。",
        stop="停止",
        stopped="已停止，答案並不完整。",
        retry="再試一次",
        asked="你的提問：",
        new_tab="在新分頁開啟",
        see_page="在頁面中查看",
        answer_ready="答案，出處{count}條。",
        offline="網絡似乎已中斷。問題已保留，恢復連線後可再試一次。",
        unreachable="暫時未能連接問答服務。問題已保留。",
        foreign="本網站尚未獲准使用問答服務。服務的管理員需要把{origin}加入獲准的網站。",
        blocked="本頁面的保安政策不容許連接問答服務（{host}）。",
        busy="現時提問較多，請稍後再試。",
        trouble="回答時出現問題。問題已保留。",
    ),
}

# What the widget says in the chat's own words.
_SHARED = (
    "digest_notice",
    "question",
    "placeholder",
    "ask",
    "pending",
    "understood_as",
    "sources",
    "source",
    "page",
    "about_page",
    "digest",
    "digest_without_page",
    "sheet",
    "no_page",
    "note",
    "note_elsewhere",
    "version",
    "differs",
    "nearest",
    "refused_hint",
)


def strings(script: Script) -> dict[str, str | dict[str, str]]:
    """All that the widget says in a script, by name."""
    shared = {name: getattr(TEXTS[script], name) for name in _SHARED}
    return shared | {"examples": CHAT_TEXTS[script].examples} | asdict(WIDGET_TEXTS[script])
