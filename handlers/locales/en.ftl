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

### ---- Flagging ----

### ---- Deciding ----

### ---- Digests ----
