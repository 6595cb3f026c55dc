"""How many taps and messages a verdict takes an officer, from their home on."""

from tests.support import CLAIM, EXPLANATION, SOURCE, ClubInATest, Phone, flag, the_case


async def test_a_verdict_takes_seven_taps_and_messages_from_the_home_on(
    club: ClubInATest, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await minh.says("/start")
    steps = (
        ("presses", "1 tin nghi vấn"),
        ("presses", "Kết luận"),
        ("presses", "Lừa đảo"),
        ("says", CLAIM),
        ("says", EXPLANATION),
        ("says", SOURCE),
        ("presses", "Gửi kết luận"),
    )
    for how, what in steps:
        await (minh.presses(what) if how == "presses" else minh.says(what))
    assert (await the_case(club)).verdict_version == 1
    assert len(steps) == 7
