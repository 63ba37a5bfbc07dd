"""A refusal in plain words: the grammar of what any service's client may say, of whom, of what and how.

User is not authorized to access this resource           who, not, may
Access to the workspace is forbidden                     access, denied
Unable to authenticate with the server                   cannot, log in
Username or password incorrect                           what was offered, wrong
this user has no permissions to run the command          lacks, a right
You must be logged in                                    must, be somebody
"""

from __future__ import annotations

from responder.evidence.database_error import DatabaseError, class_of_database, class_of_words
from responder.evidence.lazy_pattern import lazy
from responder.evidence.network_error import read_network
from responder.model import Raised

Span = tuple[int, int]  # where the words begin in the text, and end

_WHO = r"(?:user|account|role|principal|client(?! error:)|caller|identity|token|(?:api |access )?key|credentials?|you|app(?:lication)?|login|host|address|IP)"
_DO = r"(?:access|perform|use|read|write|create|delete|view|see|run|execute|list|query|modify|update|edit|call|make|connect|do|log ?in|publish|consume|send|download|upload|manage|administer|invoke|assume|submit|start|trigger)"
_OFFERED = r"(?:credentials?|passwords?|passwd|(?:access |auth\w* |api |bearer |refresh )?tokens?|jwt|(?:api|access|subscription|license|account)[- _]?keys?|client secret|user ?names?|logins?)"
_WRONG = r"(?:invalid|incorrect|wrong|bad|expired|revoked|rejected|not (?:valid|correct|recogni[sz]ed|accepted))"
_RIGHTS = r"(?:permissions?|privileges?|access rights?|rights|entitlements?)"
_GRAMMAR = tuple(
    lazy(rf"(?i){pattern}")
    for pattern in (
        rf"\b{_WHO}\b[^\n.]{{0,80}}?\b(?:not|n't) (?:currently |yet )?(?:been )?(?:authori[sz]ed|permitted|entitled|allowed|granted)\b(?: to(?: the| this)? (?:{_DO}\b|user\b|role\b)| for\b| access\b|\.|$)",
        r"(?<!exist or )(?<!may )\bnot authori[sz]ed\b",
        r"\b(?:access|authori[sz]ation)(?: to [^\n]{1,120}?)?(?: (?:is|was|has been))?[ _-]?(?:denied|forbidden|refused|rejected)\b|\bAccessDenied\b",
        r"\b(?:authori[sz]ation|log-?in|log-?on|sign-?in)(?: attempt| request)?(?: has)? fail(?:ed|ure)\b",
        r"\b(?:failed|unable|not able|could ?n[o']t|can ?n[o']t|can't)(?: to)? (?:authenticate|log ?in|sign in)\b",
        rf"\b{_OFFERED}\b[^\n.]{{0,60}}? (?:has |have |is )?(?:been )?(?:expired|revoked|invalidated)\b",
        r"\b(?:password|key|log-?in|log-?on) (?:was |were |is )?(?:rejected|refused|denied)\b|\b(?:error|failed|unable|failure)(?: to)? (?:validat|verify|refresh)(?:ing|e)? (?:the )?(?:access |auth\w* |api )?token\b",
        rf"\b{_OFFERED}(?: (?:you )?(?:provided|supplied))?(?: (?:is|are|was|were|has|have))?(?: been)? {_WRONG}\b",
        r"\b(?:invalid|incorrect|wrong|bad|unknown)(?: or (?:missing|expired))?[ _](?:user ?name|log-?in|e-?mail|user(?: credentials)?|credentials?|password|client secret|client credentials|subscription key|jwt|access key)(?: ?(?:or|and|/|,) ?(?:user ?name|password|access token|api key))\b",
        r"\b(?:invalid|incorrect|wrong|bad)(?: or (?:missing|expired))? (?:user |login )?(?:credentials?|password|client secret|subscription key|jwt|api[- ]?key|api[- ]?token)\b",
        r"\b(?:user ?name|user|login|e-?mail)s? ?(?:or|and|/|&) ?(?:password|passwd|token)s?(?: (?:is|are|was|were))? (?:invalid|incorrect|wrong|not (?:valid|correct))\b",
        r"\bsession (?:has |is |id )?(?:expired or invalid|invalid or (?:has )?expired)|\bjwt (?:has |is )?expired\b",
        r"\b(?:account|user) (?:is |has been |was |currently )?(?:locked|disabled|suspended|deactivated|blocked)\b",
        rf"\b(?:no|not enough|missing|lacks?|lacking|without|insufficient|requires?|needs?)(?: (?:the|any|required|necessary|sufficient|proper|following|one of|admin))* (?:[\w.:\"'-]{{1,40}} )?{_RIGHTS}\b",
        r"\b(?:lacks?|requires?|missing)(?: (?:the|required|necessary|following|one of))+ (?:[\w.:\"'-]{1,40} )?(?:roles?|scopes?)\b",
        r"\b(?:must|needs? to|have to) be (?:logged[ -]in|authenticated|an? (?:admin|administrator|owner)\b)|\bplease (?:log|sign) in\b|\brequires (?:authentication|a login|authori[sz]ation)\b|\blogin required\b",
        r"\b(?:IP|address)\b[^\n]{0,60} not (?:in (?:the|an?|your) )?(?:allow[- ]?list|white-?list|allow-?listed|whitelisted)",
        r"\b(?:MFA|multi-factor authentication|two-factor authentication) (?:is )?(?:required|needed)\b",
        r"(?:^|[:\[(\"'] ?|\b40[13] )(?:unauthori[sz]ed|forbidden)\b",
    )
)
# A program's own line about an error, in what a child process prints
_LOUD = lazy(r"(?im)^[^\n]{0,60}?(?:\b(?:error|fatal|failed|failure|exception|critical)\b|\bERR!|Error: )")
# The statement that a client quotes is no one's refusal
_QUOTED = lazy(r"\n\[SQL: |\n\[parameters: ")
_QUOTES_COMMANDS = frozenset({"CalledProcessError", "TimeoutExpired"})
_OF_AWS = ("An error occurred (", "arn:aws")  # which says it itself, and better
_WINDOW = 1_500


def refused_in_words(text: str, raised: Raised) -> Span | None:
    """Where a library's exception says that somebody is not let in; None too where the network is what failed, or a statement."""
    quoted = _QUOTED.search(text)
    said = text[: quoted.start() if quoted else None][:_WINDOW]
    if raised.name in _QUOTES_COMMANDS or read_network(said):
        return None
    if DatabaseError.STATEMENT in {class_of_database(raised), class_of_words(said)}:
        return None
    return _first(said)


def refused_in_print(text: str) -> Span | None:
    """The same in a child's output: only in a line that tells an error, and not beside a traceback, which tells more."""
    if "Traceback (most recent call last)" in text:
        return None
    for line in _LOUD.finditer(text):
        begin, end = line.start(), text.find("\n", line.end())
        whole = text[begin : end if end >= 0 else None][:_WINDOW]
        if not any(words in whole for words in _OF_AWS) and (found := _first(whole)):
            return begin + found[0], begin + found[1]
    return None


def _first(text: str) -> Span | None:
    return next((found.span() for words in _GRAMMAR if (found := words.search(text))), None)
