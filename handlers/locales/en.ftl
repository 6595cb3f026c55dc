# Every sentence a person reads. At most one emoji a message, and only where it helps the eye.

### ---- Common ----

# What { $you } and { $You } stand for in Vietnamese has one word in English.
you = you

trouble = Sorry, something went wrong on our side and this was not done. Please try again in a few minutes. (Reference: { $reference })
undrawn = The picture or file could not be made just now. Please try again in a few minutes.
set-aside = Sorry, your last message stopped the bot twice, so it was skipped. Please do not send the same message again; if you need to, write it in words. (Reference: { $reference })
set-aside-notice = ⚠️ A message sent to the bot stopped it twice, so it was skipped. The sender was told, and all other messages are handled. Please ask the server administrator to read the log. (Reference: { $reference })
permission-revoked-notice = ⚠️ The club’s Official Account withdrew its permission for the bot at { $when }: the bot can no longer send or receive on Zalo OA. Please ask the server administrator to run <code>niemtin oa authorize</code> to grant it again.
button-unknown = This choice no longer works. Send /help to see what you can do.
button-not-yours = This is for somebody else. Send /help to see what you can do.
command-unknown = There is no such command. Send /help to see the commands.
command-unknown-near = There is no command /{ $typed }. Did you mean /{ $command }? Send /help to see the commands.
command-not-yours = This command is for the club’s officers. Send /help to see what you can do.
command-owners-only = This command is for the club’s owners. Send /help to see what you can do.
members-only = This is for members. If you have an invite code, send it here; if not, send /help to see whom to contact. Send /privacy to see what the club keeps.
suspended = Your membership is suspended, so you cannot do this now. Send /appeal to read why or to appeal; send /help to see what you can still do.
only-in-private = To keep this private, please write to the bot directly: { $link }
number-missing = After the command type a space and the announcement’s number, for example: /{ $command } 12. The number is at the end of each announcement; /{ $command } alone shows a list to choose from.
too-fast = That was too fast for the bot, so your last messages were not read. Please wait a minute and send them again. /stop and /leave always work.
edit-not-read = The bot cannot read what you changed in a message already sent. Please send it again as a new message.
album-part-late = This picture or file belongs to a set you sent before and came too late to be used. If it is needed, please send the whole set again.
picture-heic = The bot cannot open HEIC pictures, the kind that iPhones make. Please send it as a photo (not as a file), or save it as JPEG and send that.
cancelled = Cancelled. Send /help to see the commands.
press-a-button = Please choose an answer in the message above. To stop, choose “{ cancel }” or send /cancel.
cancelled-draft = Cancelled. The draft is kept; send /compose to continue.
cancel = Cancel
back = ◀ Back
menu-cancel = Cancel what you are doing
introduction-about = Official announcements, and answers about suspicious posts, for the club’s members.
introduction-description =
    The bot of { $club }, run by { $operator }.

    Members receive official announcements with a source to check. They send suspicious posts here, and the club checks them and answers.

    Press START to see what the club keeps before you join.

### ---- Help ----

menu-help = Help
help-stranger =
    This is the bot of <b>{ $club }</b>: it sends official announcements and helps to check suspicious posts.

    If you have an invite code, send it here to join. If not, please contact: { $contact }
    Did you get a message in the club’s name? Send it here, or send /check: the bot says whether it is genuine.
    /privacy – what the club keeps
help-suspended =
    Your membership of <b>{ $club }</b> is suspended. You can still:
    /appeal – read why, or appeal
    /mydata – see your data
    /erase – erase all your data
    /newphone – move to another phone or account
    /privacy – what the club keeps
    /stop – stop all messages
    /leave – leave the club
    Contact: { $contact }
help-member =
    You can:
    • Forward a suspicious post here (or send /flag): the club checks it and answers you
    /announcements – read the current announcements again
    /check – find out whether a post is the club’s, or has a verdict
    /reported – see the results of the posts you flagged
    /ask – ask the club a question
    /settings – choose what you get, language, area
    /newphone – move to another phone or account
    /link – use one record on Telegram and Zalo
    /privacy – what the club keeps
    /mydata – see your data
    /erase – erase all your data
    /stop – stop all messages
    /leave – leave the club
    Contact: { $contact }
help-officer =
    /menu – home: what is waiting for you

    <b>Announcements</b>
    /compose – write; /approvals – approve; /schedule – see what is scheduled
    /progress – follow or pause sending; /progress 12 – send no. 12 to more people
    /correct – correct; /recall – recall
    <b>Members</b>
    /queue – flagged posts waiting for a verdict
    /questions – questions waiting for an answer
    /appeal – appeals waiting for a decision
    /invite – invite members; /members – find a member by full name
    <b>Figures</b>
    /statistics – figures; /proofs – proofs of sharing; /export – download as a file

    /tour – a one-minute tour for officers
    As for every member: /announcements, /flag, /check, /reported, /ask, /settings, /newphone, /link, /privacy, /mydata, /erase, /stop, /leave
    Forward a post here to flag it.
help-owner =
    /menu – home: what is waiting for you

    <b>Announcements</b>
    /compose – write; /approvals – approve; /schedule – see what is scheduled
    /progress – follow or pause sending; /progress 12 – send no. 12 to more people
    /correct – correct; /recall – recall
    <b>Members</b>
    /queue – flagged posts waiting for a verdict
    /questions – questions waiting for an answer
    /appeal – appeals waiting for a decision
    /invite – invite members and officers; /members – find a member
    <b>Figures</b>
    /statistics – figures; /proofs – proofs of sharing; /export – download as a file
    <b>Owners</b>
    /officers – officers and their roles
    /requests – requests about personal data
    /journal – the log of what officers do

    /tour – a one-minute tour for officers
    As for every member: /announcements, /flag, /check, /reported, /ask, /settings, /newphone, /link, /privacy, /mydata, /erase, /stop, /leave
    Forward a post here to flag it.

### ---- An officer's home ----

menu-menu = Home: what is waiting for you
home-button = 🏠 Home
home-not-understood = The bot did not understand that.
home-waiting =
    <b>{ $club }</b>
    Waiting for you:
home-nothing =
    <b>{ $club }</b>
    Nothing is waiting for you.
home-approvals =
    { $count ->
        [one] { $count } announcement to approve
       *[other] { $count } announcements to approve
    }
home-meetings =
    { $count ->
        [one] { $count } meeting to approve
       *[other] { $count } meetings to approve
    }
home-verdicts =
    { $count ->
        [one] { $count } verdict to approve
       *[other] { $count } verdicts to approve
    }
home-cases = { $count ->
    [one] { $count } flagged post
   *[other] { $count } flagged posts
}
home-cases-overdue = { $count ->
    [one] { $count } flagged post ({ $overdue } overdue)
   *[other] { $count } flagged posts ({ $overdue } overdue)
}
home-questions = { $count ->
    [one] { $count } question
   *[other] { $count } questions
}
home-appeals = { $count ->
    [one] { $count } appeal
   *[other] { $count } appeals
}
home-requests = { $count ->
    [one] { $count } data request
   *[other] { $count } data requests
}
home-sending-announcement = Going out: no. { $number }
home-sending-correction = Being corrected: no. { $number }
home-sending-recall = Being recalled: no. { $number }
home-paused = Paused: no. { $number }
home-uncertain = Copies that may not have arrived: no. { $number }
home-compose = ✏️ New announcement
home-figures = Figures
home-more = More…
more-head = What would you like to do?
home-group = <b>{ $name }</b>
more-announcements = Announcements
more-posts = Flagged posts, questions
more-people = Members
more-owner = For owners
more-figures = Figures
more-yourself = For yourself

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

    To join, you need an invite from the club. If you have an invite code, send it here.
    /privacy – what the club keeps
    No code yet? Please contact: { $contact }
joining-welcome =
    Hello! <b>{ $club }</b> invites you to join. This bot is run by { $operator }, who is responsible for it.

    If you join, the club keeps:
    • Your name and the id of this chat (encrypted) – to write to you
    • The kinds of messages, language and area you choose – to send what you want
    • What you share and flag – to answer you

    Sharing is voluntary. You can leave at any time. Nothing is stored until you agree.
joining-as-officer = <b>You are invited as an officer.</b> You will write and approve announcements and decide on flagged posts. You will not see who flagged a post or who did not share. What officers do is kept in a log that cannot be changed.
joining-as-owner = <b>You are invited as an owner.</b> You do all that officers do, and invite officers. You will not see who flagged a post or who did not share. What officers do is kept in a log that cannot be changed.
joining-agree = I agree, join
joining-press-to-agree = If you have just opened an invite, please choose “{ joining-agree }” in the message above; or send the invite code again.
joining-read-notice = Read in full
joining-decline = Don’t join
joining-in-this-language = English
joining-declined = That’s fine, thank you for looking. The club has stored nothing about you. If you change your mind, open the invite again.
joining-code-wrong = This code does not work. Check each character, or ask the person who invited you for a new one. Contact: { $contact }
joining-code-wait = You have sent a wrong code several times. Please try again after { $time }.
joining-hello-member =
    Hello, you are a member of <b>{ $club }</b>.
    • Forward a suspicious post, and the club checks it
    /announcements – read the announcements again
    /settings – choose what you get
    /help – everything you can do
joining-raised-officer = You are now an officer of the club. Send /menu to see what is waiting for you. To be told when something needs you, switch on “{ preferences-purpose-duties }” below.
joining-raised-owner = You are now an owner of the club. Send /menu to see what is waiting for you. To be told when something needs you, switch on “{ preferences-purpose-duties }” below.
joining-gets-announcements = • Official announcements, as they come
joining-gets-digest = • The digest
joining-gets-meetings = • Invitations to meetings
joining-gets-duties = • What needs an officer
joining-digest-when = Digest: { $when }
joining-can-member =
    • Forward a suspicious post: the club checks it and answers you
    /announcements – read the current announcements
    /settings – change your choices
    /stop – stop all messages
joining-can-officer =
    /compose – write an announcement
    /approvals – announcements waiting for approval
    /schedule – what is scheduled: change, cancel, stop repeating
    /queue – flagged posts waiting for a decision
    /settings – change your choices
    /help – everything you can do
joining-done =
    All set – welcome to the club! 🌱

    <b>You will get</b>
    { $gets }

    <b>You can now</b>
    { $can }
joining-choose-again = Choose what to get
joining-read =
    { $count ->
        [one] Read { $count } announcement
       *[other] Read { $count } announcements
    }
joining-done-nothing =
    All set – welcome to the club! 🌱

    You have chosen nothing, so the bot <b>will not write on its own</b>: no announcements, no digest. You can still flag suspicious posts and read the announcements. To get messages, choose below, or in /settings at any time.

    <b>You can now</b>
    { $can }

menu-settings = Choose what you get, language, area
quiet-line = Quiet hours: { $hours }
quiet-open = Quiet hours
quiet-none = none
quiet-as-club = Same as the club
quiet-other = Other hours…
quiet-ask =
    <b>Quiet hours: { $hours }</b>
    Announcements, digests, verdicts and reminders are held back until these hours are over. Urgent announcements may still come.

    The club’s own quiet hours: { $begins }–{ $ends }. You can add hours of your own.
quiet-digest = 🌙 That is in the quiet hours: the digest will come at <b>{ $ends }</b>.
quiet-ask-hours = Please type when they begin and end, such as: 20:00-7:00
quiet-unclear = The bot does not understand these hours. Please type them like 20:00-7:00, or send /cancel to stop.
preferences-title = <b>Your settings</b>
preferences-line-purposes = You get: { $purposes }
preferences-line-nothing = You get: nothing chosen yet (the bot does not write on its own)
preferences-line-digest = Digest: { $when }
preferences-line-language = Language: { $language }
preferences-line-area = Area: { $area }
preferences-purpose-announcements = Announcements
preferences-purpose-digest = Digest
preferences-purpose-meetings = Invitations to meetings
preferences-purpose-duties = Officers’ duties
preferences-language-name = English
preferences-open-language = Language
preferences-open-area = Area
preferences-open-digest = Days and hour of the digest
preferences-ask-purposes =
    You are a member now. What would you like to get? Choose to switch each on; nothing is sent for what is off.

    • <b>{ preferences-purpose-announcements }</b>: official news, as it comes
    • <b>{ preferences-purpose-digest }</b>: one short message at 19:30 every day, or at the days and hour you choose
    • <b>{ preferences-purpose-meetings }</b>: meetings, press conferences, trainings; coming is voluntary
preferences-ask-purposes-officer =
    You have joined the club as { $role }. What would you like to get? Choose to switch each on; nothing is sent for what is off.

    • <b>{ preferences-purpose-announcements }</b>: official news, as it comes
    • <b>{ preferences-purpose-digest }</b>: one short message at 19:30 every day, or at the days and hour you choose
    • <b>{ preferences-purpose-meetings }</b>: meetings, press conferences, trainings; coming is voluntary
    • <b>{ preferences-purpose-duties }</b>: announcements to approve, the officers’ daily digest
preferences-all = All of them
preferences-ask-language = Which language would you like?
preferences-ask-area = Which area’s announcements would you like? Announcements for the whole province reach everyone; if these are enough, choose “{ area-whole-province }”.
preferences-ask-digest =
    On which days and at what time should the digest come?
    Chosen: <b>{ $when }</b>
preferences-digest-no-day = no day chosen, so it is not sent
preferences-digest-daily = every day, { $time }
preferences-digest-weekly = every Sunday, { $time }
preferences-line-paused = The digest is paused until { $day }.
preferences-digest-days = { $days }, { $time }
preferences-every-day = Every day
preferences-once-a-week = Every Sunday
preferences-other-hour = Another time…
preferences-ask-hour = Type the time you would like, for example: 19:30
preferences-hour-unclear = The bot does not understand this time. Please type it like 19:30 or 7 am, or send /cancel to stop.
preferences-go-on = Continue ▶

menu-stop = Stop all messages
leaving-stop-button = Stop everything
leaving-stop-ask = Do you want to stop all messages? Choose it below, or send exactly /stop.
leaving-stopped =
    Stopped. From now on the bot sends you nothing by itself: no announcements, digests or reminders, and no verdicts on posts you flagged. Questions of yours that were not answered yet have been withdrawn and erased.

    You are still a member. To get messages again, send /settings; to see what became of your flags, send /reported; to leave the club, send /leave.
leaving-stop-undo = That was a mistake, restore it
leaving-stop-undo-over = More than { $minutes } minutes have passed, so this cannot be undone. Send /settings to choose again what you get.
leaving-stop-undone =
    The bot writes to you as before. Announcements sent while you had stopped may not arrive: send /announcements to see the current ones.

    Reminders and waiting questions cannot be restored; please set or ask them again.
leaving-stranger = You are not a member, so the bot sends you nothing. Send /help to see how to join.
menu-leave = Leave the club
leaving-ask =
    When you leave the club, the bot sends you nothing more; your name, this chat, your proofs and the record of the posts you flagged are erased at once.
    Figures without a name (sent, shared, agreed) are kept for some time; to erase these as well, use /erase.
    To come back you need a new invite.
leaving-either-ask = Do you want no more messages, or to leave the club? Choose below. To stop what you are doing here, send /cancel.
leaving-leave-hint = Do you want to leave the club? Choose it below, or send exactly /leave.
leaving-leave-button = Leave the club
leaving-stay = Stay
leaving-stayed = Thank you for staying. Everything is as it was.
leaving-left = You have left the club. Your name and this chat are erased from its records, and the bot will not write again. Thank you for your time with us.
leaving-last-owner = You are the only owner. Before you leave, please invite another owner with /invite.

menu-privacy = What the club keeps
console-readers = ℹ️ What you write to this Zalo page can be read in Zalo’s console by { $readers }, with your Zalo name and the time. The bot cannot prevent that.
console-readers-unnamed = the people who manage the club’s Zalo page
console-elsewhere = To flag or ask something that only the bot receives, write to the club’s bot in another app:
console-elsewhere-telegram = • Telegram: { $link }
console-elsewhere-zalo = • The bot on Zalo: { $link }
console-nowhere-else = If you do not want that, please do not send it here.
privacy-console = • What you write to the club’s Zalo page can be read in Zalo’s console by { $readers }, with your name and the time; the bot cannot prevent that
privacy-who =
    <b>Your privacy</b>
    This bot belongs to { $club }. { $operator } runs it, is responsible for it and is the controller of your personal data. Contact: { $contact }
privacy-kept =
    <b>What is kept, and why</b>
    • Your name and the id of this chat: to write to you
    • What you chose to get, language, area, hours; when you agreed and withdrew: to send just that
    • Announcements sent to you; reminders you set: to send nothing twice, and to remind you in time
    • That you chose “{ shared-button }” or “{ not-for-me-button }”; links and pictures you added: to ask you to take down a recalled announcement, and for overall figures
    • Your questions; the posts you flag and the day: to answer you. How many you flagged within an hour: so that everyone gets a turn; erased within a day
    • Answers to invitations, tickets: to keep your seat
    Names, chat ids, questions, flagged posts, links and pictures are encrypted; the key is kept elsewhere.
    Of people who have not joined, the bot keeps only how often a wrong invite code was tried, without a name ({ $attempts }), and message ids, so that none is answered twice ({ $keys }).
privacy-how-long =
    <b>How long</b>
    • Posts you flag: { $posts } after the verdict; opinion and criticism are erased at once. That you flagged them: { $flags } after it
    • Your questions: { $questions } after the answer. Requests about your data: { $requests } after the answer
    • Links and pictures you added: { $proofs }. Your name with a share: { $shares }. Announcements sent to you: { $deliveries }. Things left unfinished: { $steps }. Answers to invitations, tickets: { $attendance } after the meeting
    • Suspension and appeal: { $suspensions } after you were reinstated
    • The rest: until you leave the club. Then your name, chat, area, proofs, questions and what you flagged are erased at once; nameless figures are kept for { $left } more. A flagged post stays with its case, but not who flagged it
    • The log of what officers do is kept for good; it holds no member’s data
privacy-who-sees =
    <b>Who sees what</b>
    • Officers see the flagged post, its category, how many people flagged it and the day; not who flagged it, nor who asked a question
    • Officers see only how many shared; not who did not, nor who chose “{ not-for-me-button }”
    • Accept an invitation, and its organisers see your name; who came shows only by the ticket
    • Owners see members’ names, roles and areas; officers find only full names that they type. Officers see why a member is suspended, and the appeal
    • Your messenger (such as Telegram) carries messages under its own policy
privacy-rights =
    <b>Your rights</b>
    The Law on Personal Data Protection (91/2025/QH15) and Decree 356/2025/NĐ-CP give you the right to:
    • Know how your data is used: /privacy
    • Agree, refuse, or withdraw consent: /settings, /stop
    • See, receive and correct your data; restrict or object to its processing: /mydata
    • Have your data erased: /erase; leave the club: /leave
    • Complain, denounce, sue, claim damages, and ask for your data to be protected
    The club responds to requests within { $answer } working days. Anything else: { $contact }
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

    Choose to change, then choose <b>Make the invite</b>.
inviting-ask-area = Which area do the people belong to? They can change it themselves.
inviting-make = Make the invite
inviting-made = Done. Forward the message below to the people you invite. The code is shown only this once.
inviting-list = Valid invites
inviting-new = Make a new invite
inviting-open = <b>Valid invites</b>
inviting-none-open = There is no valid invite.
inviting-open-one = Open { $number }
inviting-facts = <b>{ $role }</b> · { $area }
    { $uses ->
        [one] One use left
       *[other] { $uses } uses left
    }, until { $until }
    Made by: { $by }
inviting-revoked = 🚫 <b>Revoked</b>, no longer works
inviting-by-operator = the server administrator
inviting-by-gone = somebody who has left
inviting-shorten = End in 1 day
inviting-revoke = Revoke
inviting-over = This invite is no longer valid. Send /invite to see the others or make a new one.
inviting-card-member = You are invited to join <b>{ $club }</b>, to get official announcements and check suspicious posts.
inviting-card-officer = You are invited to be an <b>officer</b> of <b>{ $club }</b>.
inviting-card-owner = You are invited to be an <b>owner</b> of <b>{ $club }</b>.
inviting-card-by-link =
    Open the link or scan the QR code: { $link }
    Or send the bot this code: <code>{ $code }</code>
inviting-card-by-zalo-link =
    Open the link or scan the QR code to reach the club on Zalo: { $link }
    Then send the bot this code: <code>{ $code }</code>
inviting-card-by-code = On Zalo, send the bot this code: <code>{ $code }</code>
inviting-card-until =
    Valid until { $until }, for { $uses ->
        [one] one person
       *[other] { $uses } people
    }.
inviting-card-until-private =
    Valid until { $until }, for { $uses ->
        [one] one person
       *[other] { $uses } people
    }. Send it only to the person you mean.
inviting-zalo-full = The club’s bot on Zalo already serves { $most } people, the limit of its plan. New members, please join on Telegram.
inviting-zalo-full-alone = ⚠️ The club’s bot on Zalo already serves { $most } people, the limit of its plan. The people you invite cannot join until the club has a larger plan.
joining-zalo-full = The club’s bot on Zalo already serves { $most } people, the limit of its plan, so you cannot join here. Please keep your code: your invite stays valid{ $elsewhere }.
joining-zalo-full-elsewhere = : please open { $link } on Telegram
joining-zalo-full-later = { " " }for when the club has a larger plan
inviting-card-at-zalo = On Zalo: open { $link } and send that code.
inviting-card-on-zalo = On Zalo: write that code to the club’s bot there.

