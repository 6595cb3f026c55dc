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
introduction-about = Official announcements, and answers about suspicious posts, for the club’s members.
introduction-description =
    The bot of { $club }, run by { $operator }.

    Members receive official announcements with a source to check, and send in posts that look wrong to get an answer.

    Press START to see what the club keeps before you join.

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

choice-on = ☑ { $name }
choice-off = ☐ { $name }
choice-taken = ● { $name }
choice-free = { $name }
area-whole-province = Whole province
area-page-before = ◀ Previous page
area-page-after = Next page ▶

joining-stranger =
    Hello! This is the bot of <b>{ $club }</b>, run by { $operator }. The club sends official announcements and helps you check suspicious posts.

    Joining takes an invite from the club. If you have an invite code, send it here.
    /privacy – what the club keeps
    Contact: { $contact }
joining-welcome =
    Hello! <b>{ $club }</b> invites you to join. This bot is run by { $operator }, who answers for it.

    If you join, the club keeps:
    • Your name and the id of this chat (encrypted) – to write to you
    • The kinds of messages, language and area you choose – to send what you want
    • What you do here: shares, posts you send in – to answer you

    Sharing is voluntary. You can leave at any time. Nothing is stored until you agree.
joining-as-officer = <b>You are invited as an officer.</b> You will write and approve announcements and decide on flagged posts. You will not see who flagged a post or who did not share. What officers do is kept in a log that cannot be changed.
joining-as-owner = <b>You are invited as an owner.</b> You do all that officers do, and invite officers. You will not see who flagged a post or who did not share. What officers do is kept in a log that cannot be changed.
joining-agree = I agree, join
joining-read-notice = Read in full
joining-decline = Don’t join
joining-in-this-language = English
joining-declined = That’s fine, thank you for looking. The club has stored nothing about you. If you change your mind, open the invite again.
joining-code-wrong = This invite code does not work. Check each character, or ask the person who invited you for a new one. Contact: { $contact }
joining-code-wait = Too many codes were wrong. Please try again after { $time }.
joining-hello-member =
    Hello, you are a member of <b>{ $club }</b>.
    • Forward a post that looks wrong, and the club checks it
    /announcements – read the announcements again
    /settings – choose what you get
    /help – everything you can do
joining-hello-officer =
    Hello, you are an officer of <b>{ $club }</b>.
    /compose – write an announcement
    /approvals – announcements waiting for approval
    /queue – flagged posts waiting for a decision
    /help – everything you can do
joining-raised-officer = You are now an officer of the club. Send /help to see what you can do. To be told when something needs you, switch on “Officers’ duties” below.
joining-raised-owner = You are now an owner of the club. Send /help to see what you can do. To be told when something needs you, switch on “Officers’ duties” below.
joining-gets-announcements = • Official announcements, as they come
joining-gets-digest = • The digest
joining-gets-duties = • What needs an officer
joining-digest-when = Digest: { $when }
joining-gets-nothing = You have chosen nothing yet, so the bot will not write by itself. Switch things on at any time in /settings.
joining-can-member =
    • Forward a post that looks wrong – the club checks it and answers you
    /announcements – read the current announcements
    /settings – change your choices
    /stop – stop getting anything
joining-can-officer =
    /compose – write an announcement
    /approvals – announcements waiting for approval
    /queue – flagged posts waiting for a decision
    /settings – change your choices
    /help – everything you can do
joining-done =
    All set – welcome to the club! 🌱

    <b>You will get</b>
    { $gets }

    <b>You can now</b>
    { $can }

menu-settings = Choose what you get, language, area
preferences-title = <b>Your settings</b>
preferences-line-purposes = You get: { $purposes }
preferences-line-nothing = You get: nothing chosen yet, the bot does not write by itself
preferences-line-digest = Digest: { $when }
preferences-line-language = Language: { $language }
preferences-line-area = Area: { $area }
preferences-purpose-announcements = Announcements
preferences-purpose-digest = Digest
preferences-purpose-duties = Officers’ duties
preferences-language-name = English
preferences-open-language = Language
preferences-open-area = Area
preferences-open-digest = Days and hour of the digest
preferences-ask-purposes =
    You are a member now. What would you like to get? Tap to switch each on; what is off is not sent.

    • <b>Announcements</b>: official news, as it comes
    • <b>Digest</b>: one short message at the days and hour you choose
preferences-ask-purposes-officer =
    You have joined the club as an officer. What would you like to get? Tap to switch each on; what is off is not sent.

    • <b>Announcements</b>: official news, as it comes
    • <b>Digest</b>: one short message at the days and hour you choose
    • <b>Officers’ duties</b>: approvals asked for, the officers’ daily digest
preferences-ask-language = Which language would you like?
preferences-ask-area = Which area’s announcements would you like? What is for the whole province reaches everyone.
preferences-ask-digest =
    On which days and at what time should the digest come?
    Chosen: <b>{ $when }</b>
preferences-digest-no-day = no day chosen, so it is not sent
preferences-digest-daily = every day, { $time }
preferences-digest-days = { $days }, { $time }
preferences-every-day = Every day
preferences-once-a-week = Every Sunday
preferences-other-hour = Another time…
preferences-ask-hour = Type the time you would like, for example: 19:30
preferences-hour-unclear = I could not read this time. Write it like 19:30 or 7 am. Send /cancel to give up.
preferences-go-on = Continue ▶

