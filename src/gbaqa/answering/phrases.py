"""The few sentences that gbaqa says itself, in its three scripts."""

from gbaqa.language.script import Language, Script

NOT_STATED: dict[Script, str] = {
    "en": "The paper does not say.",
    "zh-Hans": "文中没有说明这一点。",
    "zh-Hant": "文中沒有說明這一點。",
}
MISSING: dict[Script, str] = {
    "en": "It gives nothing for {missing}.",
    "zh-Hans": "文中没有关于{missing}的内容。",
    "zh-Hant": "文中沒有關於{missing}的內容。",
}
NEAREST: dict[Script, str] = {
    "en": "Closest to it is p. {page}: {section}.",
    "zh-Hans": "最接近的内容在第{page}页：{section}。",
    "zh-Hant": "最接近的內容在第{page}頁：{section}。",
}
ONLY_OTHER_LANGUAGE: dict[Script, str] = {
    "en": "Only the Chinese text says so:",
    "zh-Hans": "仅英文原文提及：",
    "zh-Hant": "僅英文原文提及：",
}

# The sentence of a difference is put together in English or Simplified Chinese and converted whole.
DIFFERS: dict[Language, str] = {"en": "{text} says {theirs} instead of {ours}.", "zh": "{text}作{theirs}，而非{ours}。"}
DIFFERS_IN: dict[Language, dict[Language, str]] = {
    "en": {"en": "The English text{place}", "zh": "The Chinese text{place}"},
    "zh": {"en": "英文版{place}", "zh": "中文版{place}"},
}
# Printed, about, digest. "p.13" is one word: the figures of these sentences are all of the quotes, and a page is none.
DIFFERS_ON: dict[Language, tuple[str, str, str]] = {
    "en": (", p.{page},", ", about p.{page},", " (our digest of p.{page})"),
    "zh": ("第{page}页", "约第{page}页", "（第{page}页摘要）"),
}