### ---- People (people, appeal, moving) ----

menu-officers = The club’s officers
menu-members = Find a member
people-officers =
    <b>Officers and owners</b>
    Choose a person to change their role. To add an officer, make an invite with /invite, or find a member with /members and choose “{ people-offer }”.
people-officer = { $name } · { $role }
people-one = { $name }
people-suspended-one = ⏸ { $name }
people-name-wanted = Type the person’s full name, for example: Nguyễn Thị Lan. Diacritics and order do not matter. To protect members’ privacy, officers have no list of members.
people-found = { $count ->
    [one] <b>One</b> member found.
   *[other] <b>{ $count }</b> members found.
    }
people-none-found = No member of that name found. Please type the full name again; diacritics do not matter.
people-name-whole = Please type the full name, for example: Nguyễn Thị Lan. Diacritics do not matter.
people-searched = Searched for: { $words }
people-newest-first = Newest members first.
people-how-to-search = To search by name, type it here; diacritics do not matter.
people-ask-area = Members of which area? “{ area-whole-province }” means everybody.
people-every-area = All
people-show-suspended = Only those suspended
people-show-all = All members
people-card =
    <b>{ $name }</b>
    Role: { $role }
    Area: { $area }
    Joined: { $since }
people-card-suspended =
    ⏸ Suspended since { $when }
    Reason: { $reason }
people-make-owner = Make an owner
people-make-officer = Make an officer
people-make-member = End the officer’s role
people-ask-owner = Make <b>{ $name }</b> an owner? Owners do all that officers do, and decide who is an officer.
people-ask-officer = Make <b>{ $name }</b> an officer? They will no longer decide who is an officer.
people-ask-member = End the officer’s role of <b>{ $name }</b>? Their cases will wait for another officer; their unsent drafts stay, but cannot be sent.
people-role-yes = Yes
people-now-owner = You are now an owner of the club. Send /help to see what you can do.
people-now-officer = Your role is officer now. Send /help to see what you can do.
people-now-member = Your role as an officer has ended; you are a member like everybody else. Thank you for your work.
people-last-owner = This is the only owner. Please invite another owner with /invite first.
people-changed = Something about this person has just changed. Please open them from the list again.
people-gone = This person is no longer in the club. Send /members to find somebody else.
people-offer = Ask to be an officer
people-offer-made = <b>{ $name }</b> has been asked and has 7 days to answer. The bot does not write to people who switched announcements off; for them, make an invite with /invite.
people-offered = <b>{ $club }</b> asks you to be an officer: to write and approve announcements and decide on flagged posts. Officers do not see who flagged a post or who did not share; what officers do is kept in a log that cannot be changed. It is up to you.
people-offer-yes = Yes, I will
people-offer-no = No, thank you
people-offer-over = This offer is no longer valid. Send /help to see what you can do.
role-taken-offer =
    🔑 <b>{ $name }</b> has accepted and is now an officer.

    If this is the wrong person, open the card and take the role away.
role-taken-invite =
    🔑 <b>{ $name }</b> has just become { $role } by an invite.

    If this is the wrong person, open the card and take the role away.
role-taken-raised =
    🔑 An owner has just made <b>{ $name }</b> { $role }.

    If this is wrong, open the card and change it back.
role-taken-linked =
    🔑 <b>{ $name }</b> ({ $role }) has just linked another app to that role.

    If something looks wrong, ask them, and suspend them if necessary.
role-taken-moved =
    🔑 <b>{ $name }</b> ({ $role }) has just moved to another account.

    If something looks wrong, ask them, and suspend them if necessary.
role-taken-see = Open the card
people-offer-refused = <b>{ $name }</b> says thank you, but would rather not be an officer.
people-offer-declined = That’s fine, thank you. You are a member as before.
people-text-length = Please write { $least } to { $most } characters (there are { $count }).
people-suspend = Suspend
people-ask-reason = Why suspend the membership of <b>{ $name }</b>? Write the reason (at least { $least } characters). They will read exactly this, and can appeal.
people-suspend-sure =
    Suspend <b>{ $name }</b> for this reason:
    <blockquote>{ $reason }</blockquote>
    To change it, send another reason.
people-suspend-yes = Suspend
people-suspended = The membership of <b>{ $name }</b> is suspended. If they appeal, another officer decides.
people-you-are-suspended =
    Your membership is suspended. The reason:
    <blockquote>{ $reason }</blockquote>
    If this is not right, send /appeal: another officer will look at it. What you can still do: /help
people-lift = Lift the suspension
people-lift-sure = Let <b>{ $name }</b> be a member again, with the role and choices they had?
people-lifted = <b>{ $name }</b> is a member again.
people-you-are-back = Your membership is back as it was. Send /help to see what you can do.
people-suspended-left = A suspended member has left the club; their record and the reason are erased. Anyone with a valid invite can come back; see or revoke invites in /invite.

appeal-button = Appeal
appeal-nothing = This command is for suspended members. For anything else, send /help to see whom to contact.
appeal-ask =
    Your membership has been suspended since { $when }. The reason:
    <blockquote>{ $reason }</blockquote>
    If this is not right, write why (at least { $least } characters). Another officer will read it and answer. Send /cancel to stop.
appeal-waits =
    Your membership has been suspended since { $when }. The reason:
    <blockquote>{ $reason }</blockquote>
    Your appeal is waiting for another officer.
appeal-one-at-a-time = Your earlier appeal is still waiting. The bot will tell you when it is decided.
appeal-made = Your appeal has been sent. Another officer, not the one who suspended you, will read it and answer here.
appeal-came = An appeal against a suspension is waiting for you.
appeal-nobody-else = There is an appeal, but no officer to decide it except the one who ordered the suspension. Please find another officer with /invite or /members.
appeal-open = Read the appeal
appeal-list = <b>Appeals to decide</b>
appeal-none = No appeal is waiting.
appeal-line = { $name } · { $day }
appeal-card =
    <b>{ $name }</b>, suspended since { $when }
    The reason:
    <blockquote>{ $reason }</blockquote>
    The appeal:
    <blockquote>{ $text }</blockquote>
appeal-another-officer = You ordered the suspension, so another officer has to decide this appeal. Please tell another officer.
appeal-uphold = Uphold the suspension
appeal-lift = Lift the suspension
appeal-ask-uphold = Why is it upheld? Write the reason (at least { $least } characters); the member will read it.
appeal-ask-lift = Why is it lifted? Write the reason (at least { $least } characters); the member will read it.
appeal-answer-uphold =
    Another officer has looked at your appeal. The suspension is upheld. The reason:
    <blockquote>{ $reason }</blockquote>
appeal-answer-lift =
    Another officer has looked at your appeal. Your membership is back as it was. The reason:
    <blockquote>{ $reason }</blockquote>
appeal-sure = This is the answer the member will read. To change it, send another reason.
appeal-send = Decide and send
appeal-sent = Decided, and the member has been answered.
appeal-over = This appeal has been decided. Send /appeal to see whether others are waiting.

moving-open = Another phone or account…
moving-code =
    The code that moves your record to another phone or account: <code>{ $code }</code>

    From the new account, { $how }. The code is shown only now and works once, before { $until }.
    The new account must not have joined the club yet. Do not give the code to anyone, even if they say they are an officer.
moving-code-by-link = open { $link } or send the bot this code
moving-code-by-code = send the bot this code
moving-arrived = Your record has moved to this account. All your choices are as they were. Send /help to see what you can do.
moving-gone = Your membership has just moved to another account with the code you made here; nothing more is sent to this chat. If this was not you, choose below within 7 days to take it back. Help: { $contact }

### ---- Announcing ----

announcement-head = <b>{ $title }</b>
announcement-head-urgent = 🔴 <b>URGENT: { $title }</b>
announcement-fact = • { $fact }
announcement-issuer = Issued by: { $issuer }
announcement-source-url = Check it at: { $url }
announcement-source-ref = Document no.: { $ref }
announcement-valid-until = Valid until: { $when }
announcement-album = With <b>announcement no. { $number }</b> · { $issuer }
announcement-number = Announcement no. { $number }
announcement-corrected = { $times ->
    [1] ✏️ <b>Corrected</b>
   *[other] ✏️ <b>Corrected</b> ({ $times } times)
    }

menu-compose = Write an announcement
menu-approvals = Announcements waiting

announcing-welcome = The bot asks one thing at a time; you can go back at any time. Nothing has been sent.
announcing-send-whole = Please send <b>the whole text of the announcement</b>: paste it here or forward the post, with its picture, album or file. The first line is the title; the bot reads source, end and issuer from the text.
announcing-send-whole-or-go-on = Please send <b>the whole text</b> of a new announcement: paste it here or forward the post, with its picture, album or file. Or continue a draft below.
announcing-stepwise = Step by step
announcing-from-old = From an old one
announcing-which-old = Which announcement do you want to begin with? The bot copies it into a new draft, without its times.
announcing-copied = Copied from announcement no. { $number }, without its times.
announcing-recognised = The bot filled in what the text says. Please check it.
announcing-recognised-no-title = The text has no short line for a title, so all of it became the body.
announcing-recognised-title-only = The bot took this line as the title. The announcement still needs a body.
announcing-whole-wanted = The bot needs a text, a picture, a video or one file to compose an announcement. Please send it again.
announcing-media-taken = The file has been received. Now please send the <b>text</b>; its first line is the title.
announcing-see-card = See the draft
announcing-set-aside = The draft of the announcement is saved. To go on with it, type /compose.
announcing-present-value =
    Now:
    <pre>{ $value }</pre>
announcing-value-alone = <pre>{ $value }</pre>
announcing-copy = Copy to edit
announcing-card-given = { $field }: { $value }
announcing-card-empty = { $field }: none
announcing-card-missing = ❗ { $field }
announcing-card-people = { $people } people
announcing-card-album = album of { $count }
announcing-card-photo = picture
announcing-card-video = video
announcing-card-document = file
announcing-card-now = once approved
announcing-card-once = once
announcing-card-daily = daily
announcing-card-weekly = weekly
announcing-area-suggested = 📍 Only to { $area }
announcing-missing = Still missing: <b>{ $fields }</b>. Choose a field to fill it in.
announcing-written-by = Written by: <b>{ $name }</b>
announcing-changes = <b>What changed</b>
announcing-change = • { $field }: { $old } → { $new }
announcing-change-words = • { $field }: { $changed }
announcing-change-hidden = • { $field }: another file, formatting or link
announcing-go-on = ✏️ { $number } · { $title }
announcing-question =
    <b>Step { $number }/{ $total }</b>
    { $prompt }
announcing-ask-title = What is the <b>title</b>? At most 200 characters.
announcing-ask-text = Send the <b>text</b>. Bold, italics and links are kept.
announcing-ask-facts = Any <b>key facts</b> to point out? At most three, one a line, such as: Polling stations are open from 7:00 to 19:00.
announcing-ask-media =
    Send <b>a picture, a video or a file</b> to go with it, if any; or an album of 2–10 pictures and videos.
    With one picture, video or file, the whole message may have 1,024 characters. With an album, the text comes in a message right below.
announcing-ask-issuer = <b>Which body issues it</b>? Choose below or type its name.
announcing-ask-source = <b>Where can it be checked</b>? Send an https:// link or a document number, such as 199/2025/QH15. This step is required.
announcing-ask-valid-until = <b>Until when is it valid</b>? Choose below or type it, such as: 15/3 or 15/3 19:00. After that it is not sent any more.
announcing-ask-urgent = Is this announcement <b>urgent</b>? Urgent ones go first and carry a 🔴.
announcing-ask-english-title = Is there an <b>English version</b>? If so, send its title.
announcing-ask-english-text = Send the <b>English text</b>.
announcing-ask-areas = <b>Who is it for</b>? Choose one or more areas below.
announcing-ask-send-at = <b>When should it go out</b>? Choose below or type a time, such as: tomorrow 19:30, Monday 8am, 15/3 7:00. If you set a time, it can be repeated every day or every week.
announcing-ask-campaign = Does this announcement <b>support or oppose a candidate</b>?
announcing-field-title = Title
announcing-field-text = Text
announcing-field-facts = Key facts
announcing-field-media = Picture, video, file
announcing-field-issuer = Issued by
announcing-field-source = Source
announcing-field-valid-until = Valid until
announcing-field-urgent = Urgency
announcing-field-english-title = English title
announcing-field-english-text = English text
announcing-field-areas = Recipients
announcing-field-send-at = Time of sending
announcing-facts-so-far = { $count } of { $limit } key facts noted. Send more, or choose “{ announcing-done }”.
announcing-noted = Noted: <b>{ $when }</b>.
announcing-skip = Skip
announcing-keep = Keep it ▶
announcing-done = Done ▶
announcing-leave-out = Leave it out
announcing-no-end = No end
announcing-end-of-today = End of today
announcing-seven-days = For 7 days
announcing-everyone = Everyone
announcing-yes = Yes
announcing-no = No
announcing-now = As soon as approved
announcing-old-question = This question has passed. See the newest message, or send /compose to continue.
announcing-text-wanted = This step needs text. Please type your answer.
announcing-text-short = The text of an announcement needs at least { $least } words. Please send the text, or choose an answer under the question.
announcing-press-a-button = Please choose one of the answers under the question.
announcing-facts-too-many = At most { $limit } key facts. Please choose the most important ones and send them again.
announcing-media-wanted = This step needs a picture, a video or a file; if there is none, choose “{ announcing-skip }” or “{ back }”.
announcing-album-so-far = Received for the album: { $count } of at most { $limit } pictures and videos. Choose “{ announcing-done }” when all are sent.
announcing-album-full = An album holds at most { $limit } pictures and videos; the first { $limit } are kept. Please choose “{ announcing-done }”.
announcing-album-kinds = An album takes pictures and videos only. Please send a single file.
announcing-files-left-out = Some files were left out: an announcement takes one file, or an album of at most { $limit } pictures and videos.
announcing-no-album-here = This step takes no picture or album. Please answer the question above.
announcing-ask-repeat = <b>Send it once, or repeat it</b>? Each repetition is a separate announcement with exactly the approved text.
announcing-ask-repeat-until = <b>Until when does it repeat</b>? Type the last day, such as: 15/3.
announcing-ask-preview = <b>Show a preview of the link</b> below the message? The default is no.
announcing-ask-proofs = <b>Accept proofs</b> (links, screenshots, a few words) from members who shared it? Sending one is up to them. The default is yes.
announcing-field-repeat = Repetition
announcing-field-repeat-until = Repeat until
announcing-field-preview = Link preview
announcing-field-proofs = Accept proofs
announcing-ask-officers-only = <b>To officers only?</b> Then it has no buttons for sharing, and the bot confirms it to nobody else. The default is no.
announcing-field-officers-only = Officers only
announcing-officers = Officers only
announcing-without-proofs = No proofs of sharing are accepted.
announcing-once = Once
announcing-daily = Every day
announcing-weekly = Every week, { $day }
announcing-repeat-too-short = The last day must be more than a day after the first sending. Please choose a later one.
announcing-repeat-too-long = It can repeat for { $days } days at most. Please choose an earlier day.
announcing-repeat-needs-end = An announcement that repeats needs an end, which moves with each repetition. Please change “{ announcing-field-valid-until }”.
announcing-issuer-is-source = This looks like the number of a document or a link; the bot asks for that next. Here, please write the name of the body that issued it.
announcing-source-neither = Please send exactly one https:// link or one document number such as 199/2025/QH15, so that members can check it.
announcing-source-not-https = The link must be complete and begin with https://. Please open the page and copy its address.
announcing-source-malformed = This address is not right. Please open the page and copy the whole address.
announcing-source-look-alike = This address looks like another site’s and could be taken for a fake. Please use the issuing body’s own address.
announcing-time-unreadable = The bot does not understand this time. Write it like: tomorrow 19:30, Monday 8am, 15/3 7:00.
announcing-time-no-time = The time of day is missing. Add it, such as: Monday 8am.
announcing-time-no-such-time = There is no such date or time. Please check date, time and weekday, and write it like: 15/3 7:00.
announcing-time-two-meanings = This time can be read in two ways. Please write the date, such as: 15/3 7:00.
announcing-time-past = This time has passed. Please write the date, such as: 15/3 7:00.
announcing-over-before-sent = It has to go out before it stops being valid. Please choose another time.
announcing-too-long = Too long by <b>{ $over }</b> characters: Telegram allows { $limit } in one message, title and source included. { $language ->
        [en] Please send a shorter English text.
       *[other] Please send a shorter text.
    }
announcing-too-long-with-media = Too long by <b>{ $over }</b> characters: with a picture or document only { $limit } fit, title and source included. { $language ->
        [en] Please send a shorter English text, or drop the picture or document.
       *[other] Please send a shorter text, or drop the picture or document.
    }
announcing-drop-media = Drop picture/document
announcing-campaign-refused = This channel does not campaign for or against anyone, so this announcement cannot be sent. Please make it neutral, or discard it.

announcing-preview = Members will get <b>exactly this</b>:
announcing-only-preview = This is a preview; its choices do nothing yet.
announcing-summary = <b>Announcement no. { $number }</b> · version { $version }
announcing-provisional = No. { $number } is provisional; the announcement gets its number when it goes out.
announcing-audience = For <b>{ $people } people</b> · { $places }
announcing-sent-at = Goes out: <b>{ $when }</b>
announcing-sent-once-approved = Goes out: <b>as soon as approved</b>
announcing-source = Source: <b>{ $source }</b>
announcing-author-waits = You wrote it, so another officer approves it.
announcing-submit = Send for approval
announcing-send = Send
announcing-edit = Edit…
announcing-discard = Discard
announcing-discard-question = Discard “{ $title }”? This cannot be undone.
announcing-discard-sure = Discard for good
announcing-which-field = What would you like to change?
announcing-which-field-approved = After a change it needs approval again. What would you like to change?

announcing-submitted = Sent for approval. { $count ->
        [one] One other officer has
       *[other] { $count } other officers have
    } to agree; you will be told.
announcing-submitted-to-nobody = Sent for approval, but the club has too few officers: it takes { $count } more to approve. Please ask an owner to invite more.
announcing-please-approve =
    An announcement is waiting for your approval:
    <b>{ $title }</b>
announcing-see = See and approve
announcing-see-own = See it
announcing-approve = Approve
announcing-refuse = Do not approve
announcing-withdraw = Take back
announcing-unschedule = Cancel sending
announcing-nothing-waits = No announcement is waiting. To write one, send /compose.
announcing-what-waits = Announcements waiting. Choose one to see it:
announcing-line = { $number } · { $title }
announcing-line-scheduled = ⏰ { $number } · { $title }
announcing-changed = <b>This announcement has been changed.</b> Here is the newest version.
announcing-approved-already = You have already approved this version. Send /approvals to see other announcements.
announcing-approved-so-far = Noted ({ $count } of { $needed } approvals). It goes out once there are enough.
announcing-own-approval = You wrote it, so you cannot approve it. Another officer will.
announcing-not-the-author = Only its author can do this. Send /approvals to see the announcements that are waiting.
announcing-why-not = Why not? Please write the reason; the author will read it.
announcing-reason-wanted = Please write the reason in words, at most { $limit } characters.
announcing-refused = Returned to its author, with your reason.
announcing-reopened = It is a draft again; nothing has been sent.
announcing-unscheduled = Cancelled. It is a draft again, and its author has been told.
announcing-over = This announcement is no longer valid and cannot be sent. Its author needs to change “{ announcing-field-valid-until }”.
announcing-send-at-over = Its time of sending has passed. Choose “{ announcing-field-send-at }” to set another.
announcing-now-draft = This announcement is a draft; its author is working on it. Send /approvals to see others.
announcing-now-awaiting_approval = Waiting for approval.
announcing-now-scheduled = Approved, waiting for its time.
announcing-now-scheduled-for = Approved; it goes out at <b>{ $when }</b>.
announcing-now-sending = Approved and going out.
announcing-now-sent = Sent.
announcing-now-withdrawn = Discarded; it will not be sent.
announcing-now-expired = It stopped being valid before it was sent, so it was not sent.
announcing-your-own-sending = Your announcement no. { $number } has been approved and began to go out at { $when }.
announcing-your-own-scheduled = Your announcement no. { $number } has been approved and goes out at <b>{ $when }</b>.
announcing-your-own-refused =
    Your announcement no. { $number } was not approved. The reason:
    <i>{ $reason }</i>
    Please change it and send it for approval again.
announcing-your-own-unscheduled = Another officer has cancelled the sending of your announcement no. { $number }. It is a draft again.
announcing-expired = Announcement no. { $number } “{ $title }” stopped being valid before it could be sent, so it was not sent.
menu-correct = Correct an announcement that was sent
menu-recall = Recall an announcement that was sent
picking-none = Nothing has been sent yet. To write an announcement, send /compose.
picking-line = { $number } · { $title }
picking-unknown = No sent announcement has the number { $number }. Send /statistics to see them.
correcting-which = Which announcement do you want to correct?
correcting-what = <b>Correction of announcement no. { $number }</b>: choose below what to change. Picture, file and recipients stay as they are; if the mistake is there, recall the announcement and write a new one.
correcting-go-on = ✏️ Correction of { $number } · { $title }
correcting-line = ✏️ { $number } · { $title }
correcting-summary = <b>Correction of announcement no. { $number }</b> · version { $version }
correcting-copies =
    { $count ->
        [one] Once approved: <b>one delivered copy</b> is corrected in place, and its recipient is told. Those still waiting get the new version.
       *[other] Once approved: <b>{ $count } delivered copies</b> are corrected in place, and every recipient is told. Those still waiting get the new version.
    }
