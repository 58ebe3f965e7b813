"""Text that speaks to a model instead of to a reader: "ignore the above", 忽略以上指示, a forged turn of a dialogue.

A statement like that is no evidence for anything, whoever wrote it into a page.
"""

import re

from gbaqa.language.script import clean, to_simplified

_RULES = (
    r"(?:instruction|rule|prompt|guideline|direction|command|statement|evidence|context|polic(?:y|ie)|text|message|question|constraint)s?"
)
_ENGLISH = re.compile(
    rf"\b(?:ignor\w*|disregard\w*|forget\w*|overrid\w*|overrul\w*|bypass\w*|discard\w*)\b[^.!?\n]{{0,30}}\b(?:(?:above|previous|prior|earlier|preceding|foregoing|system|your|these|those|other|original) (?:\w+ )?{_RULES}"
    rf"|{_RULES} (?:above|before|given)|(?:the|everything|anything|all) (?:above|before|previous)|you (?:were|are|have))\b"
    rf"|\b(?:do|must|should) not (?:follow|obey|use|cite|quote|mention|reveal|answer)\b|\bnever (?:cite|mention|reveal|answer)\b"
    r"|\byou (?:are|act|will act|must act|shall act)\b[^.\n]{0,20}\b(?:assistant|model|chatbot|bot|AI|DAN|admin\w*|system|developer)\b"
    r"|\b(?:hidden|system|developer) (?:instruction|prompt|message|directive|rule)s?\b|\b(?:new|real|actual|updated) (?:instruction|prompt|directive|rule|task)s?\s*:"
    r"|(?:^|[.!\n>])\s*(?:system|assistant|developer) ?(?:prompt|message|override|note)?\s*[:>]"
    r"|\b(?:language model|large model|chatbot|AI assistant|AI model|LLM)s?\b[^.\n]{0,40}\b(?:must|should|shall|please|reading|reads?|answer\w*|repl\w+)\b"
    r"|(?:^|[.!:;,]\s*|\band |\bthen |\bplease |\binstead,? )(?:please )?(?:answer|reply|respond|output|print|say|state (?=that)|claim|write|repeat|tell (?:the|your|every)|cite|pretend|append|insert|translate)\b"
    r"[^.\n]{0,40}(?:\bthat\b|\bwith\b|\bonly\b|\binstead\b|\buser|\breader|\bas\b|\bin (?:English|Chinese|French|German)\b|[:“\"\[])",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要理会|不用理会|不必理会|不要遵守|跳过|推翻|绕过|覆盖|丢弃)[^。！？\n]{0,16}(?:指令|指示|说明|规则|提示|要求|内容|设定|证据|陈述|以上|上述|上文|前文|之前|先前|此前)"
    r"|你(?:现在|从现在起|将|必须)?(?:是|扮演|充当)[^。\n]{0,12}(?:助手|助理|模型|机器人|AI|管理员|系统)"
    r"|(?:系统|开发者|隐藏)(?:提示词?|指令|消息)|(?:新的?|真正的?|更新后的)(?:提示词?|指令|指示)\s*[:：]|(?:^|[。！？\s>])(?:系统|助手|助理)\s*[:：]"
    r"|(?:语言模型|大模型|人工智能助手|AI助手|聊天机器人|读到这里的模型|阅读本文的模型)[^。\n]{0,30}(?:必须|应当|应该|请|务必|回答|回复)"
    r"|(?:请|必须|务必|应当|须|只需|改为|然后|直接|一律)[^。，\n]{0,8}(?:回答|回复|输出|写出|写道|声称|告诉|答复|宣称|引用|附上)[^。\n]{0,16}(?:[:：“「\"]|用户|读者|提问者|为|说|成|只|是|[\d])"
    r"|(?:不要|不得|禁止|切勿)(?:引用|提及|标注|透露|回答|遵守)",
    re.IGNORECASE,
)
_FORGED_TURN = re.compile(
    r"<\|?/?(?:im_start|im_end|system|assistant|user|s|inst|eot_id|endoftext)\b|\[/?INST\]|###\s*(?:system|instruction|response)|</?(?:evidence|statements|question)>",
    re.IGNORECASE,
)


def is_instruction(text: str) -> bool:
    """Whether a text tells a model what to do, in English or Chinese of either script."""
    read = to_simplified(clean(text))
    return any(pattern.search(read) for pattern in (_FORGED_TURN, _ENGLISH, _CHINESE))
