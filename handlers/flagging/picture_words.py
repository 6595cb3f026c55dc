"""The post in a message with the words in its pictures, and in the thumbnails of its videos.

A worker process reads them.

The person is told at once that the pictures are being read; the answer follows when they are.
"""

from dataclasses import replace

from handlers.conversation import Context
from handlers.flagging.post import FlaggedPost, post_of
from handlers.recognition.pictures import reader
from handlers.worker_tasks import announced, offload_or


def read_post(context: Context, text: str | None = None) -> FlaggedPost:
    """As `post_of`, with the words in the pictures; without them where no reader is installed.

    Raises:
        OffloadRequired: they are not read yet.
    """
    post = post_of(context.incoming, text)
    incoming = context.incoming
    seen = (*incoming.pictures, *incoming.thumbnails)
    pictures = tuple(picture.jpeg for picture in seen)
    if not (pictures and reader.installed()):
        return post
    key = "flag-reading" if incoming.pictures else "flag-reading-video"
    notice = context.reply(context.say(key, count=len(pictures)))
    offload, unread = announced(context.offload, notice), ("",) * len(pictures)
    read = offload_or(offload, unread, reader.read_words, pictures)
    return replace(post, picture_words="\n\n".join(filter(None, read)))