correcting-anew =
    { $count ->
        [one] Messages on { $where } cannot be edited: <b>one person</b> gets a notice, with the new version right below.
       *[other] Messages on { $where } cannot be edited: <b>{ $count } people</b> get a notice, with the new version right below.
    }
correcting-please-approve =
    A <b>correction</b> of announcement no. { $number } is waiting for your approval:
    <b>{ $title }</b>
correcting-your-own-approved = Your correction of announcement no. { $number } has been approved. The bot began to change the delivered copies at { $when }.
correcting-your-own-refused =
    Your correction of announcement no. { $number } has not been approved. The reason:
    <i>{ $reason }</i>
    Please change it and send it for approval again.
correcting-now-sending = Approved; delivered copies are being corrected.
correcting-now-sent = Corrected everywhere it could be.
correcting-unchanged = This is the same as what was sent. Choose below what to correct.
correcting-stale = Another officer has just corrected announcement no. { $number }. Send /correct { $number } to start from the newest version.
correcting-recalled = Announcement no. { $number } has been recalled and cannot be corrected. To write a new one, send /compose.
correction-notice = ✏️ Announcement no. { $number } “{ $title }” has just been <b>corrected</b>.
correction-notice-reread = If you shared the old version, please read the new one.
correction-notice-changed = <b>Corrected:</b>{ $places }
correction-notice-place = • { $place }
correction-notice-fields = <b>Corrected:</b> { $fields }.
correction-notice-replaced = { $before } { $old } → <b>{ $new }</b> { $behind }
correction-notice-added = { $before } (added <b>{ $new }</b>) { $behind }
correction-notice-removed = { $before } (removed { $old }) { $behind }
correction-notice-value = { $field }: { $old } → <b>{ $new }</b>
correction-notice-no-value = none
correction-read = Read the corrected version
recalling-which = Which announcement do you want to recall?
recalling-question = { $copies ->
    [one]
        <b>Recall announcement no. { $number }?</b>
        { $title }

        • The one delivered copy is deleted; if it is older than 48 hours, the line “recalled” takes its place
        • Anyone who has not received it will not; anyone who has is told why, and asked to take down what they posted
        • Every officer is told
        A recall cannot be undone.

        <b>Why is it recalled?</b> Choose or type a short reason for members to read.
   *[other]
        <b>Recall announcement no. { $number }?</b>
        { $title }

        • The delivered copies ({ $copies }) are deleted; those older than 48 hours are replaced by the line “recalled”
        • Anyone who has not received it will not; anyone who has is told why, and asked to take down what they posted
        • Every officer is told
        A recall cannot be undone.

        <b>Why is it recalled?</b> Choose or type a short reason for members to read.
    }
recalling-reason-wanted = Please choose or type a short reason for the recall.
recalling-check =
    <b>Recall announcement no. { $number }?</b> Whoever has it will read:

    { $notice }
recalling-begin-anew = This recall is closed. Send /recall { $number } to start again.
recalling-why-time = Wrong date or time
recalling-why-place = Wrong place
recalling-why-off = It was postponed or cancelled
recalling-why-content = The content is not correct
recalling-anew =
    { $count ->
        [one] Messages on { $where } cannot be deleted: <b>one person</b> is told of the recall, and the old copy stays in their chat.
       *[other] Messages on { $where } cannot be deleted: <b>{ $count } people</b> are told of the recall, and the old copies stay in their chats.
    }
recalling-sure = Recall it now
recalling-keep = Do not recall
recalling-kept = Announcement no. { $number } stays as it is.
recalling-begun = Announcement no. { $number } is being recalled. From now on nobody can read it again or share it.
recalling-already = Announcement no. { $number } has been recalled. Send /progress { $number } to see the result.
recalling-told =
    An officer has <b>recalled</b> announcement no. { $number } “{ $title }”. The reason: <i>{ $reason }</i>
    Type /progress { $number } to see how it went.
recalled-copy =
    ⛔ Announcement no. { $number } “{ $title }” has been <b>recalled</b>. The reason: <i>{ $reason }</i>
    What it says is <b>no longer valid</b>. Please do not share it any more; if you posted it, please take it down.

night-note = 🌙 Quiet hours ({ $begins }–{ $ends }): it will arrive at <b>{ $when }</b>.
night-note-urgent = 🌙 Quiet hours ({ $begins }–{ $ends }): it will arrive at <b>{ $when }</b>, unless the approver agrees to send it during quiet hours.
night-held = 🌙 These are quiet hours: the rest goes out from <b>{ $when }</b>.
night-approve = 🌙 Approve, send in quiet hours
night-send = 🌙 Send in quiet hours
night-question =
    🌙 The urgent announcement no. { $number } will go out at <b>{ $when }</b>, <b>during quiet hours</b>: members’ phones will ring.

    Do you agree? This is recorded in the log.
night-sure = I agree, send it
night-not-urgent = These are quiet hours; only an urgent announcement can go out now. Please try again when they are over.
night-needs-another = Another officer has to agree before it goes out in the quiet hours. Please tell another officer.
night-over-by-then = When the quiet hours end ({ $when }), it will no longer be valid. Its author needs to change “{ announcing-field-valid-until }”.

menu-schedule = Scheduled announcements
schedule-empty = No announcement is scheduled. To write one: /compose
schedule-head = <b>Schedule</b>
schedule-line =
    ⏰ <b>{ $when }</b>
    { $number } · { $title }
schedule-line-again =
    🔁 Next: <b>{ $next }</b>, repeats until { $until }
    { $number } · { $title }
schedule-other-time = Other time
schedule-now = Send now
schedule-ask-time = Announcement no. { $number } is scheduled for { $when }. Type the new time, such as: tomorrow 19:30, Monday 8:00, 15/3 7:00.
schedule-earlier-another = { $when } is what was approved. To send it earlier, another officer has to agree: ask one to change the time in /schedule, or take it back, change the time and send it for approval again. You may postpone it.
schedule-earlier-anew = { $when } is what was approved. To send it earlier, open /approvals to take it back, change the time and send it for approval again. You may postpone it.
schedule-moved = Changed: announcement no. { $number } goes out at <b>{ $when }</b>.
schedule-your-own-moved = Another officer changed when your announcement no. { $number } goes out: <b>{ $when }</b>.
schedule-your-own-sent = Another officer sent your announcement no. { $number } right away, at { $when }.
repeat-daily = 🔁 Repeats every day until <b>{ $until }</b>
repeat-weekly = 🔁 Repeats every week until <b>{ $until }</b>
repeat-validity = Each time the end of validity moves along: the next one is valid until <b>{ $until }</b>
repeat-made = 🔁 Announcement no. { $number } “{ $title }” is due again: this copy is no. <b>{ $again }</b>.
repeat-made-until = This copy is valid until <b>{ $until }</b>, which moved with the repetition. To stop repeating, send /schedule.
repeat-made-open = This copy has no end of validity. To stop repeating, send /schedule.
repeat-missed =
    { $count ->
        [one] ⚠️ Announcement no. { $number } “{ $title }” was <b>not repeated once</b>, at { $when }.
       *[other] ⚠️ Announcement no. { $number } “{ $title }” was <b>not repeated { $count } times</b>, the last time at { $when }.
    }
    The reason: the bot was not running then, and it sends nothing that is more than { $hours } hours late.
repeat-next = The next time: <b>{ $when }</b>. To send it now, send /compose.
repeat-missed-last = There is no further time. To send it now, send /compose.
repeat-stop = ⏹ Stop repeating { $number }
repeat-over = This announcement no longer repeats. Send /schedule to see the schedule.
repeat-your-own-stopped = Another officer stopped your announcement no. { $number } from repeating. What was sent stays.

trial-send = Send me a trial copy
trial-send-officers = Trial copy to officers
trial-sent-officers = A trial copy is on its way to the officers who have “{ preferences-purpose-duties }” switched on.
trial-mark-officers = <b>TRIAL</b> – only officers get this message
trial-sent = The trial copy is on its way, to you alone.
trial-only = This is a trial copy; its choices do nothing.
trial-mark = <b>TRIAL</b> – only you get this
trial-mark-button = TRIAL
links-ordinary = Links lead to: <b>{ $hosts }</b>
links-doubtful = ⚠️ <b>Look closely at</b> <code>{ $written }</code>: it really leads to <code>{ $host }</code> ({ $why })
links-doubt-mixed = letters of several scripts
links-doubt-punycode = the site’s name has letters beyond a–z
links-doubt-imitation = easily taken for a well-known site
links-doubt-userinfo = what stands before the @ is not the site’s name
links-doubt-numbers = a number instead of a name
links-doubt-port = an unusual number after the site’s name
links-doubt-disguised = the text shows another address
links-doubt-app = opens an app, not a page
links-doubt-hidden = hidden characters, characters that reverse the reading direction, or signs that only look like a dot
links-doubt-unreadable = it is unclear where it leads
links-check = I have checked the links
links-too-many = More than { $most } links need a closer look. Please use fewer, then look again.
links-check-first = <b>There are links to look at closely first.</b>

### ---- Delivery ----

progress-filling = Announcement no. { $number }: going out, the list of recipients is still being made
progress-sending = Announcement no. { $number }: going out
progress-paused = Announcement no. { $number }: paused
progress-done = ✅ Announcement no. { $number }: sent to everyone
progress-cancelled = Announcement no. { $number }: no longer going out
progress-nobody = Nobody in this audience receives announcements yet.
progress-sent = Reached { $sent } of { $total } people
progress-per-second = Speed: { $count } a second
progress-per-minute = Speed: { $count } a minute
progress-left-moment = less than a minute left
progress-left-minutes = about { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
} left
progress-left-hours = about { $count ->
    [one] { $count } hour
   *[other] { $count } hours
} left
progress-count-gone = Out of reach (blocked the bot or closed the account): { $count }
progress-count-failed = Not delivered: { $count }
progress-count-uncertain = Not known whether delivered: { $count }
progress-few = Sent to fewer than { $least } people, so the figures are not broken down.
progress-count-not_reached = Not delivered, or not known whether delivered: { $count }
progress-count-cancelled = Not sent any more: { $count }
progress-count-not_now = Cannot be written to now, will get it after their next message: { $count }
progress-halted = ⛔ The bot has <b>paused</b> announcement no. { $number }: the messenger refused many copies in a row for the same reason. Please check its text; send /progress to resume or cancel the rest.
progress-overspent = ⛔ The bot has <b>paused</b> announcement no. { $number }: the messenger charges for messages that should be free, so more was spent than allowed. /progress lets it go on or cancels the rest.
progress-pause-toast = Paused.
progress-resume-toast = Going on.
progress-cancel-toast = Cancelled.
progress-pause = Pause
progress-resume = Go on
progress-cancel = Cancel the rest
progress-cancel-question = Cancel the rest of announcement no. { $number }? { $left ->
        [one] One person who does not have it yet
       *[other] { $left } people who do not have it yet
    } will not get it. Those who have it keep it.
progress-cancel-sure = Cancel the rest
progress-cancel-not = No, show the progress
progress-again = Send again, marked “(sent again)”
progress-leave = Leave it
progress-again-over = This announcement is no longer valid, so it is not sent again. To announce it again, send /compose.
copy-again = <b>(sent again)</b>
copy-again-button = (sent again)
copy-again-why = This announcement was sent again because it was not certain that you received it the first time.
progress-none = Nothing is going out at the moment. /statistics shows what has been sent.
progress-stop-receiving = If you want to stop receiving messages yourself, send exactly /stop.
correction-progress-filling = Correction of announcement no. { $number }: under way, the list is still being made
correction-progress-sending = Correction of announcement no. { $number }: delivered copies are being changed
correction-progress-paused = Correction of announcement no. { $number }: paused
correction-progress-done = ✅ Correction of announcement no. { $number }: done
correction-progress-cancelled = Correction of announcement no. { $number }: stopped
recall-progress-filling = Recall of announcement no. { $number }: under way, the list is still being made
recall-progress-sending = Recall of announcement no. { $number }: under way
recall-progress-paused = Recall of announcement no. { $number }: paused
recall-progress-done = ✅ Recall of announcement no. { $number }: done
recall-progress-cancelled = Recall of announcement no. { $number }: stopped
correction-outcome-correction-treated = Corrected or told: { $count }
correction-outcome-correction-edited = Corrected in place, and told: { $count }
correction-outcome-correction-deleted = Deleted: { $count }
correction-outcome-correction-notice_only = The old copy could not be corrected, told in a message: { $count }
correction-outcome-correction-out_of_reach = No way left to tell them: { $count }
correction-outcome-recall-treated = Deleted, replaced or told: { $count }
correction-outcome-recall-edited = Replaced by the line “recalled”: { $count }
correction-outcome-recall-deleted = Deleted: { $count }
correction-outcome-recall-notice_only = Only told, because the app does not allow a sent copy to be deleted or changed: { $count }
correction-outcome-recall-out_of_reach = Could not be recalled, because the copy cannot be found or the app no longer allows changes: { $count }
correction-cancel-question =
    { $left ->
        [one] Stop correcting announcement no. { $number } halfway? One copy that has not been corrected stays as it was.
       *[other] Stop correcting announcement no. { $number } halfway? { $left } copies that have not been corrected stay as they were.
    }
recall-cancel-question =
    { $left ->
        [one] Stop recalling announcement no. { $number } halfway? One copy that has not been recalled stays with its reader.
       *[other] Stop recalling announcement no. { $number } halfway? { $left } copies that have not been recalled stay with their readers.
    }
aftercare-button = Correct, recall, send to more…
aftercare-correct = Correct
aftercare-recall = Recall
later-new = Send to { $count } new people
later-missed = Send again to { $count } who missed it
later-begun = Announcement no. { $number } is going out to { $count } more people. Nobody who has it gets it again.
later-nobody = There is nobody else to send it to now. When new members join, open this announcement again in /progress.
later-not-now = It cannot be sent to more people now. If it is still going out, please try again when it is done; if it is no longer valid, send /compose to write a new one.
menu-progress = Announcements going out

### ---- Sharing ----

share-button = Share
shared-button = I shared it
not-for-me-button = Not for me
remind-button = Remind me

share-over = Announcement no. { $number } is no longer valid, so there is no need to share it. Thank you.
share-officers-only = Announcement no. { $number } is for officers only, not to be shared. Send /announcements to see others.
share-disclosure = Shared by a member of { $club }, an information channel of { $operator }.
share-document = Document no. { $ref } – { $issuer }
share-own-words =
    Please write a few words of your own, and leave the part below as it is at the end (tap or hold to copy).
    <pre>{ $paste }</pre>
share-on-facebook = Facebook
share-on-telegram = Telegram
share-copy = Copy to paste into Zalo or elsewhere
share-write = ✍️ Write your own post
share-card-square = Square picture
share-card-tall = Tall picture
share-code = Code and QR code
share-own-picture = The announcement’s picture or file
share-card-file = announcement-{ $number }.png
share-picture-caption =
    Save this picture and post it with a few words of your own. Please keep the part below (tap or hold to copy).
    <pre>{ $paste }</pre>
share-corrected = Announcement no. { $number } <b>has been corrected</b>. Please use this new version, not the old one:
share-corrected-toast = It has been corrected. The new version is below.
share-ask-first =
    <b>Question 1 of 2.</b> What in this announcement matters most to the people around you?
    Write one or two sentences, the way you would say it.
share-ask-second =
    <b>Question 2 of 2.</b> What would you like people to do or keep in mind?
    For example what to prepare, or whom to ask for help.
share-enough = That is enough
share-write-again = Write it again
share-words-wanted = Please type a few words. If you would rather not, choose “{ cancel }”.
share-words-too-long = That is { $over } characters too long (at most { $limit }). Please shorten it; that is easier to read, too.
share-your-post =
    Here is your post. Tap or hold to copy it, then post it where you like. Please keep the source and the last line.
    <pre>{ $post }</pre>
posting-title = { $title }
posting-urgent = 🔴 { $title }
posting-line = <i>{ $line }</i>
posting-disclosure = From { $club }, an information channel of { $operator }.
posting-source = See the official source
card-urgent = URGENT
card-issuer = Issued by
card-source = Check it at
card-document = Document no.
card-until = Valid until
card-scan = Scan for the source
card-code = Code
card-verdict = Verdict, code { $code }
share-thanks = Thank you for sharing announcement no. { $number }. Would you like to add a link to your post, or a screenshot? You don’t have to.
share-said = Did you share announcement no. { $number } “{ $title }”?
share-said-other = Another one
share-thanks-simply = Thank you for sharing announcement no. { $number }.
share-thanks-toast = Noted. Thank you!
share-add-proof = Add a link, picture or words
share-take-back = Take it back
share-taken-back = Your share of announcement no. { $number } has been taken back. Any links and pictures you added are deleted.
share-closed = Announcement no. { $number } has ended, so shares are no longer counted. Thank you.
share-see-mine = See or change
share-mine = You said you shared announcement no. { $number } at { $when }.
share-mine-line = { $place }. { $proof }
share-mine-picture = a screenshot
share-mine-drop = Remove { $place }
share-not-for-me = Thank you for letting us know.
share-not-for-me-ask =
    You said that you shared announcement no. { $number }. With “{ not-for-me-button }” that no longer counts{ $proofs ->
        [0] .
        [one] {" "}and the proof you added is deleted.
       *[other] {" "}and the { $proofs } proofs you added are deleted.
    }
share-not-for-me-sure = Drop my confirmation
share-keep = Keep it
share-kept = Your share of announcement no. { $number } still counts.
share-not-for-me-after-all = Your share of announcement no. { $number } no longer counts; the links and pictures you added are deleted. Thank you for letting us know.

