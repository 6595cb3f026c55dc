"""A flagged post keeps what has to be checked, and nothing of who wrote or passed it on."""

import pytest

from handlers.flagging.post import FlaggedPost, as_kept, masked
from storage.models import Category


@pytest.mark.parametrize("link", ["https://wa.me/84912345678", "wa.me/84912345678"])
def test_a_number_in_a_link_is_masked_in_the_words_and_in_the_links(link: str) -> None:
    post = masked(FlaggedPost(text=f"Nhắn {link} để nhận quà", links=(link,)))
    assert "12345" not in post.text
    assert all(shown in post.text for shown in post.links)


def test_a_number_in_a_link_is_kept_where_it_is_the_evidence() -> None:
    post = FlaggedPost(text="https://wa.me/84912345678", links=("https://wa.me/84912345678",))
    assert "84912345678" in as_kept(post, Category.SCAM).text
    assert "84912345678" not in repr(as_kept(post, Category.RUMOUR))


@pytest.mark.parametrize("category", [Category.RUMOUR, Category.SCAM])
@pytest.mark.parametrize("scheme", ["https://www.", ""])
def test_who_shared_a_link_is_kept_neither_in_the_words_nor_in_the_links(
    scheme: str, category: Category
) -> None:
    link = f"{scheme}tiktok.com/@tinnong?u_code=e4&_t=8x&sharer_user_id=77"
    kept = as_kept(FlaggedPost(text=f"Xem {link} đi", links=(link,)), category)
    assert "?" not in kept.text + "".join(kept.links)
    assert all(shown in kept.text for shown in kept.links)
