"""Roles of members: changes and offers, serialized by locks on the people concerned."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import and_, col, delete, or_, select

from storage import questions
from storage.cases import cases
from storage.conversation import numbered_choices
from storage.database import Tx, id_of
from storage.members import grants, members
from storage.models import Member, MemberState, Purpose, Role, RoleOffer

OFFER_VALID_FOR = timedelta(days=7)


@dataclass(frozen=True)
class LockedMembers:
    """The acting and the concerned member, refreshed and locked until the transaction ends."""

    actor: Member
    concerned: Member
    owners: frozenset[int]

    @property
    def is_last_owner(self) -> bool:
        """Whether `concerned` is the only owner."""
        return self.owners == {self.concerned.id}


async def lock(tx: Tx, actor_id: int, concerned_id: int) -> LockedMembers | None:
    """Locks the acting and the concerned member and all owners; None when the member has left.

    Locks in the order of ids, so that two owners who decide about each other at the same time never
    deadlock, and the second sees the change of the first.
    """
    owner = and_(col(Member.role) == Role.OWNER, col(Member.state) == MemberState.ACTIVE)
    query = (
        select(Member)
        .where(or_(col(Member.id).in_({actor_id, concerned_id}), owner))
        .order_by(col(Member.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    found = {id_of(member): member for member in await tx.all(query)}
    concerned = found.get(concerned_id)
    if concerned is None or concerned.state is MemberState.LEFT:
        return None
    return LockedMembers(
        found[actor_id],
        concerned,
        frozenset(
            n for n, m in found.items() if (m.role is Role.OWNER and m.state is MemberState.ACTIVE)
        ),
    )


async def change(tx: Tx, member: Member, role: Role) -> None:
    """Changes a member's role; a former officer's cases, questions and duties are taken away."""
    member.role = role
    await delete_offers(tx, member)
    if not role.is_officer:
        await members.withdraw(tx, id_of(member), [Purpose.DUTIES])
        for contact in await members.contacts_of(tx, id_of(member)):
            await numbered_choices.clear(tx, contact.lookup)  # officers' lists may contain names
        await cases.give_back_all(tx, id_of(member))
        await questions.give_back_all(tx, id_of(member))
    await grants.revoke_invalid(tx, member)


async def officers(tx: Tx, *, limit: int, offset: int) -> list[Member]:
    """One page of owners, then officers, suspended ones included, by id."""
    query = (
        select(Member)
        .where(col(Member.role).in_([Role.OWNER, Role.OFFICER]), Member.state != MemberState.LEFT)
        .order_by(col(Member.role).desc(), col(Member.id))  # "owner" comes after "officer"
    )
    return list(await tx.all(query.limit(limit).offset(offset)))


async def offer(tx: Tx, member: Member, by: Member) -> RoleOffer:
    """Offers a member the role of an officer; replaces an earlier offer."""
    await delete_offers(tx, member)
    made = RoleOffer(
        member_id=id_of(member),
        offered_by=id_of(by),
        expires_at=tx.clock.now() + OFFER_VALID_FOR,
    )
    tx.session.add(made)
    await tx.session.flush()
    return made


async def take_offer(tx: Tx, offer_id: int, member_id: int) -> Member | None:
    """Deletes an offer; returns its maker, or None if it is not valid for this member.

    It is valid until it expires, while its maker may still make it.
    """
    asker = await tx.first(
        select(Member)
        .join(RoleOffer, col(Member.id) == RoleOffer.offered_by)
        .where(
            RoleOffer.id == offer_id,
            RoleOffer.member_id == member_id,
            RoleOffer.expires_at > tx.clock.now(),
            grants.offer_stands(),
        )
    )
    if asker is None:
        return None
    deletion = delete(RoleOffer).where(col(RoleOffer.id) == offer_id)
    return asker if await tx.count_changed(deletion) == 1 else None


async def delete_offers(tx: Tx, member: Member) -> None:
    """Deletes the offers to this member."""
    await tx.session.exec(delete(RoleOffer).where(col(RoleOffer.member_id) == member.id))