proof-prompt = Please send the link to your post (one or several), a screenshot, or a few words saying where you shared it.
proof-needs-link-or-picture = This cannot be used as proof. Send the link to your post (such as https://…), a screenshot or a few words; or choose “{ cancel }” if you would rather not.
proof-flag-waits = A post of yours has not been sent to be checked yet. Please choose “{ flag-send }” or “{ cancel }” below it, then add where you shared.
proof-prompt-instead = Send the new proof here: a link to the post, a screenshot, or a few words. The old one will be removed.
proof-old-gone = The old proof is removed.
proof-forwarded = A forwarded post cannot be added here. Please send a link or a screenshot; if you want to flag this post, choose “{ cancel }” and forward it again.
proof-added = Added. Thank you! If there is more, send it here; choose “{ proof-done }” when that is all.
proof-done = Done
proof-was-to-check = No proof: this is something to check
proof-picture-again = That picture was not saved. Please send it here again.
proof-finished = Thank you. What you sent has been added.
proof-reading = { $count ->
    [one] Thank you, the picture has arrived. Looking for the announcement in it…
   *[other] Thank you, { $count } pictures have arrived. Looking for the announcement in them…
}
proof-found = 🔎 Announcement no. { $number } was found in your screenshot.
proof-not-found = 🔎 The bot did not find announcement no. { $number } in the picture. Is this the post you shared? If you wrote it in your own words, or the picture shows only part of it, that is fine: your share and this proof stand. If you sent the wrong picture, choose “{ share-see-mine }” to remove it.
proof-known = You have sent this one already, so it counts once.
proof-elsewhere = This link or picture has already been sent, so it is not counted again. If you picked it by mistake, send another one; your share still counts.
proof-alike = Added, but this picture looks very much like one you sent before. If they show the same post, choose “{ share-see-mine }” to remove one.
proof-no-post =
    { $link }
    This link does not seem to lead to a post. Is this where you posted it? If it was a mistake, please send another link.
proof-anyway = Yes, use this link
proof-picture-unread = This picture could not be opened: it is too large (at most 10 MB), damaged, or the network is slow. Please send it again as a photo.
proof-part-missing = Some files in this set could not be taken as proof: they are not pictures, or could not be opened. If you like, send a screenshot instead.
proof-no-video = A video cannot be taken as proof. A screenshot, a link or a few words will do.
proof-no-voice = A recording cannot be taken as proof. A screenshot, a link or a few typed words will do.
proof-words-too-long = That is { $over } characters too long (at most { $limit }). A short note saying where you shared it is enough.
proof-words-wanted = Please type a few words (at most { $limit } characters), or choose “{ cancel }”.
proof-not-asked-for = This announcement needs no proof: choosing “{ shared-button }” is enough.
proof-gone = This proof is no longer there; you need not do anything.
proof-asked-about =
    An officer has a question about the proof you sent for announcement no. { $number } ({ $what }):
    <blockquote>{ $question }</blockquote>
    You can answer, or replace or remove the proof. You do not have to; your share still counts. The officer does not know who you are.
proof-reply = Answer
proof-swap = Replace it
proof-drop = Remove it
proof-reply-prompt = Please type your answer. The officer will read it without knowing who you are.
proof-reply-sent = Your answer has been passed on. Thank you.
proof-dropped = The proof for announcement no. { $number } has been removed. Your share still counts.

menu-proofs = See the proofs of sharing of an announcement
proofs-which = Whose proofs would you like to see? Choose an announcement.
proofs-unknown = No sent announcement has the number { $number }. Send /statistics to see them.
proofs-none = Announcement no. { $number } has no proofs yet. Send /statistics { $number } to see its figures.
proofs-list = Proofs of sharing announcement no. { $number } (without members’ names):
proofs-picture = Screenshot
proofs-words = “{ $words }”
proofs-mark-asked = {" "}· asked
proofs-mark-answered = {" "}· answered
proofs-file = proof-{ $id }.jpg
proofs-card =
    <b>A proof for announcement no. { $number }</b>
    { $what }
proofs-card-question =
    Asked:
    <blockquote>{ $question }</blockquote>
proofs-card-answer =
    The member’s answer:
    <blockquote>{ $answer }</blockquote>
proofs-card-waits = The member has not answered, and does not have to.
proofs-ask = Ask the member
proofs-ask-again = Ask again
proofs-all = See all
statistics-see-proofs = Proofs
proofs-see = See the proof
proofs-why = What is wrong with this proof? The member reads what you write, but not your name.
proofs-asked = Your question has been sent. You will get the answer here.
proofs-answered =
    A member answered about a proof for announcement no. { $number }:
    <blockquote>{ $answer }</blockquote>
proofs-replaced = The member replaced the proof you asked about, for announcement no. { $number }.
proofs-dropped = The member removed the proof you asked about, for announcement no. { $number }.
proofs-gone = This proof is no longer there: the member removed it, or its retention time is over. Send /proofs to see others.
proofs-nobody = The person who sent this proof can no longer be asked. Send /proofs to see others.
proof-more = Add another
proof-enough = An announcement takes at most { $most } links and pictures. That is plenty, thank you.
proof-without-share = You have not said that you shared this announcement, or you undid it. If you shared it, choose “{ shared-button }” under the announcement first.

remind-when = When would you like to be reminded?
remind-already = You will be reminded at { $when }. Would you like another time?
remind-hour = In 1 hour
remind-tonight = Tonight, 19:30
remind-morning = Tomorrow, 7:00
remind-other = Another time…
remind-type = When would you like to be reminded? For example: tomorrow 7:30 pm, Monday 8:00, 15/3 7:00.
remind-rests = The time you chose is in the quiet hours, so it comes when they are over.
remind-after-the-end = At { $when } the announcement will no longer be valid. Please choose an earlier time.
remind-too-far = A reminder can be set for one year ahead at most. Please choose an earlier time.
remind-off = Don’t remind me
remind-set = You will be reminded of announcement no. { $number } at { $when }.
remind-dropped = You will not be reminded of announcement no. { $number }.
remind-past = That time has passed, or the announcement will no longer be valid by then. Please choose “{ remind-button }” again for another time.
remind-too-late = Announcement no. { $number } is no longer valid, or soon will be, so no reminder can be set. Send /announcements to see the current ones.
remind-shared = You have confirmed that you shared announcement no. { $number }, so no reminder is needed. To read it again, send /announcements { $number }.
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
reading-over = Announcement no. { $number } is no longer valid. Send /announcements to see the current ones.
reading-unknown = This announcement was not found. Send /announcements to see the current ones.
reading-recalled = Announcement no. { $number } has been recalled, please do not share it any more. Type /announcements to see the current ones.

menu-statistics = Figures on the announcements
statistics-none = No announcement has been sent yet. To write one, send /compose.
statistics-head = <b>Latest announcements</b>
statistics-meetings = <b>Recent meetings</b>
statistics-meeting =
    <b>{ $title }</b>, { $day }
    Invited: { $invited } · Said yes: { $yes } · Waiting: { $waiting } · Came: { $came }
statistics-line =
    <b>{ $number }. { $title }</b>
    Sent: { $sent } · active: { $opened } · shared by: { $shared }
statistics-line-few =
    <b>{ $number }. { $title }</b>
    Sent: { $sent }
statistics-open = No. { $number }
statistics-full =
    <b>Announcement no. { $number }: { $title }</b>

    Sent: { $sent }
    Waiting: { $waiting }
    Cannot be reached: { $gone }
    Failed: { $failed }
    Not known whether delivered: { $uncertain }
statistics-not-now = Cannot be written to now, after their next message: { $count }
told-under = under { $number }
told-over = over { $number }
told-some = some
statistics-few = Too few people received this announcement, so the figures are not broken down.
statistics-opened = Active (pressed or chose something): { $opened }
statistics-shared = Said they shared it: { $shared }
statistics-proofs = Added as proof: links { $links }, pictures { $pictures }
statistics-platforms = Links by platform: { $each }
statistics-reach = Views of public posts, as officers noted them: { $reach }
statistics-other-page = Other pages
statistics-areas = By area (sent · active · shared):
statistics-area = • { $name }: { $sent } · { $opened } · { $shared }
statistics-areas-joint = { $count } areas with few members, together
statistics-area-none = Whole province (no area chosen)
statistics-area-former = A former area
statistics-days = By day (first active · shared):
statistics-day = • { $day }: { $opened } · { $shared }
statistics-caption = 📊 { $title }
statistics-dark = Dark
statistics-light = Light
statistics-export = Export
statistics-chart-title = The last announcements
statistics-chart-several = Sent, active and shared
statistics-chart-way = From sending to sharing
statistics-chart-days = By day
statistics-chart-areas = By area
statistics-chart-platforms = Links added, by platform
statistics-series-sent = Sent
statistics-series-opened = Active
statistics-series-shared = Shared
reach-note = Note views
reach-head = <b>Views of public shares, announcement no. { $number }</b>
reach-line =
    { $place }. { $links }
    Views noted: { $reach }
reach-unknown = none yet
reach-pick = Note no. { $place }
reach-none = Members have sent no links for this announcement yet. Send /statistics to see other announcements.
reach-ask = How many views does this post have? Type the number you see on it, for example 1,200 or 3.5k. Type 0 to remove the number noted.
reach-unclear = The bot does not understand this number. Type it like 1,200 or 3.5k, or send /cancel to stop.
reach-gone = This share is no longer counted. Send /statistics to see the figures.
reach-noted = Noted: { $reach } views.
reach-more = Note another
statistics-unknown = No sent announcement has this number. Send /statistics to see the latest.

menu-export = Download figures as a file
export-which = Figures of the last { $days } days. The file holds totals, public links and verdicts, and no member’s name.
export-all = Everything (Excel)
export-one = { $name } (CSV)
export-days = Of { $days } days
export-caption = Figures of the last { $days } days.
export-sheet-all = everything
export-file-all = niemtin.xlsx
export-file-announcements = announcements.csv
export-file-deliveries = deliveries.csv
export-file-shares = shares.csv
export-file-cases = cases.csv
export-sheet-announcements = Announcements
export-sheet-deliveries = Deliveries
export-sheet-shares = Shares
export-sheet-cases = Cases
export-head-number = No.
export-head-title = Title
export-head-state = State
export-head-issuer = Issued by
export-head-source = Source
export-head-ref = Document
export-head-urgent = Urgent
export-head-areas = Areas
export-head-sent_at = Began to go out
export-head-valid_until = Valid until
export-head-sent = Sent
export-head-opened = Active
export-head-shared = Said they shared it
export-head-links = Links added
export-head-pictures = Pictures added
export-head-reach = Views (noted by officers)
export-head-platform = Platform
export-head-link = Link
export-head-case = Case
export-head-category = Category
export-head-opened_case = Opened on
export-head-flags = Flagged by
export-head-rating = Rating
export-head-claim = Claim
export-head-explanation = Explanation
export-head-sources = Sources
export-head-decided = Decided on
export-announcement-sending = Going out
export-announcement-sent = Sent
export-announcement-recalled = Recalled
export-announcement-expired = Expired
export-case-new = New
export-case-in_review = In review
export-case-waiting = Waiting for a source
export-case-decided = Decided
export-case-out_of_scope = Out of scope
export-case-merged = Merged into another case
export-state-queued = Waiting
export-state-recipients = Recipients
export-state-not_reached = Not delivered, or not known whether delivered
export-state-sent = Sent
export-state-failed = Failed
export-state-not_now = Not now, after their next message
export-state-gone = Cannot be reached
export-state-uncertain = Not known whether delivered
export-state-cancelled = No longer sent

### ---- Questions ----

menu-ask = Ask the club
menu-questions = Members’ questions
question-prompt = What would you like to ask? Type it here, at most { $limit } characters. An officer reads and answers it without seeing your name.
question-prompt-about = What would you like to ask about announcement no. { $number }? Type it here, at most { $limit } characters. An officer reads and answers it without seeing your name.
question-words-wanted = This step needs text; please type it here. To have a post checked, send /cancel and then forward the post.
text-too-long = Too long by { $over } characters (at most { $limit }). Please shorten it.
question-too-many = You have asked { $most } questions in the last 24 hours. To give the club time to answer, please ask again tomorrow.
question-sent = Your question has been sent. You will get the answer here.
question-sent-about = Your question about announcement no. { $number } has been sent. You will get the answer here.
question-meant = Do you want to ask the club this?
question-ask-club = Ask the club
question-take-back = Withdraw the question
question-withdrawn = Withdrawn. The question has been erased.
question-too-late = This question has been answered and can no longer be withdrawn. To ask another one, send /ask.
question-answer =
    The club answers your question:
    <blockquote>{ $question }</blockquote>
    { $answer }
question-ask-more = Ask more
question-closed-notice = The club has read what you sent on { $day } and will not send a separate answer. If you still have a question, please send /ask. Thank you!
question-new = There is a new question from a member.
question-see = See the questions
question-list =
    <b>{ $count ->
        [one] 1 question is waiting
       *[other] { $count } questions are waiting
    }</b>
    The oldest comes first.
question-none = No question is waiting.
question-answered-button = See answered questions
question-answered-list = <b>Answered questions</b>
question-none-answered = No question has been answered yet.
question-line = { $number } · { $text }
question-line-taken = ✏️ { $number } · { $text }
question-card =
    <b>Question { $number }</b> · { $day }
    { $about }
    <blockquote>{ $text }</blockquote>
question-card-answer = The answer: { $text }
question-about-club = About the club
question-about-announcement = About announcement no. { $number }
question-state-new = Nobody has taken it yet.
question-state-mine = You are answering this one.
question-state-taken = Another officer is answering this one.
question-state-answered = The answer has been sent.
question-state-closed = Closed, no answer needed.
question-state-public = The answer has been sent, and is published in the questions and answers.
question-take = Take it
question-return = Give it back
question-close = Needs no answer
question-to-list = ◀ List
question-answer-it = Write the answer
question-gone = This question is no longer there: it was withdrawn, or its retention time is over. Send /questions to see others.
question-not-yours = You have not taken this question, or no longer hold it. Send /questions to look again.
question-stale = This choice no longer works. Open the question again from /questions.
question-type-now = Type the answer here now; you see it before it is sent. The person who asked does not see your name.
question-change = Change
question-answer-prompt = Type the answer. The person who asked does not see your name.
question-preview = They will read <b>exactly this</b>:
question-preview-end = Send it? To change it, just type another answer.
question-send = Send the answer
question-answered = The answer has been sent.
question-publish = Add to questions & answers
question-publish-prompt =
    A member asked:
    <blockquote>{ $text }</blockquote>
    Please turn it into a general question for everyone, with nothing in it about any one person. At most { $limit } characters.
question-personal = It contains a number or an address that may belong to one person. Please make it general.
question-publish-answer-prompt = The answer for everyone: keep the one you sent if nothing in it is private, or type another (at most { $limit } characters).
question-publish-keep = Keep it
question-publish-preview = Under announcement no. { $number } members will read <b>exactly this</b>:
question-publish-yes = Publish
question-publish-again = Write it again
faq-button = Questions & answers
faq-ask = Ask the club
faq-none = Nothing has been published about announcement no. { $number } yet. Is there something you would like to ask?
faq-head =
    <b>Questions and answers on announcement no. { $number }</b>
    { $title }
faq-entry =
    <b>Q:</b> { $question }
    <b>A:</b> { $answer }
faq-open = See questions & answers
faq-remove = Remove no. { $place }
faq-remove-sure =
    Remove this from the questions and answers?
    <blockquote>{ $question }</blockquote>
faq-remove-yes = Remove
faq-removed = Removed from the questions and answers.

### ---- Tour for officers ----

menu-tour = One-minute tour for officers
tour-screen =
    <b>Tour { $number }/{ $total }</b>
    { $text }
tour-duties =
    You have three main tasks:
    /compose – write announcements; /approvals – approve those of others
    /queue – decide on flagged posts
    /questions – answer members
tour-approval =
    Nobody sends an announcement alone. Its author sees exactly what members will get; another officer approves that very version, and only then does it go out. After the smallest change it needs approval again.
    This channel does not campaign for or against any candidate.
tour-case =
    When a post is flagged, you take the case, choose a rating, sum the claim up in your own words, and give a reason and a public source. Everyone who flagged it gets the answer.
    Opinion and criticism are out of scope: you close the case, and its content is erased.
tour-privacy =
    You do not see who flagged a post, who asked a question or who did not share. Please do not try to guess.
    What you do is kept in a log that cannot be changed.
    Now see how an announcement looks to members.
tour-next = Next ▶
tour-trial = Send me a sample
tour-done = The sample is on its way, to you alone. You can take the tour again at any time: /tour
tour-sample-title = New opening hours of the Citizen Reception Office
tour-sample-text = This is sample text, to show you how an announcement looks on a member’s phone.
tour-sample-fact = This announcement is not real
tour-sample-source = 01/VD-THU

### ---- Flagging ----

menu-flag = Flag a suspicious post
menu-check = Check whether a post is genuine
menu-reported = My flagged posts
page-previous = ◀ Previous
page-next = Next ▶
flag-prompt = Send or forward the post to be checked: text, a link, a picture or a video.
flag-unsupported = The club cannot check this kind of message. If there is something to check in it, please type it, or send a link or a picture.
flag-picture-unread = This picture could not be opened: it is too large, damaged, or of a kind that is not supported. Please send it again as a photo (not as a file), or send a screenshot.
flag-album-unread = A picture in this set could not be opened: it is too large, damaged, or of a kind that is not supported. Please send the whole set again as photos (not as files), or send screenshots.
flag-unsure = Do you want to flag this post, or ask the club a question? Send /help to see what else you can do.
flag-this = I want to flag this
flag-courtesy = Thank you!
flag-officer-unsure = What is this for? Nothing was sent on or kept. If you are in the middle of an answer or a text, open that again and send this once more.
flag-officer-compose = Write an announcement
flag-officer-queue = Work on flagged posts
flag-officer-flag = Flag this as a suspicious post
flag-is-proof = This is where I shared announcement no. { $number }
flag-choose-above = Please choose an answer under the question above, or send /cancel to stop.
flag-stale = This choice belongs to an earlier flag, so nothing was sent. To flag a post, send it again.
flag-too-many = Thank you for flagging so much! So that we can keep up, please send the next one after { $time }.
search-too-many = You have looked up many posts this hour. To give everyone a quick answer, please send the next one after { $time }. Posts you flagged earlier are kept.
flag-new =
    There is no verdict on this post yet. Send it to the club to be checked?

    { $post }

    The club checks only <b>facts that can be verified</b>, not opinion or criticism.
    The club does not record who wrote the post, and officers never learn who flagged it.
flag-album-added = Added to the set of pictures or files you sent before. Please answer the question above.
flag-files-full = One flag holds at most { $most } pictures and files. The first { $most } are kept; flag the others in another message.
flag-category-scam = Scam
flag-category-impersonation = Impersonation
flag-category-false_details = Wrong date, place, procedure
flag-category-doctored_picture = Doctored picture or video
flag-category-rumour = Health or disaster rumour
flag-category-unknown = Category not known
flag-unknown = I don’t know
flag-ask-category = If you know the category, choose it: it helps the officers. You need not.
flag-said-category = Category: <b>{ $category }</b>
flag-said-too-late = This post has been dealt with, so the category is no longer needed. Thank you!
flag-dropped = Dropped. The bot sent and kept nothing.
flag-evidence-stays = For this category, the club also keeps the account name and the numbers in the post, because they are what has to be checked.
flag-document-stays = The file’s name and the details of its author are removed before officers see it. What is in the file stays, including hidden data in its pictures and comments.
flag-recording-stays = Videos and recordings stay as they are: officers may see hidden data in them, such as where and with what phone they were made. Officers cannot see files larger than 20 MB.
flag-words = “{ $text }”
flag-link = <code>{ $url }</code>
flag-reading = { $count ->
    [one] Reading the picture…
   *[other] Reading { $count } pictures…
}
flag-reading-video = Reading the words on the cover of the video…
flag-picture-words = Words read in the picture: “{ $text }”
case-picture-words = [Words read in the picture, maybe misread: compare with the picture or video above] { $text }
flag-payment = Payment code: { $bank }, account { $account }
flag-media-photo = { $count ->
    [one] 1 picture
   *[other] { $count } pictures
}
flag-media-video = { $count ->
    [one] 1 video
   *[other] { $count } videos
}
flag-media-video_note = { $count ->
    [one] one round video
   *[other] { $count } round videos
}
flag-media-animation = { $count ->
    [one] one moving picture
   *[other] { $count } moving pictures
}
flag-media-audio = { $count ->
    [one] one sound file
   *[other] { $count } sound files
}
flag-media-voice = { $count ->
    [one] 1 recording
   *[other] { $count } recordings
}
flag-media-document = { $count ->
    [one] 1 file
   *[other] { $count } files
}
flag-send = Send it to be checked
flag-sent =
    Sent to be checked, thank you. Tracking code: <b>{ $code }</b>
    <b>There is no verdict yet: please do not pass it on for now.</b>
    The club will tell you as soon as there is one. To look it up, send /reported
flag-again = You have already flagged this, code <b>{ $code }</b>: { $state }. There is no verdict yet, so please do not pass it on for now. The club will tell you when there is one.
flag-known =
    This post has been checked.

    { $verdict }
flag-known-link =
    There is a verdict on a link in this post: { $rating }.

    { $verdict }
flag-known-open =
    Others have already flagged this (code <b>{ $code }</b>{ $kind ->
        [unknown] )
       *[known] , { $category })
    }: { $state }. Please do not pass it on for now.
    Choose “{ flag-join }” to get the verdict as soon as there is one.
flag-join = I flag this post too
flag-similar = This is similar to posts the club already has. Is it one of these?
flag-similar-line = <b>{ $number }.</b> { $says }
flag-similar-decided = { $claim } Verdict: <b>{ $rating }</b>
flag-similar-open = { $category }, { $state }: { $post }
flag-similar-is = It is number { $number }
flag-similar-none = None of these
flag-differs = · Known: “{ $there }”. Yours: “{ $here }”
flag-helped = 👍 Helpful
flag-not-this = No, this is something else
flag-helped-thanks = Thank you for telling us!
flag-answered-already = You have already answered, or have sent something else since. Thank you!
flag-also = Received: { $count } messages so far. Please answer the question above.
flag-several = You sent several messages. Are they one flag, or separate ones?
flag-together = One flag
flag-apart = Separate flags
flag-one-after-the-other = Please finish with what you just sent before you send more. Choose an answer to the question above.
flag-follow = Tell me if the verdict changes
flag-following = All right, the bot will tell you if the verdict changes.
flag-no-verdict-yet = There is no verdict on this post yet. The club will tell you when there is one; send /reported to look it up.
flag-delayed =
    { $count ->
        [one] The post you flagged (code <b>{ $codes }</b>) needs more time: the club is still checking it.
       *[other] { $count } posts you flagged (codes <b>{ $codes }</b>) need more time: the club is still checking them.
    }
    Please do not pass it on for now. The club will tell you as soon as there is a verdict.
flag-delayed-quote = <blockquote><b>{ $code }</b>: { $quote }</blockquote>
code-of-case = Case <b>{ $code }</b>:
code-unknown = No code <b>{ $code }</b> was found. Please check each character: codes have no letters O and I and no digits 0 and 1. The posts you flagged and their codes: /reported
flag-none-yet = You have not flagged any posts yet. When you see a suspicious post, just forward it here.
flag-list = <b>Posts you flagged</b>
flag-line = <b>{ $code }</b> · { $day } – { $state }
flag-read = Read the verdict on { $code }
flag-state-new = waiting
flag-state-in_review = being checked
flag-state-waiting = waiting for a source
flag-state-decided = verdict given
flag-state-out_of_scope = out of scope
flag-state-merged = merged with a similar post
flag-question-head = About the post you flagged (code <b>{ $code }</b>):
flag-question =
    An officer would like to know: “{ $question }”

    You may answer, or not. Please do not write your name or anything that says who you are: officers do not know who flagged it, nor who answers.
flag-question-answer = Answer
flag-question-prompt = Please write your answer, at most { $most } characters. Leave out your name; phone and identity numbers are masked. If you would rather not answer, choose “{ cancel }”.
flag-question-text = Please answer in text, at most { $most } characters. Send /cancel to stop.
flag-question-answered =
    Thank you. Officers will read exactly this, without name or time:

    “{ $text }”
