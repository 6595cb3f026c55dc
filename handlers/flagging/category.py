"""The category of a flag that was sent: asked under it, optional, a vote for that of the case.

Until somebody says that a post is a fraud or an impersonation, it is stored without the account and
the personal numbers in it.
"""

from handlers.conversation import ClubSettings, Context, Html, Routes, UserError
from handlers.flagging.known import flagged_case
from handlers.flagging.post import FlaggedPost, as_kept, pack, unpack
from handlers.messages import Answer, Rows
from storage.cases import cases, category_votes, flags, posts
from storage.database import Tx
from storage.models import Case, CasePost, Category

routes = Routes()

_SENT = "flag.sent"
"""The flag is sent, and its category may be said. A passive step."""
routes.passive_step(_SENT)
_WITH_EVIDENCE = (Category.SCAM, Category.IMPERSONATION)


async def keep_for_category(context: Context, post: FlaggedPost, stored: CasePost) -> None:
    """Keeps the whole post in the sealed step if a category could make more of it evidence."""
    without = as_kept(post, Category.UNKNOWN)
    if any(as_kept(post, category) != without for category in _WITH_EVIDENCE):
        await context.set_state(_SENT, post=pack(post), stored=stored.id)


def category_rows(context: Context, case: Case) -> Rows:
    """A button for each category; *I don't know* is the last."""
    return tuple(
        (
            context.button(
                "flag-unknown"
                if category is Category.UNKNOWN
                else f"flag-category-{category.value}",
                "flag-as",
                case.code,
                category.value,
            ),
        )
        for category in Category
    )


@routes.action("flag-as")
async def say_category(context: Context) -> Answer:
    """Records what the member says it is; officers see it with the batch."""
    category = _category(context)
    case = await flagged_case(context, lock=True)
    if case.state not in cases.OPEN:
        raise UserError("flag-said-too-late")
    keeps_evidence = False
    if await category_votes.vote(context.tx, case, context.member_id, category):
        await _apply(context.tx, case)
        keeps_evidence = await _store_evidence(context, case)
    if context.step == _SENT:
        await context.clear_state()
    return [context.edit(await _thanks(context, case, category, keeps_evidence=keeps_evidence))]


async def count_as(context: Context, case: Case, said: Category) -> None:
    """Records what this member says about a locked case, and counts it where that may be done now."""
    if await category_votes.vote(context.tx, case, context.member_id, said):
        await _apply(context.tx, case)


async def _thanks(
    context: Context, case: Case, category: Category, *, keeps_evidence: bool
) -> Html:
    own = await flags.own_flag(context.tx, case, context.member_id)
    lines = [context.say("flag-sent", code=own.code)]
    if category is not Category.UNKNOWN:
        name = context.say(f"flag-category-{category.value}")
        lines.append(context.say("flag-said-category", category=name))
    if keeps_evidence:
        lines.append(context.say("flag-evidence-stays"))
    return Html("\n".join(lines))


async def _store_evidence(context: Context, case: Case) -> bool:
    """Stores the member's post again as the category of the case allows; whether that is more."""
    if context.step != _SENT:
        return False
    whole = unpack(context.data["post"])
    post = await posts.numbered(context.tx, context.data["stored"])
    content = posts.content_of(context.tx, post)
    # Of two members who sent the same words, one with a picture, the stored post stays.
    forms = [as_kept(whole, category) for category in Category]
    if post.case_id != case.id or content is None or unpack(content) not in forms:
        return False
    kept = as_kept(whole, case.category)
    await posts.replace_content(context.tx, post, pack(kept))
    return kept != as_kept(whole, Category.UNKNOWN)


async def recount_due(tx: Tx, _club: ClubSettings) -> int:
    """Counts the votes of the cases whose batch is over; returns how many those were."""
    claimed = await category_votes.claim_recounts(tx)
    for case in claimed:
        await _apply(tx, case)
    return len(claimed)


async def _apply(tx: Tx, case: Case) -> None:
    """Gives the case the category of the votes, and its posts only what this category keeps."""
    category = await category_votes.count(tx, case)
    if category is case.category:
        return
    case.category = category
    await keep_only_allowed(tx, case)


async def keep_only_allowed(tx: Tx, case: Case) -> None:
    """Stores the posts of a case again, with only what its present category keeps."""
    for post in await posts.of_case(tx, case):
        content = posts.content_of(tx, post)
        if content is not None:
            await posts.replace_content(tx, post, pack(as_kept(unpack(content), case.category)))


def _category(context: Context) -> Category:
    try:
        return Category(context.args[1])
    except (IndexError, ValueError):
        raise UserError("button-unknown") from None
