# Every sentence a person reads. At most one emoji a message, and only where it helps the eye.

### ---- Common ----

trouble = Sorry, something went wrong on our side and this was not done. Please try again in a few minutes. (Reference: { $reference })
button-unknown = This button no longer works. Send /help to see what you can do.
button-not-yours = This button is not for you.
command-unknown = There is no such command. Send /help to see the commands.
command-not-yours = This command is for the club’s officers.
members-only = You need to be a member for this. If you have an invite code, send it here. Send /privacy to see what the club keeps.
suspended = Your membership is suspended, so this cannot be done now. You can still use /privacy, /stop and /leave.
only-in-private = To keep this private, please write to the bot directly: { $link }
number-missing = Please add the number after the command, for example: /announcements 12
cancelled = Stopped. Send /help at any time.
cancel = Cancel
back = ◀ Back
menu-cancel = Stop what you began

### ---- Help ----

menu-help = Help
help-stranger =
    This is the bot of <b>{ $club }</b>: it sends official announcements and answers questions about suspicious posts.

    Have an invite code? Send it here to join.
    /privacy – what the club keeps
    Contact: { $contact }
help-member =
    You can:
    • Forward a post that looks wrong – the club checks it and answers you
    /announcements – read the current announcements again
    /reported – see what became of the posts you sent in
    /settings – choose what you get, language, area
    /stop – stop getting anything
    /privacy – what the club keeps
    /leave – leave the club
    Contact: { $contact }
help-officer =
    You can:
    /compose – write an announcement
    /approvals – announcements waiting for approval
    /queue – flagged posts waiting for a decision
    /statistics – figures on the announcements

    As every member: /announcements, /reported, /settings, /stop, /privacy, /leave
    Forward a post here to flag it.
help-owner =
    You can:
    /compose – write an announcement
    /approvals – announcements waiting for approval
    /queue – flagged posts waiting for a decision
    /statistics – figures on the announcements
    /invite – invite members and officers

    As every member: /announcements, /reported, /settings, /stop, /privacy, /leave
    Forward a post here to flag it.

### ---- Joining, settings, leaving, inviting ----

### ---- Announcing ----

announcement-head = <b>{ $title }</b>
announcement-head-urgent = 🔴 <b>URGENT: { $title }</b>
announcement-fact = • { $fact }
announcement-issuer = Issued by: { $issuer }
announcement-source-url = Check it at: { $url }
announcement-source-ref = Document no.: { $ref }
announcement-valid-until = Valid until: { $when }
announcement-number = Announcement no. { $number }

### ---- Delivery ----

### ---- Sharing ----

share-button = Share
shared-button = I shared it
not-for-me-button = Not for me
remind-button = Remind me

share-over = Announcement no. { $number } is no longer valid, so there is no need to share it. Thank you.
share-disclosure = Shared by a member of { $club }, an information channel of { $operator }.
share-document = Document no. { $ref } – { $issuer }
share-own-words =
    Please write a few words of your own and leave this part as it is at the end (tap to copy):
    <code>{ $paste }</code>
share-on-facebook = Facebook
share-on-telegram = Telegram
share-copy = Copy to paste into Zalo or elsewhere
share-thanks = Thank you for sharing announcement no. { $number }. Would you like to add a link to your post, or a screenshot? You don’t have to.
share-thanks-toast = Noted. Thank you!
share-add-proof = Add a link or picture
share-take-back = Take it back
share-taken-back = Your share of announcement no. { $number } has been taken back. Any links and pictures you added are deleted.
share-not-for-me = Thank you for letting us know.

proof-prompt = Please send a link to your post (one or several), or a screenshot.
proof-needs-link-or-picture = There is no link or picture in this. Please send the link to your post, such as https://…, or a screenshot; press Cancel if you would rather not.
proof-forwarded = A forwarded post cannot be added here. Please send a link or a screenshot; if you want to flag this post, press Cancel and forward it again.
proof-added = Added. Thank you!
proof-known = You have sent this one already, so it counts once.
proof-more = Add another
proof-enough = An announcement takes at most { $most } links and pictures. That is plenty, thank you.
proof-without-share = You have not said that you shared this announcement, or you took it back.

remind-when = When would you like to be reminded?
remind-already = You will be reminded at { $when }. Would you like another time?
remind-hour = In 1 hour
remind-tonight = Tonight, 19:30
remind-morning = Tomorrow, 7:00
remind-off = Don’t remind me
remind-set = You will be reminded of announcement no. { $number } at { $when }.
remind-dropped = You will not be reminded of announcement no. { $number }.
remind-past = That time has passed, or the announcement will no longer be valid by then. Please press “Remind me” again to choose another.
remind-too-late = Announcement no. { $number } is no longer valid, or soon won’t be, so there is no time left for a reminder.
remind-head = 🔔 The reminder you asked for:

menu-announcements = Read announcements again
reading-list =
    { $count ->
        [one] There is one current announcement. Choose it to read it again:
       *[other] There are { $count } current announcements. Choose one to read it again:
    }
reading-none = There are no current announcements. When there is one, the club sends it to everyone who chose to get them.
reading-open = { $number }. { $title }
reading-open-urgent = 🔴 { $number }. { $title }
reading-newer = ◀ Newer
reading-older = Older ▶
reading-over = Announcement no. { $number } is no longer valid. Send /announcements to see the current ones.
reading-unknown = This announcement was not found. Send /announcements to see the current ones.
reading-not-sent = This announcement has not been sent yet, so its buttons do not work.

menu-statistics = Figures on the announcements
statistics-none = No announcement has been sent yet.
statistics-head = <b>Latest announcements</b>
statistics-line =
    <b>{ $number }. { $title }</b>
    Sent: { $sent } · Shared by: { $shared }
statistics-open = No. { $number }
statistics-full =
    <b>Announcement no. { $number }: { $title }</b>

    Sent: { $sent }
    Waiting: { $waiting }
    No longer reachable: { $gone }
    Failed: { $failed }
    Not known whether it arrived: { $uncertain }

    Members who said they shared it: { $shared }
    Proofs added: { $links ->
        [one] 1 link
       *[other] { $links } links
    }, { $pictures ->
        [one] 1 picture
       *[other] { $pictures } pictures
    }
statistics-unknown = No announcement of this number has been sent. Send /statistics to see the latest.

### ---- Flagging ----

### ---- Deciding ----

### ---- Digests ----