flag-question-answered-already = You have answered this question already. Thank you!
flag-question-over = This question is closed, so no answer is needed any more. Thank you!
check-prompt = Send or forward the post here. This only looks for existing verdicts; the bot neither flags nor keeps it.
check-nothing = The club has no verdict on this. Would you like to flag it, so that officers check it?
check-announcements = There is no verdict about it. The club has announcements with these words; choose one to read:
check-similar = There is no verdict on exactly this post. Verdicts on similar posts, newest first:
check-not-these = None of these, I want to flag it
genuine-name-announcement = announcement no. { $number }
genuine-name-correction = the notice that announcement no. { $number } was corrected
genuine-name-recall = the notice that announcement no. { $number } was recalled
genuine-name-verdict = the verdict with code { $code }
genuine-yes = ✅ <b>Genuine.</b> This is { $name }, sent by the club on { $day }, word for word.
genuine-quote = 📎 <b>Quoted correctly.</b> This is part of { $name }, sent by the club on { $day }. The whole text is below: the rest may matter.
genuine-lookalike = 🖼 This picture <b>looks like</b> the card of { $name }, sent by the club on { $day }. The bot could not compare its words: please compare every word and number with the text below.
genuine-lookalike-read = 🖼 This picture <b>looks like</b> { $name }, sent by the club on { $day }. Where it does, the bot found no number, date or time that differs, but it may misread: please compare with the text below. Whatever is not in that text is not the club’s.
genuine-lookalike-outdated = ⌛ This picture <b>looks like an old version</b>: { $name }, sent by the club on { $day }, which <b>has been replaced</b>. Please use the current text below, and do not pass the picture on.
genuine-lookalike-recall = 🖼 This picture <b>looks like</b> { $name }, sent by the club on { $day }. The announcement has indeed been recalled.
genuine-lookalike-recalled = ⌛ This picture <b>looks like</b> { $name }, sent by the club on { $day }, but the club <b>has recalled it</b>. Please do not follow it or pass it on.
genuine-outdated = ⌛ <b>Outdated.</b> This is { $name }, sent by the club on { $day }, but it <b>has been replaced</b>. Please use the current text below, and do not pass the old one on.
genuine-recalled = ⌛ <b>Recalled.</b> This is { $name }, sent by the club on { $day }, but the club <b>has recalled it</b>. Please do not follow it or pass it on.
genuine-recalled-since = ⌛ The club has recalled this announcement since.
genuine-changed = ⚠️ <b>Changed.</b> This resembles { $name }, sent by the club on { $day }, but it is <b>not what the club wrote</b>. What differs:
genuine-changed-picture = ⚠️ <b>Changed.</b> This picture resembles { $name }, sent by the club on { $day }, but its words <b>are not what the club wrote</b>. The bot may misread: please check these places in the picture.
genuine-changed-outdated = The genuine text is no longer valid either.
genuine-differs =
    · the club wrote: { $ours }
    {"  "}this text says: { $theirs }
genuine-differs-more = · and { $count } more
genuine-no-words = (nothing)
genuine-valid = Still valid.
genuine-over = ⌛ No longer valid since { $when }.
genuine-code = Code: <code>{ $code }</code> (send it to the bot to see exactly this version)
genuine-code-unknown = None of the club’s texts has this code. Please check every letter and digit.
imitation-changed = If it poses as the club, one tap reports it: officers see both texts at <b>{ $time }</b> and never learn who reported it.
imitation-lookalike = If a word or a number differs, one tap reports it: officers see this picture at <b>{ $time }</b> and never learn who reported it.
imitation-report = 🚩 Report as impersonation
lookup-prompt = Send or forward a message in the club’s name here, or the code on a picture. The bot says whether it is genuine; it neither stores nor counts who asks.
lookup-nothing = This is not among the texts that the club has sent to everybody. For questions: { $contact }
flag-out-of-scope =
    The post you flagged (code <b>{ $code }</b>) is an opinion rather than a fact that can be verified, so the club gives no verdict on it. Its content has been erased.
    Thank you for your care.

### ---- Deciding ----

menu-queue = Flagged posts waiting
verdict-head = Verdict: <b>{ $rating }</b>
verdict-head-again = Updated verdict: <b>{ $rating }</b>
verdict-rating-false = False
verdict-rating-misleading = Misleading
verdict-rating-scam = Scam
verdict-rating-true = True
verdict-rating-unproven = Unproven
verdict-rating-satire = Satire
verdict-claim = What was flagged: { $claim }
verdict-explanation = Why: { $explanation }
verdict-sources = Check it at:
verdict-source = { $url }
verdict-foot = { $day } · Code { $code }
verdict-notice-changed = The verdict on the post you flagged (code <b>{ $code }</b>) has changed.
verdict-several = <b>There are verdicts on { $count } posts you flagged</b>
verdicts-title = Verdicts of { $club }
verdicts-intro = Posts that have been checked, with the reason and a source that anyone can verify. Run by { $operator }.
verdicts-no-authors = This page does not name authors, people who flagged a post, or officers.
verdicts-none = There is no verdict yet.
verdicts-all = All verdicts
verdict-valid-until = This verdict is valid until { $when }.
verdict-over = ⌛ <b>This verdict is no longer valid</b> ({ $when }): things may be different now.
verdict-short = <b>{ $rating }</b>: { $claim } · Code { $code }
verdict-changes = <b>What changed:</b>
verdict-change-rating = · rating: { $before } → { $after }
verdict-change-claim = · what is claimed
verdict-change-explanation = · the explanation
verdict-change-sources = · where to check it
verdict-change-valid_until = · how long it is valid
verdict-notice = There is a verdict on the post you flagged (code <b>{ $code }</b>).
verdict-quote = <blockquote>{ $quote }</blockquote>
verdict-not-helped = Not clear yet
verdict-not-helped-thanks = Thank you for telling us. Send the post again with what is still unclear, or ask an officer with /ask.
verdict-rated-already = You have answered already. Thank you!
verdict-button-of = { $label } · { $code }
verdict-share-over = This verdict is no longer valid, and things may be different now. Please do not share it any more.
verdict-card-file = verdict-{ $code }.png
verdict-paste =
    { $rating }: “{ $claim }”
    { $source }
    { $disclosure }
case-list-open =
    <b>{ $count ->
        [one] 1 case is waiting
       *[other] { $count } cases are waiting
    }</b>
case-list-mine = <b>Cases you hold: { $count }</b>
case-list-free = <b>Cases nobody has taken: { $count }</b>
case-list-late = <b>Cases due: { $count }</b>
case-list-waiting = <b>Cases waiting for a source: { $count }</b>
case-list-proposed = <b>Verdicts waiting for approval: { $count }</b>
case-list-decided = <b>Decided cases: { $count }</b>
case-none-open = No case is waiting.
case-none-mine = You hold no cases.
case-none-free = Every case has been taken.
case-none-late = No case is due.
case-none-waiting = No case is waiting for a source.
case-none-proposed = No verdict is waiting for approval.
case-none-decided = No case has been decided yet.
case-only-category = Only: { $category }
case-filter = Which cases would you like to see?
case-filter-button = Filter…
case-filter-mark = { "● " }
case-any-category = Every category
case-sight-open = Waiting ({ $count })
case-sight-mine = Mine ({ $count })
case-sight-free = Not taken ({ $count })
case-sight-late = Due ({ $count })
case-sight-waiting = For a source ({ $count })
case-sight-proposed = For approval ({ $count })
case-sight-decided = Decided ({ $count })
case-order-flags = Most flagged first
case-order-age = Oldest first
case-figures-button = Figures
case-figures-head = <b>Cases in figures</b>
case-figures-title = Cases
case-figures-waiting = Waiting, by category
case-figures-days = The last { $days } days
case-figures-count-flagged = Flags
case-figures-count-answered_at_once = Answered at once
case-figures-count-helpful = Found it helpful
case-figures-count-not_helpful = Something else
case-figures-none-open = No case is waiting.
case-figures-open-head = <b>Waiting</b> (up to { $fresh } day / up to { $days } days / up to { $week } days / longer)
case-figures-open = { $category }: { $total } ({ $fresh } / { $days } / { $week } / { $older })
case-figures-lately =
    <b>The last { $days } days</b>
    Cases decided: { $decided }
    From the first flag to the verdict: { $median } days (median)
    Answered at once: { $at_once }
    Helpful to members: { $helpful } · something else: { $not_helpful }
case-mark-taken = <i>taken</i>
case-mark-proposed = <i>waiting for approval</i>
case-mark-waiting = <i>waiting for a source</i>
case-mark-late = ⏰ <i>due</i>
case-news =
    <b>{ $count ->
        [one] 1 new case
       *[other] { $count } new cases
    }</b>
case-news-line = { $category }: { $count }
case-news-forged = 🚩 Open the forged copy of no. { $number }
case-news-forged-verdict = 🚩 Open the forged copy of a verdict
imitation-of = 🚩 <b>A changed copy of { $name }.</b> The genuine text:
imitation-ours = <blockquote>{ $text }</blockquote>
imitation-read = ⚠️ The words in the picture were read by a machine and may be wrong: please check what differs against the picture before you answer.
imitation-answer = 📢 Answer the whole club
imitation-send = Submit this answer for approval
imitation-send-now = Send this answer
imitation-question =
    <b>The answer to case { $code }:</b> the announcement above goes to the whole club, and the verdict “{ verdict-rating-false }” with the same text to those who flagged it.
    By sending it you confirm that it neither supports nor opposes a candidate.
imitation-question-no-verdict =
    <b>The answer to case { $code }:</b> the announcement above goes to the whole club. The genuine text has no link as its source, so please decide the case separately to answer those who flagged it.
    By sending it you confirm that it neither supports nor opposes a candidate.
imitation-title = Warning: a forged copy of { $name }
imitation-text = A <b>changed</b> copy of { $name } is being passed on in the club’s name. What was changed:
imitation-advice = Please do not follow it or pass it on. If you doubt a text in the club’s name, send it to the bot: it says at once whether it is genuine.
imitation-claim = A text in the club’s name that resembles { $name }.
imitation-explanation = This is a changed copy of { $name }; the club did not send it. What differs:
case-news-open = See flagged posts waiting
case-late-notice =
    ⏰ <b>{ $count ->
        [one] 1 case is
       *[other] { $count } cases are
    } due today.</b>
case-late-open = See what is due
case-deadline = Verdict due by: { $day }
case-late = ⏰ <b>Due</b>: { $day }
case-distinct-from = The person who flagged this has read the verdict of case { $code } and says that their post is a different one.
case-variants = <b>Other versions of this post: { $count }</b>
case-variant = · flagged by { $flags }: { $post }
case-differs = { "   " }differs: “{ $there }” → “{ $here }”
case-alike = <b>Similar cases:</b>
case-alike-line = · { $says }
case-alike-open = { $code } ({ $state }): { $post }
case-notes = <b>Notes among officers:</b>
case-note-line = · { $name }, { $when }: { $text }
case-queue-button = ◀ Waiting cases
case-decided-button = See decided cases
case-line = <b>{ $number }.</b> { $flags ->
    [one] 1 flag
   *[other] { $flags } flags
} · { $category } · { $day }
case-open = { $number } · { $category }
case-card =
    <b>Case { $code }</b>
    Category: { $category }
    Flagged by: { $flags ->
        [one] 1 person
       *[other] { $flags } people
    }
    First flagged: { $day }
    { $state }
case-state-new = Nobody has taken it
case-state-mine = You have been on it since { $since }
case-state-taken = { $name } has been on it since { $since }
case-state-waiting = ⏳ Waiting for a source
case-state-in_review = Somebody is on it
case-state-merged = Merged into another case
case-state-decided = Decided
case-state-out_of_scope = Closed: out of scope, content erased
case-media = Case { $code }
case-media-held-back = Case { $code }: a file came with this post, but it could not be fetched, or the sender’s details could not be removed from it, so it is not shown.
case-post = <blockquote>{ $text }</blockquote>
case-take = Take it
case-reopen = Look at it again
case-return = Give it back
case-decide = Decide
case-scope = Out of scope
case-to-queue = ◀ List
case-not-yours = You have not taken this case, or no longer hold it. Send /queue to look again.
case-scope-sure = Close case <b>{ $code }</b> as opinion or criticism? The content of the post is erased for good, and those who flagged it are told why.
case-scope-yes = Close and erase
case-out-of-scope = Case <b>{ $code }</b> is closed; the bot keeps nothing of the post. If pictures or text of it still show in this chat, please delete them yourself.
case-wait = Wait for a source
case-go-on = Continue
case-waits-for-source = This case is waiting for a source. Please choose “{ case-go-on }” first.
case-more = More…
case-more-head = Case <b>{ $code }</b>: what would you like to do?
case-open-code = Open case { $code }
case-note = Note for officers
case-note-prompt = A note on case <b>{ $code }</b>, which only officers read. Please write it here.
case-note-length = Please write the note as text, at most { $most } characters.
case-question = Ask those who flagged it
case-question-close = Close the question
case-question-prompt =
    What would you like to ask those who flagged case <b>{ $code }</b>? At most { $most } characters.
    Do not ask who they are: answers come without name or time, at fixed times, and nobody has to answer.
case-question-text = Please write the question as text, at most { $most } characters. Send /cancel to stop.
case-question-preview = Those who flagged it will read exactly this. To change it, send another one.
case-question-send = Send it to those who flagged
case-question-sent = The question about case <b>{ $code }</b> is sent. The answers will show in the case.
case-question-open = A question about this case is open. Close it before you ask another one.
case-question-none = There is no open question about this case. To ask one, open the case from /queue.
case-question-stale = This choice no longer works. Please open the case again from /queue.
case-answers = Answers of those who flagged
case-answers-head =
    Case <b>{ $code }</b>. Those who flagged it were asked: “{ $question }”
    In random order:
case-answer-line = • { $text }
case-reporters-asked =
    <b>Asking those who flagged:</b> “{ $question }” – { $count ->
        [one] 1 answer
       *[other] { $count } answers
    }
case-reporters-asked-before =
    <b>Those who flagged were asked:</b> “{ $question }” – { $count ->
        [one] 1 answer
       *[other] { $count } answers
    }
case-hand-over = Hand it over
case-hand-over-to = Who should go on with case <b>{ $code }</b>?
case-hand-over-nobody = There is no other officer to take case <b>{ $code }</b> now. You can invite more officers with /invite.
case-no-such-officer = This person is no longer an officer. Please choose somebody else.
case-handed-to-you = Another officer has handed case <b>{ $code }</b> over to you.
case-merge = Merge it into another
case-merge-which = Which case should <b>{ $code }</b> go into? Choose below, or type the other case’s code.
case-merge-into = Into { $code }
case-merge-unknown = There is no such case, or it is closed. Please check the code.
case-merge-sure = Merge case <b>{ $source }</b> into <b>{ $target }</b>? Those who flagged it ({ $flags }) will get the verdict on { $target }.
case-merge-yes = Merge
case-merge-taken = Another officer holds case { $code }. Please ask them to give it back or hand it to you, then merge.
case-merge-decided = Case { $code } has a verdict, so it cannot be merged into another one. To merge them, open the other case and merge it into { $code }.
case-merged = <b>{ $source }</b> was merged into <b>{ $target }</b>.
case-split = Split off a version as its own case
case-split-which = <b>Which version of case { $code } should be a case of its own?</b>
case-split-line = <b>{ $number }.</b> flagged by { $flags }: { $post }
case-split-off = Split { $number }
case-split-gone = This case has no version left to split off. Send /queue to look again.
case-split-done = One version of <b>{ $case }</b> is now case <b>{ $off }</b>, with those who flagged that version.
case-announce = Announce this verdict
case-announce-note = Filled in from the verdict. Complete it, then send it for approval like any announcement.
case-announce-ref = The club’s verdict { $code }, { $day }
case-announce-title = { $rating }: { $claim }
case-announce-text =
    <b>What is going around:</b> { $claim }

    <b>The facts:</b> { $explanation }
decide-rating = Case <b>{ $code }</b>: what is your verdict?
decide-claim = What does the post claim? Sum it up in your own words; do not copy it.
decide-explanation = Why is that so? Explain it in at least one full sentence.
decide-source = Where can members check it? Send one or more https links to public sources.
decide-said = Now: “{ $text }”
decide-keep = Keep it
decide-press-above = Please choose an answer under the question above, or send /cancel to stop.
decide-claim-length = Please write it in words, { $least } to { $most } characters.
decide-claim-copied = This is the flagged post word for word. Sum it up in your own words, so that it does not spread.
decide-explanation-length = The explanation has to be in words, { $least } to { $most } characters.
decide-explanation-links = A link alone does not say why. Please write at least one sentence in your own words; the link may stand beside it.
decide-source-missing = A verdict needs at least one public source, for example https://baochinhphu.vn/…
decide-source-many = Please choose at most { $most } sources.
decide-source-https = { $link } cannot be used. Please send a public address that begins with https:// and has no diacritics in the site’s name.
decide-source-is-post = The flagged post itself cannot be the source. Please send the link to another source.
decide-preview = Members will read exactly the above. { $count ->
    [0] Nobody is waiting for the answer now.
    [one] It goes to the 1 person who flagged it.
   *[other] It goes to the { $count } people who flagged it.
}
decide-until = How long is the verdict valid? Write it like: 15/3, or 15/3 17:00.
decide-picture = Please send one picture that helps to explain the verdict (not the flagged one).
decide-links-open = 🔗 Fraudulent links: { $marked }/{ $all }
decide-links = Which links are the trap itself? Anyone who sends a post with a link ticked here gets this verdict at once, whatever else the post says. Do not tick official pages or sites that many people share.
decide-link-on = ☑ { $link }
decide-link-off = ☐ { $link }
decide-links-marked =
    Links counted as the trap:
    { $links }
decide-add-until = Valid until
decide-add-picture = Picture
decide-without = Leave it out
decide-until-over = The time of this verdict has passed. Change it and send again.
decide-picture-missing = It takes exactly one picture. Send it as a photo, not as a file or an album.
decide-picture-is-post = This is the flagged picture itself. Choose another, so that it does not spread.
decide-picture-too-long = With a picture, the text has to be short: it is { $over } characters too long. Shorten the explanation or leave the picture out.
decide-propose = Send for approval
decide-send = Send the verdict
decide-sent = The verdict on case <b>{ $code }</b> is saved. Everyone who flagged it and is waiting for an answer gets it.
approve-please =
    A verdict is waiting for your approval (case <b>{ $code }</b>):
    { $claim }
approve-see = See the verdict
approve-see-own = See what you proposed
approve-asked = The verdict on case <b>{ $code }</b> was sent for approval. Members get it when another officer approves it.
approve-asked-nobody = The verdict on case <b>{ $code }</b> is saved, but there is no other officer to approve it now. Please ask an owner to invite more officers.
approve-your-own = Your verdict on case <b>{ $code }</b> is waiting for another officer.
approve-question = Members will read exactly the above (case <b>{ $code }</b>). Do you approve?
approve-yes = Approve and send
approve-no = Do not approve
approve-case = See the case
approve-take-back = Take it back to change it
approve-taken-back = Your verdict on case <b>{ $code }</b> was taken back. What you wrote is still there.
approve-why-not = Why not? Please write the reason for its author.
approve-reason-wanted = Please write a reason as text, at most { $limit } characters.
approve-gone = This verdict is no longer waiting for approval. Open the case again from /queue.
approve-own = You wrote this verdict, so another officer has to approve it.
approve-given = Your verdict on case <b>{ $code }</b> was approved. Everyone who flagged it and is waiting for an answer gets it.
approve-refused =
    Your verdict on case <b>{ $code }</b> was not approved: “{ $reason }”
    What you wrote is still there: open the case and choose “{ case-decide }” to change it.
approve-refused-thanks = The reason has been sent to the author.
decide-stale = This choice no longer works. Open the case again from /queue.
decide-moved-on = You no longer hold case { $code }, so what you were writing was dropped. Send /queue to look again.

### ---- Digests ----

digest-head = <b>Digest, { $day }</b>
digest-announcements = New announcements:
digest-line = • No. { $number }: { $title }
digest-line-until = • No. { $number }: { $title } (valid until { $when })
digest-more = And { $count } more: send /announcements
digest-verdicts = Checked lately:
digest-verdict = • <b>{ $rating }</b>: { $claim } ({ $source })
digest-open = Read no. { $number }
digest-duties-head = <b>Officers’ duties, { $day }</b>
digest-meetings = <b>Meetings to come</b>
digest-meeting = • { $title }: { $when }, { $place }
digest-open-meeting = 📅 { $title }
digest-asks-about-meetings = Would you like invitations to meetings? The bot asks only once; coming is always up to you.
digest-corrections = Corrected:
digest-reminders = You asked to be reminded of:
subscribing-comes = Your digest will come: <b>{ $when }</b>.
subscribing-paused = Your digest is paused until { $day }. What is new until then will be in the next one.
subscribing-stopped = The digest has stopped. Everything else you chose stays as it is.
subscribing-again = Get the digest again
digest-daily = Daily
digest-weekly = Weekly
digest-when = Days and hour
digest-snooze = Pause for a week
digest-stop = Stop the digest
digest-open-figures = Figures of no. { $number }
digest-open-figures-of = Figures: { $title }
digest-chart-title = Shared yesterday
digest-chart-heading = Shares by announcement
digest-duties-going = • Going out: { $count } (no. { $which })
digest-duties-paused = • Paused: { $count } (no. { $which })
digest-duties-scheduled = • Scheduled: { $count }, the next at { $when }
digest-duties-awaiting = • Waiting for approval: { $count }
digest-duties-questions = • Questions waiting for an answer: { $count }
digest-duties-appeals = • Appeals waiting for a decision: { $count }
digest-duties-cases = • Flagged posts waiting: { $count } ({ $new } new since yesterday), the oldest from { $day }
digest-duties-not-now = • Wait for members’ next messages to the bot: { $count } copies (no. { $which })
digest-duties-uncertain = • With copies not known to be delivered: { $count } (no. { $which })
digest-duties-sent = • Announcements sent yesterday: { $count }
digest-duties-share = no.{"\u00A0"}{ $number }:{"\u00A0"}{ $count }
digest-duties-shares-together = • Shares yesterday: { $count }
digest-duties-shares = • Shares yesterday: { $count } ({ $each })
digest-duties-team = • The team, since yesterday: { $what }
digest-duties-settings = • The club’s settings that changed, since yesterday: { $which }
digest-duties-skipped = • Members’ digests skipped because the bot was down for too long: { $when }
digest-duties-requests = • Requests about personal data: { $count }, the next due { $when }
digest-open-progress = Progress
digest-open-approvals = Approvals, schedule
digest-open-questions = Questions
digest-open-appeals = Appeals
digest-open-requests = Data requests
digest-open-queue = Flagged posts
digest-open-statistics = Figures
digest-open-journal = The log
digest-open-settings = Changed settings
digest-open-members = Members
digest-action-role-offered = role offers: { $count }
digest-action-role-taken = roles taken: { $count }
digest-action-role-changed = roles changed: { $count }
digest-action-role-given-up = roles given up: { $count }
digest-action-member-suspended = suspensions: { $count }
digest-action-suspension-lifted = suspensions lifted: { $count }
digest-action-appeal-decided = appeals decided: { $count }
digest-action-invite-made = new invites: { $count }
digest-action-invite-revoked = invites revoked: { $count }
digest-action-record-moved = moved to another account: { $count }

