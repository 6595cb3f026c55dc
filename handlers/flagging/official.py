"""A post that copies a text of the club: says whether it is genuine, offers to report a changed copy.

People who may not flag, such as strangers, only get the answer. Nothing is stored but a changed copy
that a member has just sent: in their sealed step, until they report it or do something else.
"""

from handlers.authenticity import codes, look_up
from handlers.authenticity.answers import answer, answer_to_code
from handlers.authenticity.look_up import Authenticity, Finding, ReceivedMessage
from handlers.conversation import Context
from handlers.flagging.pending import TICKET_LETTERS
from handlers.flagging.post import FlaggedPost, pack
from handlers.messages import Answer, Rows

IMITATION = "flag.imitation"
"""The member was shown what was changed, and may report it. A passive step."""


def message_of(post: FlaggedPost) -> ReceivedMessage:
    """The post as it is compared with official texts."""
    return ReceivedMessage(
        post.text,
        post.typed_links,
        post.coded_links,
        post.media,
        post.card_hashes,
        post.picture_words,
    )


async def find(context: Context, post: FlaggedPost) -> Finding | None:
    """The official text that a post copies, as far as this person may have it confirmed."""
    return await look_up.find(context, message_of(post))


def is_settled(finding: Finding) -> bool:
    """Whether the finding is the whole answer: nothing in it could be an imitation."""
    return finding.authenticity not in {Authenticity.CHANGED, Authenticity.LOOKALIKE}


async def say_finding(context: Context, post: FlaggedPost, finding: Finding) -> Answer:
    """The answer; to a member, a changed copy comes with a button that reports it."""
    if context.role is None:
        return await answer(context, finding)
    if is_settled(finding):
        await context.clear_state()
        return await answer(context, finding)
    ticket = context.tx.ids.code(TICKET_LETTERS)
    await context.set_state(IMITATION, post=pack(post), ticket=ticket, imitates=finding.known.id)
    key = f"imitation-{finding.authenticity.value}"
    when = context.say.time(context.tx.batches.end_of_quarter(context.now))
    report: Rows = ((context.button("imitation-report", "imitation", ticket),),)
    return await answer(context, finding, note=context.say(key, time=when), rows=report)


async def answer_if_own(context: Context, post: FlaggedPost) -> Answer | None:
    """The answer for a post that is an official text, a copy or a code of one; None for any other."""
    if post.is_chat and (shown := await text_of_code(context, post.text)):
        return shown
    finding = await find(context, post)
    return await say_finding(context, post, finding) if finding else None


async def text_of_code(context: Context, text: str) -> Answer | None:
    """The answer to a text that is only a code; None if it is no known code. Stores and counts nothing."""
    known = await look_up.by_code(context, codes.typed_code(text))
    return await answer_to_code(context, known) if known else None