menu-stop = Stop getting anything
leaving-stop-button = Stop everything
leaving-stop-ask = Do you want to stop getting anything? Press the button below, or send exactly /stop.
leaving-stopped =
    Stopped. From this moment the bot writes nothing by itself: no announcements, digest or reminders, and no answers to posts you sent in.

    You are still a member: /reported shows what became of your posts, /settings starts things again, /leave leaves the club.
leaving-stranger = You are not a member: the bot sends you nothing, and there is nothing to stop.
menu-leave = Leave the club
leaving-ask =
    Leaving means that everything stops, and that your name, this chat, your proofs and the record of the posts you sent in are erased at once.
    To come back you need a new invite.
leaving-leave-button = Leave the club
leaving-stay = Stay
leaving-stayed = Thank you for staying. Everything is as it was.
leaving-left = You have left the club. Your name and this chat are erased from its records, and the bot will not write again. Thank you for having been with us.
leaving-last-owner = You are the only owner. Before you leave, please invite another owner with /invite.

menu-privacy = What the club keeps
privacy-who = <b>Your privacy</b>
    This bot belongs to { $club } and is run by { $operator }, who answers for it. Contact: { $contact }
privacy-kept = <b>What is kept, and why</b>
    • Your name and the id of this chat: to write to you
    • The kinds of messages, language, area and hours you chose; when you agreed and when you withdrew: to send what you want
    • Announcements sent to you; that you pressed “I shared it” or “Not for me”; links and pictures you chose to add; reminders you set: so that nothing comes twice, and for overall figures
    • The posts you send in and the day: to answer you
    Your name, the chat’s id, posts you send in, links and pictures are encrypted; the key is kept outside the database. Of people who have not joined nothing is kept but how often a wrong invite code was tried (no name, 1 day) and a mark so that no message is handled twice (48 hours).
privacy-how-long = <b>How long</b>
    • Posts you send in: 90 days after the decision; at once when out of scope
    • Links and pictures of shares: 90 days. What was sent: 1 year. Things left unfinished: 14 days
    • The rest: until you leave. When you leave, your name, chat, area, proofs and the record of what you flagged are erased at once; lines without a name for overall figures (sent, shared, agreed) stay. A post you sent in stays with its case, without a record of who sent it
    • The log of what officers do is kept; it holds no member’s data
privacy-who-sees = <b>Who sees what</b>
    • Officers see the flagged post, its category, how many people sent it and the day; not who sent it
    • Officers see only how many shared; not who did not, nor who chose “Not for me”
    • The messenger you use (such as Telegram) carries the messages under its own policy
privacy-rights = <b>Your rights</b>
    You may see, correct and erase what is held, and object. /settings changes, /stop stops everything, /leave leaves. Anything else: { $contact }
privacy-never = <b>What the club does not do</b>
    • It sends nothing you have not switched on; leaving is as easy as joining
    • No quotas, rankings, penalties or chasing of people who did not share; nothing is posted for you
    • No campaigning for or against a candidate; an announcement always names its issuer and where to check it
    • No flags of opinion or criticism; no record of who wrote a flagged post; links you send are not opened
    • A verdict always has a reason and a source, and everyone who flagged the post is told
    • What officers do always goes into a log that cannot be changed

menu-invite = Make an invite
inviting-role-member = Member
inviting-role-officer = Officer
inviting-role-owner = Owner
inviting-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
    }
inviting-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
    }
inviting-area = Area: { $area }
inviting-ask =
    <b>A new invite</b>
    Role: { $role }
    Area: { $area }
    Good for: { $uses ->
        [one] one person
       *[other] { $uses } people
    }
    Valid for: { $days ->
        [one] one day
       *[other] { $days } days
    }

    Tap to change, then tap <b>Make the invite</b>.
inviting-ask-area = Which area do the people belong to? They can change it themselves.
inviting-make = Make the invite
inviting-made = Done. Forward the message below to the people you invite. The code is shown this once.
inviting-card-member =
    You are invited to join <b>{ $club }</b>, to get official announcements and check suspicious posts.

    Open the link or scan the picture: { $link }
    Or send the bot this code: <code>{ $code }</code>
    Valid until { $until }, for { $uses ->
        [one] one person
       *[other] { $uses } people
    }.
inviting-card-officer =
    You are invited to be an <b>officer</b> of <b>{ $club }</b>.

    Open the link or scan the picture: { $link }
    Or send the bot this code: <code>{ $code }</code>
    Valid until { $until }, for { $uses ->
        [one] one person
       *[other] { $uses } people
    }. Send it only to the person you mean.
inviting-card-owner =
    You are invited to be an <b>owner</b> of <b>{ $club }</b>.

    Open the link or scan the picture: { $link }
    Or send the bot this code: <code>{ $code }</code>
    Valid until { $until }, for { $uses ->
        [one] one person
       *[other] { $uses } people
    }. Send it only to the person you mean.

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

progress-filling = Announcement no. { $number }: going out, the list of recipients is still being made
progress-sending = Announcement no. { $number }: going out
progress-paused = Announcement no. { $number }: paused
progress-done = ✅ Announcement no. { $number }: sent to everyone
progress-cancelled = Announcement no. { $number }: no longer going out
progress-nobody = No member who gets announcements belongs to this audience yet.
progress-sent = Reached { $sent } of { $total } people
progress-gone = Out of reach (blocked the bot or closed the account): { $count }
progress-failed = Not delivered: { $count }
progress-uncertain = May or may not have arrived: { $count }

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
