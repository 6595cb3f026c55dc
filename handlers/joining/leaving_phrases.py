"""How people write that they want no more messages, or out of the club, without knowing the command.

Each is a pattern of a whole message without diacritics and capitals. It only leads to a button, so
that a wrong guess costs nothing.
"""

_WHO = "(?:toi|minh|em|anh|chi|ban)"
_WISH = rf"(?:(?:xin|xin phep|lam on|vui long|bot|please|{_WHO}|cho {_WHO}|muon|duoc) )*"
_END = "(?: (?:nua|nhe|nha|a|luon|di|bot|bot oi|please))*"
_SENDING = "(?:gui|nhan)(?: (?:tin|tin nhan|thong bao))?|lam phien|spam"
_RECEIVING = "nhan(?: (?:tin|tin nhan|thong bao))?"
_TO_WHOM = rf"(?: (?:cho )?{_WHO})?"

SENDING = (
    rf"{_WISH}(?:tam )?(?:dung|ngung|thoi)(?: viec)? gui(?: (?:tin|tin nhan|thong bao))?{_END}"
    r"|(?:stop|pause) (?:sending|the (?:sending|mailing))"
)
"""An officer means what the bot sends to members, a member what they receive; matched before `STOP`."""
STOP = (
    rf"{_WISH}(?:(?:dung|ngung|thoi)(?: co)? (?:{_SENDING}){_TO_WHOM}"
    rf"|(?:huy|khong|khong muon) {_RECEIVING} nua|huy {_RECEIVING}"
    rf"|tat thong bao|huy dang ky){_END}"
    r"|stop(?: (?:sending|messaging)(?: me)?)?|(?:do not|don't) (?:message|write to) me"
)
"""They want no more messages."""
LEAVE = (
    rf"{_WISH}(?:roi|thoat|ra|out)(?: khoi)? (?:nhom|clb|cau lac bo|hoi)(?: nay)?{_END}"
    r"|(?:i want to )?leave(?: the (?:club|group))?"
)
"""They want out of the club."""
EITHER = rf"{_WISH}(?:thoat(?: ra)?|roi di|ra khoi day|out){_END}|exit|quit"
"""They want out, and do not say of what."""