### ---- My data (mydata) ----

menu-mydata = My data
menu-erase = Erase my data
data-summary =
    This is <b>all the data</b> the club holds about you: { $rows } entries in { $tables } groups, in the two files below. The first is for reading, the second for use in other software.
    Nobody else gets these files. Please keep them somewhere safe.
data-file-page = my-data.html
data-file-json = my-data.json
data-caption-page = For reading: open it in a browser.
data-caption-json = For use in other software (JSON).
data-nothing = You are not a member, so the club holds no record of you. Send /privacy to see what it keeps of members.
data-page-title = My data
data-page-intro = All the data { $club } holds about you, as of { $when }. This file was sent to you alone.
data-page-rights = If something is wrong, or you disagree with how the club uses your data, send /mydata and choose what you need. To erase everything: /erase. Contact: { $contact }
data-yes = Yes
data-no = No
data-some-member = a member
data-whole-province = Whole province
data-ask-correction = Ask for a correction
data-ask-objection = Object to processing
data-ask-restriction = Restrict processing
data-ask-erasure = Erase my data…
erase-ask =
    Erase all data held about you? <b>This cannot be undone.</b>
    • The bot stops writing to you; you are no longer a member
    • Your name, chat, choices, consents, proofs, flags, questions and requests are erased for good
    • Totals (sent, shared) and the log stay, but do not say whose they are
    To see your data first: /mydata. Only to leave the club: /leave
erase-yes = Erase my data
erase-no = Keep it
erase-kept = Nothing was erased. Everything is as it was.
erase-done = Your data has been erased; the server finishes this within minutes. The messages in this chat are still in your app; delete them there if you like. Thank you for your time with us.
erase-stale = That question is too old. Please send /erase again.
erase-whole-command = To erase your data, send exactly /erase with nothing after it.
erase-owner-withdrew = ⚠️ The club has no owner any more: the only one asked Zalo to erase their data. Please ask the server administrator to run <code>niemtin officer add</code> to make a new one.
erase-last-owner = You are the only owner. Before you erase your data, invite another owner with /invite.
request-prompt-correction = What is wrong, and what would be right? Write it here. The owners will read your words and your name.
request-prompt-objection = What do you object to in how the club uses your data? Write it here. The owners will read your words and your name.
request-prompt-restriction = What should the club stop doing with your data for now? Write it here. The owners will read your words and your name.
request-length = Please write it as text, { $least } to { $most } characters.
request-preview =
    <b>{ $kind }</b>
    <blockquote>{ $text }</blockquote>
    Not sent yet. The owners will read exactly this. To change it, send another text.
request-send = Send
request-stale = This choice no longer works. Please start again from /mydata.
request-one-open = You have a request waiting already, sent { $when }. The answer will come here.
request-sent = Request { $number } was sent. The club responds by { $answer } and settles it by { $finish }.
request-received = The club has received your request { $number } and will settle it by { $finish }.
request-answered =
    <b>About your request { $number }:</b>
    { $answer }
request-new = There is a new request about personal data. Respond by { $answer }. /requests shows it.
menu-requests = Requests about personal data
request-none = No request is waiting for an answer.
request-list =
    <b>Requests about personal data</b>
    The club’s limits: { $answer } working days to respond; { $correct } days to provide or correct data; { $restrict } days to restrict processing or act on an objection. None is longer than Decree 356/2025/NĐ-CP allows. The bot shows and erases data and withdraws consent at once.
request-line = No. { $number } · { $kind } · { $due }
request-due = due { $when }
request-due-soon = ⏰ due soon: { $when }
request-overdue = ❗ overdue since { $when }
request-open = No. { $number }
request-kind-correction = Correction
request-kind-objection = Objection to processing
request-kind-restriction = Restriction of processing
request-card =
    <b>Request { $number }: { $kind }</b>
    From: { $name }, { $when }
    { $state }
    “{ $text }”
request-to-respond = Not responded to: { $due }
request-to-finish = Being worked on: { $due }
request-receive = Tell the member it was received
request-answer = Answer
request-told-received = The member has been told that it is being worked on.
request-answer-prompt = Write the answer: what was done, or why it cannot be. The member reads exactly this, without your name.
request-answer-sent = The answer has been sent. Request { $number } is done.
request-gone = This request is no longer waiting: it was answered, or the member has left the club. Send /requests to see others.
digest-duties-purged = • Deleted last night, because their retention time was over: { $what }
purged-inbox_keys = ids of handled messages: { $count }
purged-steps = things begun: { $count }
purged-code_attempts = counters of wrong invite codes: { $count }
purged-invites = expired invites: { $count }
purged-case_content = flagged posts: { $count }
purged-flags = flags: { $count }
purged-proofs = proofs: { $count }
purged-shares = shares unlinked: { $count }
purged-deliveries = deliveries: { $count }
purged-questions = questions: { $count }
purged-requests = requests about data: { $count }
purged-suspensions = suspensions: { $count }
purged-consents = withdrawn consents: { $count }
purged-left_members = empty records of those who left: { $count }
purged-slots = past scheduled times: { $count }
purged-attendance = answers to invitations, tickets and feedback: { $count }
policy-title = What the club keeps
policy-intro = The program generates this page (`python -m bot privacy`), so it matches what the bot does. The times are the defaults; a club can change them in its configuration. The short notice for members is the command /privacy.
policy-columns = What ; Which fields ; What for ; How long ; When the member erases their data
policy-of-members = About every member
policy-of-officers = About officers, in addition
policy-of-nobody = Without personal data
policy-fate-deleted = deleted
policy-fate-unlinked = stays, tied to nobody
policy-fate-nameless = stays; the random number in it no longer points to anyone
policy-no-author = Nothing is recorded about the author of a flagged post, and flagged links are never opened. Officers do not see who flagged a post, or who did not share. Actions of members show in officers’ figures at fixed times only (every 30 minutes unless the club sets another interval), and no part of fewer than five people is shown separately.
policy-sealed-title = Sealing
policy-sealed = What identifies a person (name, chats, their words, proofs) is encrypted under a key outside the database and looked up by a keyed hash. Announcements, verdicts and published answers are public and are not encrypted.
policy-erasing-title = Seeing and erasing
policy-erasing-both = /mydata sends everything stored about a person, as a page to read and as JSON. /erase erases all of it after one confirmation. /leave erases name, chat, area, proofs, flags, questions, appeals and requests as well; only rows without a name (consents, deliveries, shares) stay, until the times in the tables end.
policy-erasing-sqlite = SQLite: seconds after /erase the bot rewrites the whole file (VACUUM) and truncates the write-ahead log: no byte of what was erased is left in these files.
policy-erasing-postgresql = PostgreSQL: the rows are deleted at once and VACUUM runs afterwards, but old bytes can stay in the server’s pages and WAL until they are overwritten. To be certain, run VACUUM FULL. What identifies a person is encrypted there, too.
policy-erasing-not = Not erased: backups made before (keep them for a short time only), the messages in people’s own apps, and what the messenger’s operator stores.
policy-clocks-title = Time limits for requests
policy-clocks = A response within { $answer } working days; providing or correcting data within { $correct } days; restricting processing, or acting on an objection, within { $restrict } days. These are the limits of Decree 356/2025/NĐ-CP; a club can set shorter ones, not longer. The bot counts Monday to Friday as working days, public holidays included. It shows and provides data, withdraws consent and erases at once; an owner answers requests for correction, restriction and objection (/requests).
data-table-member = Member
data-why-member = to know who is a member, what to send and in which language
data-table-chatchange = Change of phone or app
data-why-chatchange = to ask you first, and to let you take your record back
data-table-movecode = Code for a new phone
data-why-movecode = to join a new phone to the old record
data-table-contact = Chat
data-why-contact = to write to the member
data-table-consent = Consent
data-why-consent = to send only what was agreed to, and to be able to show it
data-table-step = Things left unfinished
data-why-step = to go on after an interruption
data-table-generatedfile = Pictures and files made for one chat
data-why-generatedfile = so that Zalo can fetch them by a link
data-table-filelink = Short links to files
data-why-filelink = so that the bot’s files can be sent over Zalo; nobody counts who opens them
data-table-choicelist = Choices offered
data-why-choicelist = to understand a typed number where there are no buttons
data-table-codeattempts = Wrong invite codes
data-why-codeattempts = so that nobody can guess invite codes
data-table-inboxupdate = Messages waiting to be handled
data-why-inboxupdate = so that no message is lost or handled twice
data-table-proof = Proof of sharing
data-why-proof = because the member chose to add it
data-table-share = Sharing
data-why-share = for the totals
data-table-reminder = Reminder
data-why-reminder = to remind as the member asked
data-table-notice = Messages that name or quote a person
data-why-notice = so that a message that names or quotes a person is erased with that person’s data
data-table-delivery = Deliveries
data-why-delivery = to send nothing twice and to know what arrived
data-table-flag = Flags
data-why-flag = to answer those who flagged
data-table-flagallowance = Flags and searches in this hour
data-why-flagallowance = so that everyone gets a turn
data-table-question = Questions
data-why-question = to answer them
data-table-datarequest = Requests about data
data-why-datarequest = to settle them in time
data-table-appeal = Appeals
data-why-appeal = so that another officer looks again
data-table-suspension = Suspensions
data-why-suspension = so that the member knows the reason and can appeal
data-table-roleoffer = Offer to be an officer
data-why-roleoffer = so that the member decides
data-table-invite = Invites made
data-why-invite = to let those in who were invited
data-table-roleoffer_made = Offers made
data-why-roleoffer_made = so that the person asked can answer
data-table-draft = Drafts of announcements
data-why-draft = to go on writing
data-table-announcement = Announcements written
data-why-announcement = since authors cannot approve their own
data-table-approval = Approvals
data-why-approval = so that another officer approves each announcement
data-table-progress = Progress shown
data-why-progress = to keep the author’s progress message up to date
data-table-case = Cases taken
data-why-case = so that two people do not do the same
data-table-verdict = Verdicts
data-why-verdict = to answer with reason and source
data-table-question_taken = Questions taken
data-why-question_taken = so that two people do not answer the same one
data-table-proposal = Verdicts waiting for approval
data-why-proposal = so that another officer approves them before they go out
data-table-casenote = Notes on cases
data-why-casenote = so that officers on one case know of each other’s work
data-table-caseanswer = Answers about flagged posts
data-why-caseanswer = to check the post; officers read the words, not whose they are
data-table-rsvp = Answers to invitations
data-why-rsvp = to keep a seat, and to send the ticket and reminders
data-table-ticketattempts = Wrong ticket digits typed at the door
data-why-ticketattempts = so that nobody can guess tickets
data-table-meeting = Meetings written
data-why-meeting = to invite members
data-table-meeting_proposed = Meetings being written
data-why-meeting_proposed = to go on writing, and to wait for approval
data-table-meeting_approved = Meetings approved
data-why-meeting_approved = so that another officer approves before members are invited
data-table-meetingpapers = Documents and minutes written
data-why-meetingpapers = to send them after the meeting
data-table-papers_approved = Documents and minutes approved
data-why-papers_approved = so that another officer approves before they are sent
data-table-ticket = Tickets
data-why-ticket = to open the door for whoever has one; without the six digits they belong to nobody
data-table-meetingfeedback = Feedback after a meeting
data-why-meetingfeedback = for a better meeting next time; nothing says who gave it
data-table-casequestion = Questions to those who flagged
data-why-casequestion = to ask more of those who flagged a case
data-table-casepost = Flagged posts
data-why-casepost = to know whether a post has been flagged before
data-table-dailycounter = Counts by day
data-why-dailycounter = to know how far verdicts help; tied to nobody
data-table-publicanswer = Published answers
data-why-publicanswer = for everybody to read
data-table-datarequest_answered = Requests answered
data-why-datarequest_answered = to know who answered
data-table-suspension_made = Suspensions decided
data-why-suspension_made = so that somebody else decides the appeal
data-table-proof_asked = Proofs you asked about
data-why-proof_asked = so that the answer reaches the one who asked
data-table-appeal_decided = Appeals decided
data-why-appeal_decided = to know who decided
data-table-auditentry = Log of officers’ actions
data-why-auditentry = so that actions can be checked; only a random number names the officer
data-table-recurrence = Announcements sent again
data-why-recurrence = to know which announcement is sent again, at what hour, and until when
data-table-sentcount = Messages sent this month, and their cost
data-why-sentcount = to know how many can still be sent and what can still be spent; tied to nobody
data-table-announcementcost = Cost of each announcement
data-why-announcementcost = to spend no more than officers allow; about nobody
data-table-schedule = Hours of digests
data-why-schedule = to send digests in time; shared by all who chose the hour
data-table-slot = Past scheduled times
data-why-slot = to send nothing twice
data-table-verdictlink = Fraudulent links named by a verdict
data-why-verdictlink = to warn at once anyone who meets that link again; encrypted
data-table-officialtext = What the club has sent, to recognise copies of it
data-why-officialtext = so that anybody can ask whether a text in the club’s name is genuine, outdated or changed; sealed
data-table-officialterm = Words of what the club has sent
data-why-officialterm = to find the genuine text; as keyed hashes
data-table-officialpicture = Hashes of the club’s picture cards
data-why-officialpicture = to recognise a picture that looks like one of the club’s
data-table-indexedpost = What a flagged post reads like
data-why-indexedpost = to know the same post again, or one like it; sealed, goes with the post’s content
data-table-foldingrules = Version of the recognition rules
data-why-foldingrules = to know when the index has to be rebuilt
data-table-clubsetting = The club’s settings
data-why-clubsetting = so that the log can say when one was changed
data-table-batchfigure = Totals for officers
data-why-batchfigure = so that figures change at fixed times only; about nobody
data-table-accountauthorization = Grants of access to the Official Account under way
data-why-accountauthorization = so that an admin can grant access in a browser (encrypted, 10 minutes)
data-table-accountgrant = Access that the club’s Official Account grants to the bot
data-why-accountgrant = to send through the Official Account and to renew the access (encrypted)
data-table-accountrateshares = Each process’s part of the pace
data-why-accountrateshares = so that together they keep the app’s limit; about nobody
data-table-chatslotlease = Which process answers which group of chats now
data-why-chatslotlease = so that each person’s messages are handled in order; about nobody
data-table-lease = Which process does what
data-why-lease = so that two processes do not do the same
data-table-erasure = Erasures under way
data-why-erasure = to wipe the last traces out of the files
data-kept-member = until the member leaves or erases their data
data-kept-public = without limit: it is the club’s public record
data-kept-log = never deleted: a log is of use only whole
data-kept-running = only while it is in use
data-kept-hour = until that clock hour is over
data-kept-inbox_keys = the content until it is handled; its id for { $time }
data-kept-steps = { $time } from the last change
data-kept-code_attempts = { $time }
data-kept-proofs = { $time }
data-kept-attendance = { $time } after the meeting; then only totals stay
data-kept-shares = tied to the member for { $time }, then only counted
data-kept-deliveries = { $time } after the mailing ended
data-kept-flags = { $time } after the case was closed
data-kept-consents = while it stands, and { $time } after it was withdrawn
data-kept-left_members = until they leave; a row without a name for { $time } more
data-kept-questions = { $time } after the answer
data-kept-requests = { $time } after the answer
data-kept-suspensions = { $time } after it was lifted
data-kept-slots = { $time }
data-kept-invites = { $time } after it expired
data-kept-expiry = until it expires
data-kept-case_content = the post sent in: { $time } after the case was closed; its fingerprints while the verdict holds
data-column-name = Name
data-column-role = Role
data-column-state = State
data-column-language = Language
data-column-area = Area
data-column-digest_minute = Hour of the digest
data-column-digest_days = Days of the digest
data-column-quiet_from = Quiet hours begin
data-column-quiet_until = Quiet hours end
data-column-digest_paused_until = Digest paused until
data-column-asked_about_meetings = Asked about invitations to meetings
data-column-dark_pictures = Charts on a dark background
data-column-platform = Platform
data-column-opened_on = Day something was chosen
data-column-reach = Views as noted by an officer
data-column-actor = Random number in the log
data-column-joined_at = Joined
data-column-left_at = Left
data-column-expires_at = Valid until
data-column-choices = Choices
data-column-is_over = Settled
data-column-is_unanswered = Not answered yet
data-column-picked = Number picked
data-column-offered_at = Offered at
data-column-preferred = Preferred for messages
data-column-added_at = Came to the record
data-column-messenger = Messenger
data-column-chat = Id of the chat
data-column-console_notice_at = Told who can read the Zalo page
data-column-unreachable_since = Cannot be reached since
data-column-last_interaction = Last wrote, pressed or followed
data-column-purpose = Agreed to
data-column-given_at = Agreed at
data-column-withdrawn_at = Withdrawn at
data-column-text_version = Version of the privacy notice
data-column-data = Content
data-column-updated_at = Changed
data-column-wrong = Wrong tries
data-column-waits_until = Has to wait until
data-column-received_at = Received
data-column-payload = The message
data-column-kind = Kind
data-column-notify_at = To be told at
data-column-shown_from = Officers see it from
data-column-closed_at = Closed at
data-column-valid_until = Holds until
data-column-waiting = Still waiting
data-column-proposed_at = Proposed at
data-column-written_at = Written at
data-column-content = Content
data-column-picture = Picture
data-picture-in-json = (the picture is in the JSON file)
data-column-at = At
data-column-due_at = Due
data-column-announcement = Announcement no.
data-column-created_at = Made
data-column-attempts = Tries
data-column-changed_at = Changed
data-column-reason = Reason
data-column-correction_outcome = What was done about the copy
data-column-via = Sent through
data-column-message_ids = Ids of messages
data-column-body = Own message not sent yet
data-column-mailing = Kind of message
data-column-category = Category
data-column-flagged_on = Day
data-column-wants_answer = Wants an answer
data-column-stopped_at = Answers stopped at
data-column-original_code = Code told
data-column-opening = Beginning of the post
data-column-rated_version = Verdict rated, version
data-column-notified_version = Verdict told, version
data-column-delay_notified_on = Told of the delay on
data-column-case = Case
data-column-used = Flags used
data-column-searches = Posts looked for
data-column-hour_ends_at = Until
data-column-text = Your words
data-column-asked_at = Asked
data-column-respond_by = Response due
data-column-finish_by = To be settled by
data-column-answer = Answer
data-column-ended_at = Ended
data-column-answered_at = Answered
data-column-made_at = Sent
data-column-decided_at = Decided
data-column-lifted = Lifted
data-column-suspended_at = Suspended
data-column-lifted_at = Lifted at
data-column-uses_left = Uses left
data-column-revoked_at = Revoked
data-column-number = Version
data-column-submitted_at = Submitted
data-column-id = No.
data-column-sent_at = Sent out
data-column-approved = Approved
data-column-progress = Progress message
data-column-code = Code
data-column-taken_at = Taken
data-column-version = Version
data-column-rating = Rating
data-column-claim = Claim
data-column-explanation = Explanation
data-column-sources = Sources
data-column-question = Question
data-column-published_at = Published
data-column-proposal = Content being written
data-column-meeting = Time of the meeting
data-column-place = Seat
data-column-waiting_order = Place in the waiting list
data-column-offered_until = Seat kept until
data-column-asked_version = Invitation
data-column-wants_reminders = Wants reminders
data-column-digits = Ticket
data-column-gave_feedback = Gave feedback
data-column-begins_at = Begins
data-column-ends_at = Ends
data-column-action = Action
data-column-details = Details
data-value-member = member
data-value-officer = officer
data-value-owner = owner
data-value-active = active
data-value-suspended = suspended
data-value-left = left
data-value-announcements = announcements
data-value-digest = digest
data-value-meetings = invitations to meetings
data-value-duties = officers’ duties
data-value-shared = shared
data-value-not_for_me = not for me
data-value-taken_back = taken back
data-value-link = link
data-value-picture = picture
data-value-words = words
data-value-queued = waiting
data-value-claimed = about to be sent
data-value-sending = being sent
data-value-sent = sent
data-value-failed = failed
data-value-gone = cannot be reached any more
data-value-not_now = could not be sent at that time
data-value-uncertain = not known whether it arrived
data-value-cancelled = cancelled
data-value-announcement = announcement
data-value-verdict = verdict
data-value-notice = notice
data-value-reminder = reminder
data-value-recall = recall
data-value-recalled = recalled
data-value-edited = changed in place
data-value-deleted = deleted
data-value-notice_only = only told, the copy could not be changed
data-value-out_of_reach = could not be taken back
data-value-scam = scam
data-value-impersonation = impersonation
data-value-false_details = false details
data-value-doctored_picture = doctored picture
data-value-rumour = rumour
data-value-unknown = not known
data-value-new = new
data-value-taken = taken
data-value-answered = answered
data-value-closed = closed
data-value-correction = correction
data-value-objection = objection to processing
data-value-restriction = restriction of processing
data-value-draft = draft
data-value-awaiting_approval = awaiting approval
data-value-scheduled = scheduled
data-value-withdrawn = withdrawn
data-value-expired = expired
data-value-false = false
data-value-misleading = misleading
data-value-true = true
data-value-unproven = unproven
data-value-satire = satire
data-value-yes = comes
data-value-maybe = maybe
data-value-no = cannot come
data-value-none = none
data-value-seated = has a seat
data-value-waiting = waits for a seat
data-value-offered = a seat is kept
data-value-open = members are invited
data-value-over = over
data-value-pending = waits for approval
data-value-published = sent
data-value-meeting = invitation to a meeting

