"""What can be done with an answer and a conversation, in the interface's three scripts."""

from dataclasses import dataclass

from gbaqa.language.script import Script


@dataclass(frozen=True, slots=True)
class ChatTexts:
    """Labels of the chat's buttons and what they say when they have done their work."""

    copy: str
    copied: str
    copy_failed: str
    again: str
    stop: str
    stopped: str
    clear: str
    clear_sure: str
    good: str
    bad: str
    thanks: str
    not_sent: str
    why: str
    reasons: dict[str, str]
    remark: str
    send: str
    examples: str
    failed: str
    offline: str
    busy: str
    offline_again: str
    in_context: str
    worded: str
    cite: str
    footnotes: str
    save: str
    figures: str
    saved: str
    not_saved: str
    conversation: str
    actions: str
    copy_source: str
    keep: str
    kept: str
    not_kept: str
    basket: str
    basket_out: str
    basket_empty: str
    to_copy: str
    to_save: str
    more_sources: str


CHAT_TEXTS: dict[Script, ChatTexts] = {
    "en": ChatTexts(
        copy="Copy with sources",
        copied="Copied",
        copy_failed="This browser does not allow copying",
        again="Ask again",
        stop="Stop",
        stopped="Stopped. Nothing was answered.",
        clear="Clear the conversation",
        clear_sure="Clear this conversation? It is kept in this browser only and cannot be brought back.",
        good="Helpful",
        bad="Not helpful",
        thanks="Thank you. It is kept on this server.",
        not_sent="It could not be sent. Try again.",
        why="What is wrong?",
        reasons={
            "wrong": "The answer is wrong",
            "source": "The source does not say so",
            "incomplete": "Something is missing",
            "other": "Something else",
        },
        remark="In your words (optional)",
        send="Send",
        examples="Questions to begin with",
        failed="Something went wrong on the server. Ask again, or tell whoever runs it.",
        offline="The server cannot be reached. Your question is kept.",
        busy="The server has too much to do just now. Your question is kept.",
        offline_again="Try again",
        worded="Worded by a language model; each sentence was checked against its sources.",
        in_context="In its context",
        cite="Cite",
        footnotes="Footnotes",
        save="Save the conversation",
        figures="Its figures",
        saved="Saved",
        not_saved="It could not be written. Try again.",
        conversation="Conversation",
        actions="What to do with this answer",
        copy_source="Copy",
        keep="Add to basket",
        kept="In the basket",
        not_kept="This browser keeps no more",
        basket="Basket",
        basket_out="Take out",
        basket_empty="Empty the basket",
        to_copy="Copy as",
        to_save="Save as",
        more_sources="{count} more sources",
    ),
    "zh-Hans": ChatTexts(
        copy="连同出处复制",
        copied="已复制",
        copy_failed="此浏览器不允许复制",
        again="重新提问",
        stop="停止",
        stopped="已停止，没有作答。",
        clear="清空对话",
        clear_sure="要清空这段对话吗？它只存于此浏览器，清空后无法恢复。",
        good="有帮助",
        bad="没有帮助",
        thanks="谢谢，意见已存于本服务器。",
        not_sent="未能送出，请再试一次。",
        why="哪里不对？",
        reasons={"wrong": "答案不对", "source": "出处没有这样说", "incomplete": "内容不全", "other": "其他"},
        remark="请说明（可不填）",
        send="送出",
        examples="可以这样问",
        failed="服务器出错了。请重新提问，或告知管理员。",
        offline="无法连接服务器，你的问题已保留。",
        busy="服务器此刻太忙，你的问题已保留。",
        offline_again="再试一次",
        worded="由语言模型撰写，每句话都已与出处核对。",
        in_context="查看上下文",
        cite="引用",
        footnotes="脚注",
        save="保存对话",
        figures="其中的数字",
        saved="已保存",
        not_saved="未能写出，请再试一次。",
        conversation="对话",
        actions="对这个答案的操作",
        copy_source="复制",
        keep="加入收藏",
        kept="已收藏",
        not_kept="此浏览器无法再保存",
        basket="收藏",
        basket_out="移除",
        basket_empty="清空收藏",
        to_copy="复制为",
        to_save="存为文件",
        more_sources="另有{count}处出处",
    ),
    "zh-Hant": ChatTexts(
        copy="連同出處複製",
        copied="已複製",
        copy_failed="此瀏覽器不允許複製",
        again="重新提問",
        stop="停止",
        stopped="已停止，沒有作答。",
        clear="清空對話",
        clear_sure="要清空這段對話嗎？它只存於此瀏覽器，清空後無法恢復。",
        good="有幫助",
        bad="沒有幫助",
        thanks="謝謝，意見已存於本伺服器。",
        not_sent="未能送出，請再試一次。",
        why="哪裏不對？",
        reasons={"wrong": "答案不對", "source": "出處沒有這樣說", "incomplete": "內容不全", "other": "其他"},
        remark="請說明（可不填）",
        send="送出",
        examples="可以這樣問",
        failed="伺服器出錯了。請重新提問，或告知管理員。",
        offline="無法連接伺服器，你的問題已保留。",
        busy="伺服器此刻太忙，你的問題已保留。",
        offline_again="再試一次",
        worded="由語言模型撰寫，每句話都已與出處核對。",
        in_context="查看上下文",
        cite="引用",
        footnotes="註腳",
        save="儲存對話",
        figures="其中的數字",
        saved="已儲存",
        not_saved="未能寫出，請再試一次。",
        conversation="對話",
        actions="對這個答案的操作",
        copy_source="複製",
        keep="加入收藏",
        kept="已收藏",
        not_kept="此瀏覽器無法再儲存",
        basket="收藏",
        basket_out="移除",
        basket_empty="清空收藏",
        to_copy="複製為",
        to_save="存成檔案",
        more_sources="另有{count}處出處",
    ),
}
