"""Albums, films and pins on the phones of the page."""

import pytest
from playwright.async_api import Browser, FilePayload, expect

from tests.browser.page_sandbox import PageSandbox, open_page, phone_of, picture

pytestmark = pytest.mark.browser


async def test_an_album_stands_together_and_its_words_below(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    async with open_page(browser, sandbox.url) as page:
        phone = phone_of(page, "Mai")
        files = [picture("mot.png"), picture("hai.png")]
        await phone.locator("input[type=file]").set_input_files(files)
        await phone.get_by_role("button", name="Gửi", exact=True).click()
        sent = [(await sandbox.receive_update())["message"]["photo"][-1]["file_id"] for _ in files]
        media = [{"type": "photo", "media": file_id} for file_id in sent]
        await sandbox.bot("sendMediaGroup", chat_id=mai, media=media)
        await sandbox.say(mai, "Lời đi kèm")
        await expect(phone.locator(".album .in")).to_have_count(2)
        await expect(phone.locator("[data-message-id]").last).to_contain_text("Lời đi kèm")


FILM = """async () => {
  const canvas = document.createElement("canvas");
  canvas.width = 640;
  canvas.height = 360;
  const drawn = canvas.getContext("2d");
  const record = (count) => new Promise((resolve) => {
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: "video/webm" });
    recorder.ondataavailable = ({ data }) => { resolve(data); };
    let frames = 0;
    const paint = () => {
      drawn.fillStyle = frames % 2 ? "red" : "blue";
      drawn.fillRect(0, 0, 640, 360);
      if (++frames === count) recorder.stop(); else requestAnimationFrame(paint);
    };
    recorder.start();
    paint();
  });
  const plays = (film) => new Promise((resolve) => {
    const video = document.createElement("video");
    video.onloadeddata = () => { resolve(true); };
    video.onerror = () => { resolve(false); };
    video.src = URL.createObjectURL(film);
  });
  for (let count = 10; ; count *= 2) {
    const film = await record(count);
    if (await plays(film)) return [...new Uint8Array(await film.arrayBuffer())];
  }
}"""
"""Records frames of a canvas; the bytes of the video. A busy browser may record none of ten frames,
so it records longer until the video plays.
"""


async def test_a_video_is_sent_with_its_first_frame(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    async with open_page(browser, sandbox.url) as page:
        film = bytes(await page.evaluate(FILM))
        phone = phone_of(page, "Mai")
        files = phone.locator("input[type=file]")
        await files.set_input_files(
            [FilePayload(name="a.webm", mimeType="video/webm", buffer=film)]
        )
        await phone.get_by_role("button", name="Gửi", exact=True).click()
        video = (await sandbox.receive_update())["message"]["video"]
        assert (video["thumbnail"]["width"], video["thumbnail"]["height"]) == (320, 180)
        await expect(phone.locator("video[poster]")).to_have_count(1)
        nothing = FilePayload(name="b.mp4", mimeType="video/mp4", buffer=b"no film")
        await files.set_input_files([nothing])
        await phone.get_by_role("button", name="Gửi", exact=True).click()
        assert "thumbnail" not in (await sandbox.receive_update())["message"]["video"]


async def test_what_is_pinned_is_in_view_and_leads_to_the_message(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    number = await sandbox.say(mai, "Đường Hùng Vương cấm xe")
    async with open_page(browser, sandbox.url) as page:
        phone = phone_of(page, "Mai")
        bar = phone.get_by_role("button", name="Tin được ghim")
        await expect(bar).to_be_hidden()
        await sandbox.bot("pinChatMessage", chat_id=mai, message_id=number)
        await expect(bar).to_contain_text("Đường Hùng Vương cấm xe")
        await bar.click()
        await expect(phone.locator(f'[data-message-id="{number}"]')).to_be_in_viewport()
        await page.reload()
        await expect(bar).to_contain_text("Đường Hùng Vương cấm xe")
        await sandbox.bot("deleteMessage", chat_id=mai, message_id=number)
        await expect(bar).to_be_hidden()


async def test_the_bots_reaction_stands_under_a_message(
    sandbox: PageSandbox, browser: Browser, mai: int
) -> None:
    number = await sandbox.say(mai, "Đường Hùng Vương cấm xe")
    async with open_page(browser, sandbox.url) as page:
        shown = phone_of(page, "Mai").locator(f'[data-message-id="{number}"] .meta')
        which = {"chat_id": mai, "message_id": number}
        heart = [{"type": "emoji", "emoji": "❤"}]
        await sandbox.bot("setMessageReaction", reaction=heart, **which)
        await expect(shown).to_contain_text("❤")
        await page.reload()
        await expect(shown).to_contain_text("❤")
        await sandbox.bot("setMessageReaction", reaction=[], **which)
        await expect(shown).not_to_contain_text("❤")
