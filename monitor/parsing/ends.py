"""The words that say that a model's service ends, as one pattern of lower-case sentences, and stems that are rare in other texts."""

# What ends with a model's service; a trial of it ends earlier. Each alternative begins with a letter, by which it is passed over quickly.
_TRIALS = ("free", "early", "trial", "beta", "preview")
_ENDS = r"(?: will end| ends| stops) (?:on|in|at|after|from|as)\b"
_SUPPORT = "|".join(
    noun + "".join(f"(?<!{trial} {noun})" for trial in _TRIALS) + rf" (?:for|to|of)(?= [^.;:]{{1,100}}?{_ENDS})"
    for noun in ("support", "access", "availability", "inference")
)
ENDS = (
    r"retir(?:e|es|ed|ing|ement)|sunset(?:s|ted|ting)?|shut(?:s|ting)?[\s-]?(?:down|off)|shutdown|discontinu(?:e|ed|es|ing|ation)"
    r"|decommission(?:ed|ing|s)?|remov(?:e|ed|es|ing|al)|withdraw(?:n|s|al)?|turn(?:ed|ing)?\s+off|phas(?:e|ed|ing)\s+out|end[\s-]of[\s-]life|closing\s+down"
    r"|taken?\s+offline|go(?:es|ne|ing)?\s+offline|be(?:comes?|came)?\s+unavailable"
    r"|stop(?:s|ped|ping)?\s+(?:working|functioning|responding|serving|offering|hosting|supporting|accepting(?!\s+new\b))"
    r"|(?:no\s+longer|not)\s+(?:be\s+)?(?:available|accessible|supported|offered)|no\s+longer\s+(?:be\s+)?served"
    r"|end of (?:service|support)|eol|terminat(?:e|es|ed|ing|ion)|go(?:es|ing)? away"
    r"|expir(?:e|es|ed)(?= (?:on|in|at|after|by)\b)|disabled(?<=be disabled)(?! by default)|disabled(?<=been disabled)"
    r"|last day to use|dropping support for|ending support for|end support for(?<=will end support for)"
    rf"|{_SUPPORT}"
    r"|(?:remain(?:s|ed)?\s+)?(?:available|accessible|supported|served|offered)"
    r"\s+(?:(?:through|via|in|on)\s+(?:the\s+|our\s+)?[\w-]+\s+)?(?:only\s+)?until"
    r"|(?:available|accessible|supported|served|offered)(?=\s+at\s+least\s+(?:until|through))|(?:will|to)\s+return\s+errors?"
)
"""The end of a model's service, as verbs and nouns."""
ENDING = (
    *(
        "retir",
        "sunset",
        "shut",
        "discontinu",
        "decommission",
        "remov",
        "withdr",
        "turn",
        "phas",
        "life",
        "closing",
        "offline",
        "stop",
        "available",
    ),
    *("end of s", "eol", "terminat", "away", "expir", "disabled", "last day", "ing support", " ends ", "will end "),
)
"""Of these stems every match holds at least one; each costs every text a little."""
