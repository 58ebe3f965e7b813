"""The few sentences that gbaqa says itself, in its three scripts."""

from gbaqa.language.script import Language, Script

NOT_STATED: dict[Script, str] = {
    "en": "The paper does not say.",
    "zh-Hans": "文中没有说明这一点。",
    "zh-Hant": "文中沒有說明這一點。",
}
ELSEWHERE: dict[Script, str] = {
    "en": "The paper does not say: it is about other things.",
    "zh-Hans": "文中没有说明这一点，这不在其讨论范围内。",
    "zh-Hant": "文中沒有說明這一點，這不在其討論範圍內。",
}
MISSING: dict[Script, str] = {
    "en": "On this it gives nothing for {missing}.",
    "zh-Hans": "在这方面没有关于{missing}的内容。",
    "zh-Hant": "在這方面沒有關於{missing}的內容。",
}
OTHERWISE: dict[Script, str] = {
    "en": "The paper says otherwise:",
    "zh-Hans": "文中的说法并非如此：",
    "zh-Hant": "文中的說法並非如此：",
}
UNSURE: dict[Script, str] = {
    "en": "The paper may not answer this directly. What comes nearest:",
    "zh-Hans": "文中未必直接回答了这一点，最接近的内容是：",
    "zh-Hant": "文中未必直接回答了這一點，最接近的內容是：",
}
NEAREST: dict[Script, str] = {
    "en": "Nearest to it, {place} gives: “{quote}”",
    "zh-Hans": "相近的内容见{place}：“{quote}”",
    "zh-Hant": "相近的內容見{place}：「{quote}」",
}
CONTRADICTED: dict[Script, str] = {
    "en": "It says otherwise: {place} gives “{quote}”",
    "zh-Hans": "文中的说法并非如此，见{place}：“{quote}”",
    "zh-Hant": "文中的說法並非如此，見{place}：「{quote}」",
}
VERSION: dict[Script, dict[Language, str]] = {
    "en": {"en": "{page} (English)", "zh": "{page} (Chinese)"},
    "zh-Hans": {"en": "英文{page}", "zh": "中文{page}"},
    "zh-Hant": {"en": "英文{page}", "zh": "中文{page}"},
}
LISTING: dict[Script, str] = {"en": ", ", "zh-Hans": "，", "zh-Hant": "，"}
OUR: dict[Script, str] = {"en": "our {digest}", "zh-Hans": "我们的{digest}", "zh-Hant": "我們的{digest}"}
ONLY_OTHER_LANGUAGE: dict[Script, str] = {
    "en": "Only the Chinese text says so:",
    "zh-Hans": "仅英文原文提及：",
    "zh-Hant": "僅英文原文提及：",
}

# The sentence of a difference is put together in English or Simplified Chinese and converted whole.
DIFFERS: dict[Language, str] = {"en": "{text} says {theirs} instead of {ours}.", "zh": "{text}作{theirs}，而非{ours}。"}
DIFFERS_IN_WORDS: dict[Language, str] = {"en": "{text} words it otherwise: {theirs}", "zh": "{text}的说法不同：{theirs}"}
DIFFERS_IN: dict[Language, dict[Language, str]] = {
    "en": {"en": "The English text{place}", "zh": "The Chinese text{place}"},
    "zh": {"en": "英文版{place}", "zh": "中文版{place}"},
}
DIFFERS_ON: dict[Language, str] = {"en": ", {page},", "zh": "{page}"}
DIFFERS_IN_DIGEST: dict[Language, str] = {"en": " (our digest of {page})", "zh": "（{page}摘要）"}
