"""Reports a changed copy of an official text as impersonation, with one tap."""

from dataclasses import replace

from handlers.conversation import Context, Routes, UserError
from handlers.flagging import submit
from handlers.flagging.known_or_new import check_allowance
from handlers.flagging.official import IMITATION
from handlers.flagging.pending import Pending
from handlers.flagging.post import unpack
from handlers.messages import Answer

routes = Routes()
routes.passive_step(IMITATION)


@routes.action("imitation")
async def report(context: Context) -> Answer:
    """Flags the changed copy as impersonation; officers see it at the next full quarter of an hour."""
    if context.step != IMITATION or context.args != (context.data["ticket"],):
        raise UserError("flag-stale")
    await check_allowance(context)
    post = replace(unpack(context.data["post"]), imitates=context.data["imitates"])
    return await submit.send_imitation(context, Pending(post, context.data["ticket"]))