### ---- The log (journal) ----

menu-journal = What officers have done
journal-head = <b>The log</b> – who did what, newest first
journal-entry = <b>{ $entry }</b> · { $when }
    { $who }: { $action }
journal-who = { $name } ({ $role })
journal-somebody-left = Somebody who left
journal-command-line = Server administrator
journal-role-member = member
journal-role-officer = officer
journal-role-owner = owner
journal-empty = There is nothing in the log yet.
journal-check = Check the log
journal-whole = The log is whole, up to entry { $entry }. The mark of that entry: { $mark }. Note it down elsewhere, to compare later.
journal-damaged = The log has been changed: entry { $entry } does not fit. Please tell the server’s administrator at once.
journal-setting-name = the club’s name
journal-setting-operator = the body that runs the bot
journal-setting-contact = the contact address
journal-setting-issuers = the list of issuers
journal-setting-areas = the list of areas
journal-setting-address = how officers are spoken to
journal-setting-colours = the club’s colours
journal-setting-deadlines = the deadlines of flagged posts
journal-setting-data-requests = time limits for data requests
journal-setting-retention = how long data is kept
journal-setting-messengers = the apps the bot is in
journal-setting-timezone = the time zone
journal-setting-searches = posts that one member may have looked for in an hour
journal-setting-flag-batches = minutes between two updates of officers’ figures
journal-setting-approvals = how many approve an announcement
journal-setting-verdict-approval = a second officer approves verdicts
journal-setting-officer-digest = when the officers’ digest comes
journal-setting-quiet-hours = quiet hours
journal-setting-console-readers = who reads the Zalo page
journal-setting-zalo-users = people on Zalo
journal-setting-zalo-link = link to the club on Zalo
journal-setting-zalo-quota = messages on Zalo a month
journal-setting-spending = the most paid messages of an announcement / of a month
journal-switched-on = yes
journal-switched-off = no
settings-head =
    <b>Settings changed lately</b>
    They are kept on the server, where its administrator can change them.
settings-none = No setting has changed yet.
settings-line = • { $when }: { $action }
journal-appeal-lift = suspension lifted
journal-appeal-uphold = suspension stays
journal-action-announcement-submitted = sent announcement no. { $announcement } for approval, version { $version }
journal-action-announcement-edited = edited announcement no. { $announcement }, version { $version }
journal-action-announcement-approved = approved announcement no. { $announcement }, version { $version }
journal-action-announcement-refused = refused announcement no. { $announcement }, version { $version }
journal-action-announcement-withdrawn = took announcement no. { $announcement } back, version { $version }
journal-action-announcement-scheduled = scheduled announcement no. { $announcement }, version { $version }
journal-action-announcement-unscheduled = unscheduled announcement no. { $announcement }, version { $version }
journal-action-announcement-let-out-at-night = agreed that the urgent announcement no. { $announcement }, version { $version }, goes out in the quiet hours
journal-action-announcement-rescheduled = changed when announcement no. { $announcement }, version { $version }, goes out
journal-action-recurrence-stopped = stopped the repeating of announcement no. { $announcement }
journal-action-announcement-sent = let announcement no. { $announcement } go out, version { $version }
journal-action-announcement-discarded = discarded draft { $announcement }
journal-action-correction-submitted = sent a correction of announcement no. { $announcement } for approval, version { $version }
journal-action-correction-edited = edited the correction of announcement no. { $announcement }, version { $version }
journal-action-correction-approved = approved the correction of announcement no. { $announcement }, version { $version }
journal-action-correction-refused = did not approve the correction of announcement no. { $announcement }, version { $version }
journal-action-correction-withdrawn = took back the correction of announcement no. { $announcement }, version { $version }
journal-action-correction-sent = let the correction of announcement no. { $announcement } take effect, version { $version }
journal-action-correction-discarded = discarded the correction of announcement no. { $announcement }
journal-action-announcement-recalled = recalled announcement no. { $announcement }
journal-action-announcement-sent-to-newcomers = had announcement no. { $announcement } sent to newcomers
journal-action-announcement-sent-to-the-missed = had announcement no. { $announcement } sent again to those who missed it
journal-action-sending-paused = paused the sending of announcement no. { $announcement }
journal-action-sending-resumed = let announcement no. { $announcement } go on
journal-action-sending-cancelled = cancelled the rest of announcement no. { $announcement }
journal-action-doubtful-copies-sent-again = had copies of announcement no. { $announcement } sent again that may not have arrived
journal-action-doubtful-copies-left = left copies of announcement no. { $announcement } that may not have arrived
journal-action-spending-allowed = allowed announcement no. { $announcement }, version { $version } to cost at most { $messages } paid messages ({ $dong } đồng)
journal-action-links-checked = looked at the doubtful links of announcement no. { $announcement }, version { $version }
journal-action-club-restored = brought the club back from a backup; { $paused } sendings paused, { $reopened } scheduled announcements made drafts again
journal-action-account-granted = granted the bot access to the Official Account { $account } on Zalo
journal-action-key-changed = changed the key that encrypts personal data
journal-action-invite-made = made an invite ({ $role } × { $uses })
journal-action-invite-shortened = shortened invite { $invite }
journal-action-invite-revoked = revoked invite { $invite }
journal-action-role-offered = asked { $member } to be an officer
journal-action-role-taken = took the role of { $role }
journal-action-role-changed = changed the role of { $member }: { $before } → { $after }
journal-action-role-given-up = gave up the role of { $role }
journal-action-record-moved = moved to another account, as { $role }
journal-action-member-suspended = suspended { $member }
journal-action-suspension-lifted = lifted the suspension of { $member }
journal-action-appeal-decided = decided the appeal of { $member }: { $outcome }
journal-action-case-taken = took case { $case }
journal-action-case-given-back = gave case { $case } back
journal-action-case-out-of-scope = closed case { $case } as out of scope
journal-action-case-waits = let case { $case } wait for a source
journal-action-case-goes-on = went on with case { $case }
journal-action-case-handed-over = handed case { $case } over
journal-action-case-noted = added a note to case { $case }
journal-action-reporters-asked = asked those who flagged case { $case }
journal-action-reporters-question-closed = closed the question to those who flagged case { $case }
journal-action-case-merged = merged case { $case } into { $into }
journal-action-case-split = split case { $off } off { $case }
journal-action-verdict-proposed = proposed a verdict on case { $case }
journal-action-verdict-approved = approved the verdict on case { $case }, version { $version }: { $rating }
journal-action-verdict-refused = did not approve the verdict on case { $case }
journal-action-case-decided = decided case { $case }, version { $version }: { $rating }
journal-action-question-taken = took question { $question }
journal-action-question-given-back = gave question { $question } back
journal-action-question-answered = answered question { $question }
journal-action-question-closed = closed question { $question }
journal-action-proof-asked-about = asked about a proof for announcement no. { $announcement }
journal-action-public-answer-added = added answer { $public_answer } to the Q&A of announcement no. { $announcement }
journal-action-public-answer-removed = removed answer { $public_answer } from the Q&A of announcement no. { $announcement }
journal-action-data-withdrawn = asked Zalo to erase their data; it is erased
journal-action-data-request-received = acknowledged data request { $request }
journal-action-data-request-answered = answered data request { $request }
journal-action-reach-noted = noted the views of a share of announcement no. { $announcement }: { $reach }
journal-action-setting-changed = changed a setting, { $setting }: { $was } → { $now }
journal-action-setting-reworded = changed a setting: { $setting }
journal-action-export-made = exported figures of { $days } days: { $sheet }
journal-action-papers-submitted = submitted the papers of meeting { $meeting }, version { $version }
journal-action-papers-approved = approved the papers of meeting { $meeting }, version { $version }
journal-action-check-in-opened = opened check-in of meeting { $meeting }
journal-action-door-list-made = exported the list for the door of meeting { $meeting }

### ---- Diagnosis (doctor) ----

doctor-well = in order
doctor-part-config = Configuration
doctor-part-key = Key
doctor-part-database = Database
doctor-part-disk = Disk
doctor-part-clock = Clock
doctor-part-reader = Words in pictures
doctor-reader = { $name }
doctor-reader-none = nothing reads them, so the bot knows pictures by their look only. On Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie
doctor-part-token = Token
doctor-part-way-in = Way in
doctor-part-zalo = Zalo
doctor-part-oa-readers = Who reads the Zalo page
doctor-part-inline = Posting in other chats
doctor-config-open = others on this machine can read { $file }, which holds a secret. Run: chmod 600 { $file }
doctor-key-missing = there is no { $where }. A new club: run `niemtin init`. A club that exists: bring back its own key file
doctor-key-unreadable = { $where } cannot be read. Look at the file’s permissions
doctor-key-open = others on this machine can read the key. Run: chmod 600 { $where }
doctor-key-no-key = { $where } is no key. Bring back the club’s own key file
doctor-database-without-key = cannot be looked at without the key
doctor-database-none = there is no { $file } yet. Run `niemtin migrate`
doctor-database-read-only = { $file } cannot be written. Give the file and its folder to the user who runs the bot
doctor-database-open = others on this machine can read { $file } or what stands beside it. Run as its owner: chmod 600 { $file }*
doctor-database-release = it is of another release. Run `niemtin migrate`
doctor-database-closed = it cannot be opened ({ $kind }). Look at database.url
doctor-disk-full = only { $free } MB are left at { $folder }. Make room
doctor-clock-off = this machine’s clock is off by { $off } s. Switch time synchronisation on
doctor-sandbox-away = no sandbox answers at { $address }. Run `niemtin sandbox`
doctor-token-none = there is none. Set NIEMTIN_TELEGRAM_TOKEN to what @BotFather gave you
doctor-token-refused = Telegram does not accept it. Ask @BotFather for it again
doctor-messenger-away = { $address } does not answer ({ $kind }). Look at the network
doctor-telegram-blocked = { $address } does not answer ({ $kind }). Networks in Viet Nam often block Telegram: set telegram.proxy (socks5 or http), run the bot elsewhere, or use Zalo for the club
doctor-telegram-proxy-away = { $address } cannot be reached through telegram.proxy ({ $kind }). Look at the proxy’s address, name and password, and whether it reaches Telegram itself
doctor-zalo-refused = Zalo does not accept the token. Ask Zalo Bot Manager for it again
doctor-oa-readers-unnamed = not named. Set zalo_oa.console_readers to those who administer the Zalo page and can read its chats; members are told before they write
doctor-zalo-elsewhere = Zalo brings updates to { $address }. `niemtin run` changes that
doctor-zalo-polling = it is polled: an update fetched when the bot is killed is lost. Set web.public_url to use the webhook
doctor-way-in-elsewhere = Telegram brings updates to { $address }. `niemtin run` changes that
doctor-way-in-broken = Telegram could not reach the webhook: { $says }
doctor-way-in-pending = { $count } updates wait at Telegram. Is the bot running?
doctor-inline-off = switched off, so members cannot pick an announcement by typing the bot’s name in another chat. Send @BotFather /setinline. Leave /setinlinefeedback at Disabled: the bot need not know who posts where
doctor-part-oa-webhook = What comes in from the Official Account
doctor-part-oa-grant = Access to the Official Account
doctor-oa-webhook-none = Zalo brings updates by webhook only: set web.public_url, or the bot hears nothing from the Official Account
doctor-oa-webhook-by-hand = fine. The address to put by hand into the app’s Webhook page on developers.zalo.me: { $address }
doctor-oa-none = not granted to the bot yet. Run `niemtin oa authorize`
doctor-oa-granted = in order; the bot renews it every day. If the bot stayed off, it would end on { $until } (in { $days } days)
doctor-oa-ends = it ends in { $days } days (on { $until }), since it was not renewed for long. Run the bot, which renews it; if that fails, run `niemtin oa authorize`
doctor-oa-failing = the last renewal failed ({ $failure }). The bot tries again; access ends on { $until } (in { $days } days). -14002, -14004: look at zalo_oa.app_id and zalo_oa.app_secret
doctor-oa-lost-answer-lost = lost: Zalo had changed the tokens, and its answer did not reach the bot (the machine or the network stopped at that moment). Run `niemtin oa authorize`
doctor-oa-lost-restored = lost: the backup holds an old token, which Zalo does not accept any more. Run `niemtin oa authorize`
doctor-oa-lost-expired = it has expired, since it was not renewed for more than 90 days. Run `niemtin oa authorize`
doctor-oa-lost-refused = lost: Zalo does not accept the refresh token. Access was withdrawn in the console, or the token was used elsewhere. Run `niemtin oa authorize`

### ---- Alarm ----

alarm-clock = ⚠️ The bot is in trouble: scheduled work (sending, reminders, digests) cannot be done. It keeps trying and will tell you when it works again. Please ask the server administrator to look at the log.
alarm-over-clock = ✅ The bot works normally again. What was missed is being done now.
alarm-updates = ⚠️ The bot answers late: messages have been waiting for more than two minutes. None is lost. Please tell the server administrator.
alarm-over-updates = ✅ The bot answers in time again.
alarm-queue = ⚠️ For five minutes the bot could not send anything through { $where }, though messages are due. No message is lost. Please tell the server administrator.
alarm-over-queue = ✅ Messages go out again.
alarm-webhook = ⚠️ { $where } cannot deliver members’ messages to the bot. Messages that wait for more than 24 hours may be lost. Please tell the server administrator at once.
alarm-over-webhook = ✅ Members’ messages reach the bot again.
alarm-disk = ⚠️ The server’s disk is nearly full: { $free } MB are left. When it is full, the bot cannot save anything. Please tell the server administrator at once.
alarm-over-disk = ✅ The server’s disk has room again.
alarm-zalo-users = ⚠️ The bot on Zalo will soon serve { $most } people, the limit of its plan. After that, nobody new can join on Zalo. Please ask the server administrator for a larger plan, or invite people to another app.
alarm-over-zalo-users = ✅ The bot on Zalo has room for new people again.
alarm-token = ⚠️ { $where } no longer accepts the bot’s token, so nothing goes out there. Please tell the server administrator at once.
alarm-over-token = ✅ The bot’s access token works again; messages go out.
alarm-grant = { $stage ->
    [lost] ⚠️ The Official Account on Zalo no longer grants the bot access, so nothing goes out there. Please ask the server administrator to grant it again at once.
    [none] ⚠️ The Official Account on Zalo has not granted the bot access yet, so nothing goes out there. Please ask the server administrator to grant it.
    [urgent] ⚠️ Access to the Official Account on Zalo is about to end: { $days } days are left. Please tell the server administrator at once.
   *[soon] ⚠️ Access to the Official Account on Zalo ends in { $days } days, and the bot could not renew it. Please tell the server administrator.
}
alarm-over-grant = ✅ The Official Account on Zalo grants the bot access.

### ---- Access to the Official Account (oa) ----

oa-no-app = zalo_oa.app_id, zalo_oa.app_secret: missing. Write app_id into config.toml and set NIEMTIN_ZALO_OA_APP_SECRET; both are at developers.zalo.me, at the club’s app
oa-beforehand = Before access is granted, at developers.zalo.me, app { $app }:
    1. The app is active (“Đang hoạt động”).
    2. “Đăng ký sử dụng API”: Official Account API is registered.
    3. The domain of the callback address is verified.
    4. Official Account → Thiết lập chung: the callback address is set, and the rights to send and manage messages, receive events and manage users are chosen.
