"""The words that say that a model's service ends, as one pattern of lower-case sentences, and stems that are rare in other texts."""

import re

from monitor.domain.providers import PROVIDERS

_SURFACES = "|".join(re.escape(title.lower()) for title in PROVIDERS.values()) + "|api|app|platform|service"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|20\d\d-)"
_SERVED = r"(?:available|accessible|supported|served|offered)"

# What ends with a model's service; a trial of it ends earlier. Each alternative begins with a letter, by which it is passed over quickly.
_TRIALS = ("free", "early", "trial", "beta", "preview")
_ENDS = r"(?: will end| ends| stops) (?:on|in|at|after|from|as)\b"
_SUPPORT = "|".join(
    noun + "".join(f"(?<!{trial} {noun})" for trial in _TRIALS) + rf" (?:for|to|of)(?= [^.;:]{{1,100}}?{_ENDS})"
    for noun in ("support", "access", "availability", "inference")
)
ENDS = (
    r"retir(?:e|es|ed|ing|ement)|s(?:unset(?:s|ted|ting)?|hut(?:s|ting)?[\s-]?(?:down|off)|witch(?:ed|ing)?\s+off"
    rf"|top(?:s|ped|ping)?\s+(?:working|being\s+{_SERVED}|serving|responding|functioning|operating|accepting\s+requests))"
    r"|d(?:iscontinu(?:e|ed|es|ing|ation)|e(?:commission(?:ed|ing|s)?|activat(?:e|ed|es|ing|ion)|list(?:ed|ing|s)?))|remov(?:e|ed|es|ing|al)"
    r"|withdraw(?:n|s|al)?|t(?:urn(?:ed|ing)?\s+off|aken?\s+offline)|phas(?:e|ed|ing)\s+out"
    r"|e(?:nd(?:[\s-]of[\s-]life|\s+of\s+(?:its|their)\s+life|(?:s|ed|ing)?(?= (?:support for|access to|availability of)\b))|ol)"
    r"|closing\s+down|go(?:(?:es|ne|ing)?\s+offline|(?:es|ing)?\s+away)|(?:no(?:\s+longer|t)\s+(?:be\s+)?|won['\u2019]t\s+be\s+)"
    r"(?:available|accessible|supported|offered)"
    r"|be(?:comes?|came)?\s+unavailable|(?:will|to)\s+return\s+errors?"
    rf"|ceas(?:e|es|ed|ing)\s+(?:to\s+(?:be\s+{_SERVED}|work|function|operate|exist)|operations?|functioning|working)"
    rf"|leav(?:e|es|ing)(?=\s+(?:the\s+)?(?:{_SURFACES})\b(?!\s+behind))"
    r"|(?:support for|access to(?<!free access to)(?<!early access to)(?<!trial access to)"
    r"(?<!beta access to)(?<!preview access to)|availability of)(?=\s[^.;:]{1,80}?\s(?:ends?|ended|(?:will|to|set\s+to|due\s+to)\s+end)\b)"
    rf"|(?:remain(?:s|ed)?\s+)?{_SERVED}(?:(?:\s+(?:through|via|in|on)\s+(?:the\s+|our\s+)?[\w-]+)?\s+(?:only\s+)?until|(?=\s+at\s+least\s+(?:until|through))|\s+through(?=\s+(?:\w+day,?\s+)?{_MONTH}))"
    r"|stop(?:s|ped|ping)?\s+(?:offering|hosting|supporting|accepting(?!\s+new\b))|no\s+longer\s+(?:be\s+)?served"
    r"|end of (?:service|support)|terminat(?:e|es|ed|ing|ion)"
    r"|expir(?:e|es|ed)(?= (?:on|in|at|after|by)\b)|disabled(?<=be disabled)(?! by default)|disabled(?<=been disabled)"
    r"|last day to use|dropping support for|ending support for|end support for(?<=will end support for)"
    rf"|{_SUPPORT}"
)
"""The end of a model's service, as verbs and nouns."""
ENDING = (
    *("retir", "sunset", "shut", "discontinu", "decommission", "deactivat", "remov", "withdr", "turn", "phas", "life", "offline", "stop"),
    *("availab", "eol", "switch", "delist", "closing", "away", "ceas", "leav", "access to", "accessible", "support for", "supported"),
    *("end of s", "terminat", "expir", "disabled", "last day", "ing support", " ends ", "will end "),
)
"""Of these stems every match holds at least one; each costs every text a little."""