oa-which-callback = The bot has no public address. The callback address set at developers.zalo.me (https://…)
oa-open-page =
    Callback address: { $callback }
    Open this address in a browser, log in to Zalo as an admin of the Official Account, choose the right account and agree. It works once, for 10 minutes:

    { $page }

    If that page says -14003: the callback address differs from the one that is set, or its domain is not verified.
oa-paste-or-enter = When the browser says that access is granted, press Enter. If that page does not open, paste the whole address from the address bar here
oa-paste = Paste the whole address that the browser was led to (the page itself may show an error)
oa-nothing-yet = Nothing has reached the bot yet. Wait until the page in the browser says so, or paste its address here.
oa-not-an-address = That is not the address. The right one has code=… at its end.
oa-granted = Access is granted. From now on the bot renews it; `niemtin doctor` says until when it lasts.
oa-page-title = Access to the Official Account
oa-problem-none = No grant is waiting, or its 10 minutes are over. Run `niemtin oa authorize` again.
oa-problem-other-link = This address belongs to an older link. Open the one that `niemtin oa authorize` printed last.
oa-problem-used = This address was used already. If access is not granted yet, run `niemtin oa authorize` again.
oa-problem-other-account = That was another Official Account than the bot uses. Run `niemtin oa authorize` again and choose the right one; if the club really changes its account, add --other-account (members on the old one must join anew).
oa-problem-no-code = Zalo sent no code: perhaps the request was declined. Run `niemtin oa authorize` again.
oa-problem-callback = This callback address cannot be used: { $address }. It must begin with https:// and have no ? in it.
oa-problem-unreachable = Zalo cannot be reached ({ $kind }). The code is unused: look at the network, then try again.
oa-problem-answer-lost = Zalo’s answer did not come ({ $kind }), and the code works once. Run `niemtin oa authorize` again.
oa-problem-app-14002 = Zalo says -14002: there is no such app, or it is not active. Look at zalo_oa.app_id and at the app’s state at developers.zalo.me.
oa-problem-app-14003 = Zalo says -14003: the callback address is not valid. It must be exactly the one set at developers.zalo.me, on a verified domain, without a ?.
oa-problem-app-14004 = Zalo says -14004: the app’s secret key is wrong. Look at NIEMTIN_ZALO_OA_APP_SECRET (or zalo_oa.app_secret).
oa-problem-declined = Zalo declined, error { $code }: { $words }. Run `niemtin oa authorize` again.

### ---- Numbered choices ----

choices-old =
    That choice belongs to an earlier message:
    “{ $about }”.

    Did you mean “{ $label }”?
choices-over = “{ $label }” belongs to something that is finished (“{ $about }”), so it cannot be chosen again. Type help to see what you can do.
choices-one-at-a-time = One choice at a time, please. Which one first?
choices-which = Several messages are waiting for your choice. Which one do you mean?
choices-repeated = The number { $number } has already been counted once. To choose { $number } in the newest message, type it again.
choices-hint = <i>To choose, type the number.</i>
choices-no = No, leave it
choices-nothing-done = Nothing has changed.

### ---- Two apps, one member (linking) ----

linking-code =
    Do you use both Telegram and Zalo? The code to use one record in both: <code>{ $code }</code>

    In the other app, write to the bot: <code>link { $code }</code>
    The code is shown only now and works once, before { $until }. Do not give it to anyone, even if they say they are an officer.
linking-done = Done: you now have one record and one set of choices in both apps.
linking-now-any =
    In use: { $chats }.
    Each announcement and digest reaches you once, by the app that can and costs least.
    If you no longer use the other app, unlink it below.
linking-any = Any app will do
linking-now =
    In use: { $chats }.
    Announcements and digests go to <b>{ $here }</b>; when that fails, to the other app.
    If you no longer use the other app, unlink it below.
linking-where = Where to get messages…
linking-one-each = This record already has a chat on { $messenger }. To change the account, send /newphone in the old one.
linking-own-code = You have just made this code here. Send it in the other app.
linking-code-wrong = This code does not work: it is wrong, used or expired. Send /link in the other app for a new one.
linking-two-records =
    You have two member records, one in each app. If you go on, the record in this app (choices, proofs, posts you flagged) is <b>erased for good</b>, and you use the record in the other app.

    Go on?
linking-give-up = Go on, erase the record here
linking-keep = No, keep both
linking-unlink = Unlink { $messenger }
linking-unlink-sure = Unlink { $messenger }? The chat there is not yours any more and gets nothing; your record and all your choices stay here.
linking-unlinked = { $messenger } is unlinked. Your record is here only. To use it in both again, send /link.
linking-too-new = This app has been linked only recently, so it cannot unlink an older one yet. Please unlink it from the other app, or try again after { $days } days.
arriving-not-me = This was not me
arriving-yes = Yes, this is me
arriving-asks-to-link =
    🔐 Somebody on { $messenger } has just used the linking code you made, to work in your role.

    Is that you? Until you say yes, nothing changes. This question stands until { $until }.
arriving-asks-to-move =
    🔐 Somebody on { $messenger } has just used the code you made for another phone, to take your record and your role there.

    Is that you? Until you say yes, nothing changes. This question stands until { $until }.
arriving-waits = The code is right. As this is an officer’s record, open the old chat and choose “{ arriving-yes }” before { $until }.
arriving-done = Done. The other app can be used now.
arriving-confirm-elsewhere = You cannot confirm it in this chat. Please open the chat that made the code, or one that was linked at least { $days } days ago, and confirm it there.
arriving-none-confirms = The code is right, but cannot be used yet: this officer’s record has just moved. Please send a new code after { $days } days. If it is urgent, contact an owner of the club.
arriving-linked = 🔗 { $messenger } has just been linked to your record. If this was not you, choose below: the bot unlinks and blocks it at once. Help: { $contact }
arriving-moved = 🔁 One of your apps has just been changed to another account on { $messenger }. If this was not you, tell us at once: { $contact }
arriving-refused = That chat is unlinked and blocked, and the codes you made no longer work. If you made no code yourself, tell the club: { $contact }
arriving-back = Your record is back here. The other account is unlinked and blocked, and the codes you made no longer work. Help: { $contact }
arriving-out = This chat is not linked to a member’s record any more. To join with this app, send your invite code here.
arriving-over = This is no longer valid. Send /help to see what you can do.
journal-action-chat-unlinked = unlinked an app, as { $role }
digest-action-chat-unlinked = unlinked an app: { $count }
journal-action-chat-refused = refused an account that was not theirs, as { $role }
digest-action-chat-refused = refused an account that was not theirs: { $count }
journal-action-chat-linked = linked another app, as { $role }
digest-action-chat-linked = linked another app: { $count }

### ---- The month's messages (quota) ----

missed-all = { $count ->
    [one] 📬 There is a message that the bot could not send you before; it comes below.
   *[other] 📬 There are { $count } messages that the bot could not send you before; they come below.
}
missed-some = { $count ->
    [one] 📬 There are messages that the bot could not send you before. The newest comes below; { $more } more after your next message.
   *[other] 📬 There are messages that the bot could not send you before. The newest { $count } come below; { $more } more after your next message.
}
spending-plan = Goes to: { $parts }
spending-few = Goes to: { $people } people
spending-part = { $count } { $name }
spending-or = { " or " }
spending-part-free = now and free
spending-part-quota = from the package’s quota
spending-part-quota-left = from the package’s quota ({ $left } left this month)
spending-part-paid = paid
spending-part-not-now = not now (after their next message to the bot)
spending-allowed = May cost: { $what }
spending-free = nothing, free messages only
spending-quota = the package’s quota, no money
spending-paid = the package’s quota, and at most { $count } paid messages ({ $dong } đồng)
spending-messages = This announcement is long: { $count } messages for each person.
spending-first = First: { $first }
spending-choose = Cost…
spending-question = What may this announcement cost? Messages are free for 48 hours after a member last wrote; then they are taken from the package’s quota, and beyond it paid. The configuration allows at most { $most } paid messages ({ $most_dong } đồng) for one announcement.
spending-other = Another number…
spending-type = Type the most paid messages (such as 300) or an amount (such as 20,000 đ). At most { $most } messages, which is { $most_dong } đồng.
spending-unclear = This could not be read. Please type a number, such as 300 or 20,000 đ.
spending-too-much = More than allowed: at most { $most } messages, which is { $most_dong } đồng. Please send a smaller number.
spending-cost = Used { $quota } messages of the package’s quota, { $paid } paid ones ({ $dong } đồng)
spending-month = { $messenger } this month: { $paid } paid messages ({ $dong } đồng) of at most { $most } ({ $most_dong } đồng).
spending-quota-left = Quota of the package: { $left } messages left this month.
spending-unpaid-since = ⚠️ The account has had no money since { $when }: paid messages cannot be sent.
spending-unpaid = ⚠️ { $messenger }: the account has no money left, or no Zalo Cloud Account, so paid messages cannot be sent. Members who have not received theirs get it after their next message to the bot. Top the account up to send sooner.
spending-not-free = ⚠️ { $messenger } took money for answers or reminders, which the bot may not pay for. /statistics shows what was spent. Please ask the server administrator to check the account’s package.
quota-enough = Zalo: { $left } messages left this month, { $needed } needed: enough.
quota-short = ⚠️ Zalo: { $left } messages left this month and { $needed } needed, { $short } too few. First: { $first }. The rest wait for next month; those who also use Telegram get it there.
quota-left = Zalo: { $left } of this month’s { $most } messages left.
quota-choose = Who gets it first…
quota-question = If it cannot be sent to everyone yet, who should get theirs first?
priority-window-ends = those whose time to be written to ends first
quota-only-there = people who use only Zalo
quota-as-they-joined = as they joined
quota-changed = This announcement has just been changed. Open the newest version in /compose.
quota-chosen = Noted: { $first } go first.

## Tickets and check-in of a meeting

ticket-caption =
    <b>{ $title }</b>
    { $when }
    { $place }

    Ticket: <code>{ $digits }</code>
    At the door, show this picture to the officer or read out the six digits. It needs no network; keep it on your phone.
ticket-hint = Show this to the officer at the door, or read out the digits
ticket-file = meeting.ics
ticket-picture-file = ticket.png
ticket-calendar = 📅 Calendar file: open it to add the meeting to the calendar of your phone.
ticket-calendar-description = Questions: { $contact }
ticket-none = You have no ticket for this meeting: there is one once you said yes and have a seat. Type /meetings to see.
ticket-over = This meeting does not take place, so its ticket is no longer used. Type /meetings to see others.
ticket-for-officers = This code is for the officer at the door. Please show them the picture of your ticket.
ticket-for-officers-stranger = This code is for officers of the club. If you were invited to a meeting, please ask the officer at the door.

checkin-button = Check-in
checkin-open =
    <b>Check-in: { $title }</b>
    Came: <b>{ $came }</b> · With a seat: { $seated }

    Type the six digits of a ticket. On Telegram you can scan the QR code with the camera of your phone and open the link.
checkin-admitted =
    ✅ <b>{ $name }</b>
    Welcome. Came: <b>{ $came }</b>
checkin-again =
    ⚠️ This ticket was used already: <b>{ $name }</b>.
    Came: <b>{ $came }</b>
checkin-nameless = A guest with a ticket
checkin-digits-wanted = This step needs the six digits of a ticket, such as 482 913. Type them again, or end check-in.
checkin-unknown = This meeting has no ticket { $digits }. Ask the guest to open it again in /meetings, and type the six digits once more.
checkin-wait = Too many wrong digits. Please try again after { $time }.
checkin-not-yet = Check-in opens { $hours } hours before the meeting. Please come back at { $time }.
checkin-over = This meeting is over or called off, so nobody can be checked in. Type /meeting to see the meetings.
checkin-gone = This meeting was not found. Type /meeting to see the meetings.
checkin-damaged = The link of this ticket is incomplete. Open check-in in /meeting and type the six digits.
checkin-refresh = Refresh the count
checkin-close = End check-in
checkin-closed = Check-in ended: { $came } came. It can be opened again at any time, type /meeting.
checkin-walk-in = A guest without a ticket
checkin-walk-in-ask =
    A guest without a ticket is invited by the code below. Who scans it, reads and agrees, has joined the club; it works once, for { $hours } hours.
    When the guest has come in, press the button below. The bot counts one more person and writes down no name.
checkin-walk-in-code = On Zalo, the guest sends this code to the bot: <code>{ $code }</code>
checkin-walk-in-count = The guest came in, count one more
checkin-walk-in-counted = One more guest counted. Came: <b>{ $came }</b>
checkin-workbook-button = List for the door
checkin-workbook-caption = Who said yes and has a seat, for the door. The file does not say who came. Please delete it when you are done.
checkin-workbook-file = list-for-the-door.xlsx
checkin-workbook-sheet = Said yes
checkin-workbook-number = No.
checkin-workbook-name = Name
checkin-workbook-area = Area
checkin-workbook-not-yours = Only the officers who wrote or approved this meeting may see its list. Please ask them.
checkin-workbook-none = Nobody has said yes yet. Please look again later, type /meeting.
checkin-walk-in-file = invite.png

### ---- Meetings: inviting, answering, changing, calling off ----

menu-meeting = invite to a meeting, press conference or training
menu-meetings = meetings to come and your answers
more-meetings = 📅 Meetings
journal-action-meeting-submitted = submitted meeting { $meeting } (version { $version })
journal-action-meeting-approved = approved meeting { $meeting } (version { $version })
journal-action-meeting-refused = refused meeting { $meeting } (version { $version })
journal-action-meeting-called-off = called off meeting { $meeting }

meeting-kind-meeting = Meeting
meeting-kind-press_conference = Press conference
meeting-kind-training = Training
meeting-kind-online = Online meeting

meeting-head =
    📅 <b>{ $title }</b>
    { $kind }
meeting-when = When: <b>{ $when }</b>
meeting-where = Where: { $place }
meeting-online = Join at: { $link }
meeting-answer-by = Please answer by { $when }.
meeting-seats = { $count ->
    [one] There is one seat.
   *[other] There are { $count } seats.
}
meeting-contact = Contact: { $contact }
meeting-who-sees = Coming is up to you, and no reason is asked. If you accept, the officers who organise it will see your name; nobody else will.
meeting-summary =
    <b>{ $title }</b>
    { $when }
    { $place }
meeting-yes = ✅ I’ll come
meeting-maybe = Maybe
meeting-no = I can’t come
meeting-documents = Documents
meeting-document = Document of “{ $title }”
meeting-no-documents = This meeting has no documents yet.

meeting-send-whole =
    Send the whole invitation (pasted or forwarded). The bot reads title, time, place, seats, deadline and contact from it.

    For example:
    Monthly meeting of the club
    Time: 8:00 to 10:00, Saturday 14/3
    Place: Town hall, 12 Lê Lợi
    Seats: 40
meeting-whole-wanted = Please send the invitation as text, or a file with a text.
meeting-recognised = The bot read it as below. Please check it.
meeting-agenda-too-long = The agenda is too long for one message and was left out. Shorten it and fill in Agenda, or attach it as a file.
meeting-untitled = untitled
meeting-go-on = Go on with: { $title }
meeting-go-on-change = Go on changing: { $title }
meeting-list-button = All meetings
meeting-list = Meetings:
meeting-list-empty = There are no meetings yet. Type /meeting to invite to one.
meeting-line-pending = Waits for approval: { $title }, { $day }
meeting-line-open = { $title }, { $day }
meeting-line-over = Over: { $title }, { $day }
meeting-line-cancelled = Called off: { $title }, { $day }

meeting-field-title = Title
meeting-field-kind = Kind
meeting-field-times = Time
meeting-field-place = Place
meeting-field-link = Link
meeting-field-point = Point on the map
meeting-field-seats = Seats
meeting-field-answer-by = Answer by
meeting-field-agenda = Agenda
meeting-field-documents = Documents
meeting-field-contact = Contact
meeting-field-areas = Invited
meeting-field-english-title = English title
meeting-field-english-agenda = English agenda
meeting-ask-title = What is the meeting called?
meeting-ask-kind = What kind is it?
meeting-ask-times = When is it? For example: 8:00 to 10:00 Saturday 14/3. Without an end it is two hours.
meeting-ask-place = Where is it? Write the name of the place and its address in one line.
meeting-ask-link = What is the address to join? It has to begin with https://
meeting-ask-point = Send the coordinates, for example 20.94213, 106.33295, or the address of a map that has them.
meeting-ask-seats = How many seats are there? Type a number, or “no limit”.
meeting-ask-answer-by = Until when should members answer? For example: 17:00 Thursday 12/3. Left out, it is until the meeting begins.
meeting-ask-agenda = What is it about?
meeting-ask-documents = Send documents or pictures one by one, at most 5.
meeting-ask-contact = Whom can members ask? A name with a telephone number or an e-mail address.
meeting-ask-areas = Which members are invited? You can choose several places.
meeting-ask-english-title = What is the English title?
meeting-ask-english-agenda = What is the English agenda?
meeting-present = At present: { $value }
meeting-done = Done
meeting-leave-out = Leave it out
meeting-noted = Noted.
meeting-document-added = Added. Send another one, or tap Done.
meeting-document-wanted = Please send a file or a picture here, or tap Done.
meeting-documents-too-many = At most { $most } files. Leave Documents out and send the most important ones again.
meeting-link-wanted = This has to be one address that begins with https://. Please check it and send it again.
meeting-seats-wanted = Please type a number from 1 to { $most }, or “no limit”.
meeting-point-wanted = No coordinates found. Please send two numbers like 20.94213, 106.33295.
meeting-deadline-after-begin = The deadline has to be before the meeting begins. Please write it again.

meeting-preview = Members will get <b>exactly this</b>:
meeting-for-whom = Invited: { $people }
meeting-changes = <b>Changes:</b>
meeting-change = • { $field }: { $old } → <b>{ $new }</b>
meeting-nothing-changed = Nothing is changed yet. Choose what to change.
meeting-submit = Submit for approval
meeting-discard = Discard the draft
meeting-discard-change = Don’t change it
meeting-discard-question = Discard what you wrote? This cannot be undone.
meeting-discard-sure = Discard
meeting-discarded = The draft is discarded.
meeting-change-discarded = The change is discarded. The meeting stays as members know it.
meeting-change-button = Change time, place, agenda
meeting-change-begun = Choose what to change. Members learn of it once it is approved.
meeting-changed-since = <b>This was changed just now.</b> Here is the newest version.
meeting-changed-by-another = Another officer is changing this meeting. Please wait until they submit or discard their change.
meeting-not-the-author = Only who wrote this can change it.
meeting-no-proposal = Nothing is being written for this meeting any more. Type /meeting to see all meetings.
meeting-begins-in-the-past = The meeting would begin in the past. Change Time, then submit.
meeting-deadline-over = The deadline has passed. Change Answer by, then submit.
meeting-nothing-to-submit = Nothing is changed that could be submitted.
meeting-not-pending = This does not wait for approval any more.
meeting-waits = It waits for the approval of another officer.
meeting-please-decide = Please check day, time and place before you approve.
meeting-take-back = Take it back
meeting-taken-back = Taken back. Submit it again when it is ready.
meeting-see = See the meeting
meeting-submitted = Submitted. The invitation goes out when another officer approves it.
meeting-submitted-to-nobody = Submitted, but the club has no other officer who could approve it.
meeting-please-approve =
    An invitation waits for your approval:

    { $meeting }
meeting-please-approve-change =
    A change of a meeting waits for your approval:

    { $meeting }
meeting-your-own-approved =
    Your invitation was approved and is going out:

    { $meeting }
meeting-your-own-refused =
    Your invitation was not approved:

    { $meeting }

    Reason: { $reason }
meeting-out = Approved. The invitation is going out.
meeting-change-out = Approved. Everybody who comes or may come is being told.

meeting-state-open = Members are being invited.
meeting-state-over = Over.
meeting-state-cancelled = Called off.
meeting-no-limit = no limit
meeting-totals =
    Invited: { $invited }
    With a seat: { $yes } (seats: { $seats })
    Waiting for a seat: { $waiting }
    Came: { $came }

meeting-call-off = Call it off
meeting-why-off =
    Why is this meeting called off? Everybody who was invited will read it.

    { $meeting }
meeting-off-reason-wanted = Please write the reason in words, at most { $limit } characters.
meeting-off-question = Everybody who was invited will get this. A meeting that is called off cannot be opened again.
meeting-off-sure = Call it off and tell everybody
meeting-called-off =
    ❌ This meeting is <b>called off</b>:

    { $meeting }

    Reason: { $reason }
meeting-off = Called off. Everybody who was invited is being told.
meeting-ended = This meeting is over or was called off.
meeting-gone = There is no such meeting. Type /meetings to see those to come.

meeting-you-come =
    Thank you, see you at “{ $title }”, { $when }.
    Below are your ticket and a file for your calendar.
meeting-you-wait = “{ $title }” is full. You are number { $position } on the waiting list; the bot asks you when there is a seat.
meeting-you-may-come = Noted: you may come. Please say so when you know.
meeting-you-do-not-come = Noted: you can’t come. Thank you for telling us.
meeting-change-answer = See or change the answer
meeting-too-late = It is too late to answer. Please ask the organisers if you still want to come.
meeting-now-open = Members can still answer.
meeting-now-over = This meeting is over.
meeting-now-cancelled = This meeting was called off.
meeting-seat-offered =
    There is a seat for you:

    { $meeting }

    It is kept for you until { $when }.
meeting-take-seat = ✅ Take the seat
meeting-leave-seat = Leave it to others
meeting-seat-gone = This seat is not kept for you any more. Tap “I’ll come” to join the waiting list again.
meeting-moved =
    ⚠️ A meeting that you answered <b>has changed</b>:
    { $changes }

    { $meeting }

    Can you still come?
meeting-changed =
    A meeting that you answered has news:

    { $meeting }
meeting-reminder-day =
    A reminder: the meeting is tomorrow.

    { $meeting }
meeting-reminder-hours =
    A reminder: the meeting begins soon.

    { $meeting }
meeting-show-ticket = My ticket
meeting-cannot-come = I can’t come any more
meeting-no-reminders = Don’t remind me of this meeting
meeting-want-reminders = Remind me before it begins
meeting-reminders-off = The bot will not remind you of this meeting.
meeting-reminders-on = The bot will remind you a day and two hours before it begins.

meetings-none = There are no meetings for you at present.
meetings-coming = Meetings to come:
meetings-line = { $title }, { $day }{ $answer }
meetings-answer-none = {""}
meetings-answer-yes = { " " }(coming)
meetings-answer-maybe = { " " }(maybe)
meetings-answer-no = { " " }(not coming)
meetings-answer-waiting = { " " }(waiting)
meetings-answer-offered = { " " }(a seat for you)
meetings-answer-lapsed = { " " }(seat given up)
meetings-your-answer-none = You have not answered yet.
meetings-your-answer-yes = <b>You are coming.</b>
meetings-your-answer-maybe = You may come.
meetings-your-answer-no = You can’t come.
meetings-your-answer-waiting = You are on the waiting list.
meetings-your-answer-offered = <b>A seat is kept for you.</b>
meetings-your-answer-lapsed = The time to take the seat is over. Tap “I’ll come” to join the waiting list again.
meetings-want-invitations = Send me invitations
meetings-agreed = From now on you get invitations to meetings. You can turn them off in /settings at any time.

## After a meeting

papers-button = Send documents, minutes
papers-prompt =
    Send the minutes here: at most { $most } characters, or one file or picture with at most { $caption } characters.
    You see them first; another officer approves before members get them.
papers-wanted = This step needs words, one file or one picture. Send it again, or type /cancel to stop.
papers-head = 📄 <b>Documents, minutes: { $title }</b>
papers-whom = Members will read <b>exactly this</b>. Who may open it? To change it, send another one.
papers-for-came = Who came
papers-for-all = Everybody invited
papers-whom-came = Members read <b>exactly this</b>; whoever came can open it. If something is wrong, write to its author; what they send again replaces this.
papers-whom-all = Members read <b>exactly this</b>; everybody invited can open it. If something is wrong, write to its author; what they send again replaces this.
papers-approve = Approve and send
papers-submitted = Submitted. Once another officer approves, members are told.
papers-please-approve = Documents or minutes of <b>{ $title }</b> wait for approval.
papers-out = Approved. Members are being told.
papers-stale = This preview is no longer valid. Open the meeting again in /meeting.
papers-decided = This version is approved already; there is nothing to do.
papers-replaced = A newer version waits for approval. Open the latest notice.
papers-gone = These papers are gone. Type /meetings to see the meetings.
papers-too-early = The meeting is not over. Open it again afterwards, type /meeting.
papers-are-there = 📄 Documents and minutes of <b>{ $title }</b> are there for those who came. Whoever went through the door can open them.
papers-are-there-all = 📄 Documents and minutes of <b>{ $title }</b> are there.
papers-open = Open them
papers-for-those-who-came = These papers are for those who came. If you need them, type /ask to ask the club.

feedback-asked = The meeting <b>{ $title }</b> is over. If you came, please answer three short questions. It is up to you; officers read it without knowing who wrote it.
feedback-give = Give feedback
feedback-question-content = <b>1/3.</b> Was the content of use to you? 1 is little, 5 is much.
feedback-question-organisation = <b>2/3.</b> Was it well organised and on time? 1 is poor, 5 is very good.
feedback-question-place = <b>3/3.</b> Was the place or the connection convenient? 1 is poor, 5 is very good.
feedback-rating = { $rating }
feedback-words = Anything to add? Type at most { $most } characters, or skip it. Telephone and account numbers are masked.
feedback-words-wanted = This step needs words, at most { $most } characters. Type them again, or skip it.
feedback-no-words = Skip
feedback-press-a-number = Choose a number from 1 to 5 in the message above, or type /cancel to stop.
feedback-thanks = Thank you for your feedback. Officers can read it once five people have given theirs.
feedback-your-words = <blockquote>{ $words }</blockquote>
feedback-given = You have given feedback on this meeting. Thank you!
feedback-closed = Feedback on this meeting is not open or is closed. To write to the club, type /ask.
feedback-results-button = See feedback
feedback-too-few = Fewer than { $fewest } people have given feedback, so it is not shown. It shows in batches; look again later.
feedback-results =
    <b>Feedback of { $count } people</b>
    Content: { $content }/5 · Organisation: { $organisation }/5 · Place: { $place }/5
feedback-line = • { $text }

decision-button = Announce the result
decision-title = Result of the meeting: { $title }
decision-ref = Minutes of the meeting “{ $title }”, { $day }
decision-note = The text is that of the minutes, or of the agenda before there are any. Change it and submit it as any announcement.
