// All texts of the page, in Vietnamese and in English.

const VI = {
  title: "niềm tin · sân thử", subtitle: "sân thử", skip: "Đi tới phần điện thoại",
  connected: "Đã kết nối", connecting: "Đang kết nối…", lost: "Mất kết nối, đang thử lại…",
  clock: "Đồng hồ của câu lạc bộ", moveClock: "Đổi giờ", tenMinutes: "+10 phút", oneHour: "+1 giờ",
  tomorrowMorning: "Tới 7:00 sáng mai", otherTime: "Giờ khác…", chooseTime: "Chuyển đồng hồ tới",
  timeHint: "Giờ Việt Nam. Bot và sân thử cùng theo giờ này.",
  phones: "Điện thoại", phonesCount: "Điện thoại ({0})", phonesShown: "Đang hiện trên trang", phoneOf: "Điện thoại của {0}",
  choosePhone: "Chọn điện thoại", addPhone: "Thêm điện thoại", name: "Tên", note: "Vai trò (để ghi nhớ)",
  noteExample: "hội viên, cán bộ…", language: "Ngôn ngữ của máy", messenger: "Ứng dụng",
  zaloBot: "Zalo, trò chuyện với bot", zaloHint: "Máy này trò chuyện với bot trên Zalo: không có nút bấm, gõ số để chọn",
  zaloOa: "Zalo OA, tài khoản chính thức", oaHint: "Máy này nhắn với Official Account trên Zalo: tối đa năm nút một tin, OA chỉ nhắn được trong 7 ngày sau lần tương tác cuối",
  followSwitch: "Theo dõi", blockAccount: "Chặn tài khoản này", emptyOaChat: "Chưa có tin nhắn. Hãy theo dõi tài khoản, hoặc nhắn trước: lời chào hay mã mời.",
  neverWrote: "Chưa tương tác lần nào", lastWrote: "Tương tác lần cuối {0}", justNow: "vừa xong",
  windowFree: "miễn phí", windowQuota: "tính hạn mức", windowClosed: "chưa nhắn được",
  windowFreeUntil: "OA nhắn miễn phí được đến {0}", windowQuotaUntil: "OA nhắn được đến {0}, tính vào hạn mức hoặc số dư", closedHint: "OA chỉ nhắn lại được khi người này tương tác",
  withdraw: "Rút lại đồng ý…", withdrawHint: "Zalo báo cho OA xoá dữ liệu của người này.", withdrawConfirm: "Rút lại",
  oaAccount: "Hạn mức của OA…", oaAccountHint: "Những gì OA đã gửi, và những gì chủ OA mua ở Zalo.", save: "Lưu",
  sentFree: "Đã gửi miễn phí", sentQuota: "Đã gửi bằng hạn mức", sentPaid: "Đã gửi trả tiền", spent: "Đã chi", dong: "{0} đ", quotaLeft: "Hạn mức còn trong tháng",
  packageQuota: "Hạn mức của gói, tin mỗi tháng", balance: "Số dư Zalo Cloud Account, đồng (để trống: không có)", oaType: "Loại tài khoản", oaBusiness: "Tổ chức, doanh nghiệp", oaStateBody: "Cơ quan nhà nước",
  emptyZaloChat: "Chưa có tin nhắn. Trên Zalo, hãy nhắn cho bot trước: gửi lời chào hoặc mã mời.", noPhones: "Chưa có điện thoại nào.",
  noPhonesHint: "Thêm một điện thoại để bắt đầu trò chuyện với bot.", allHidden: "Các điện thoại đang ẩn.",
  theme: "Đổi nền sáng/tối", otherLanguage: "English", otherLanguageShort: "EN",
  bot: "Bot", botName: "niềm tin", oaName: "niềm tin OA", oaKind: "Tài khoản chính thức", you: "Bạn", typing: "đang nhập…", uploading: "đang gửi tệp…", messages: "Tin nhắn",
  today: "Hôm nay", yesterday: "Hôm qua", edited: "đã sửa", forwardedFrom: "Chuyển tiếp từ {0}",
  enlarge: "Xem ảnh lớn", picture: "Ảnh", film: "Video", sound: "Âm thanh", pinned: "Tin được ghim", pinnedBy: "{0} đã ghim “{1}”", document: "Tài liệu", spoiler: "Nội dung ẩn, bấm để xem",
  moreText: "Xem thêm", less: "Thu gọn", jumpDown: "Tới tin mới nhất", unread: "{0} tin chưa đọc",
  buttons: "Nút bấm của tin nhắn", copied: "Đã sao chép", notCopied: "Trình duyệt không cho sao chép. Nội dung: {0}",
  messageMenu: "Thao tác với tin nhắn", reply: "Trả lời", forward: "Chuyển tiếp", copyText: "Sao chép nội dung",
  forwardTo: "Chuyển tiếp tới máy nào?", forwardHint: "Bot nhận được như khi người đó chuyển tiếp.",
  forwardedTo: "Đã chuyển tiếp qua máy của {0}", emptyChat: "Chưa có tin nhắn. Bấm “Bắt đầu” để chào bot.",
  start: "Bắt đầu", openWithCode: "Mở bằng mã mời…", inviteCode: "Mã mời hoặc liên kết mời",
  open: "Mở", write: "Nhắn tin…", send: "Gửi", attach: "Đính kèm ảnh hoặc tệp", asDocuments: "Gửi dạng tài liệu",
  dropAttachment: "Bỏ {0}", attachments: "Tệp sẽ gửi", replyingTo: "Trả lời", cancelReply: "Huỷ trả lời",
  commandMenu: "Menu", commands: "Lệnh của bot", phoneMenu: "Thao tác với máy này", blockedSwitch: "Chặn bot",
  blockedNote: "Bạn đã chặn bot này.", unblock: "Bỏ chặn", hidePhone: "Ẩn máy này", outsidePost: "Tin từ bên ngoài…", otherKinds: "Gửi loại tin khác…", otherKindsHint: "Những tin không phải chữ hay tệp.", sticker: "Nhãn dán 👍", contactCard: "Danh thiếp", place: "Vị trí", someOther: "Loại khác",
  outsideFrom: "Tin này đến từ", outsideTitle: "Chuyển tiếp một tin từ bên ngoài", outsideHint: "Bài trên kênh hay tin nhắn mà người này thấy và chuyển cho bot.",
  fromChannel: "Một kênh", fromPerson: "Một người", channelTitle: "Tên kênh", channelUsername: "Địa chỉ kênh (không bắt buộc)",
  personName: "Tên người gửi", postText: "Nội dung", photoOptional: "Ảnh (không bắt buộc)",
  cancel: "Huỷ", ok: "OK", close: "Đóng", add: "Thêm", alertFrom: "Bot trả lời {0}",
  elsewhere: "Đăng vào cuộc trò chuyện khác…", elsewhereTitle: "Cuộc trò chuyện với người khác", elsewhereHint: "Gõ @{0} rồi vài chữ, chọn một thông báo để đăng vào đây. Bot không biết bạn đăng ở đâu.",
  elsewhereOffers: "Thông báo có thể đăng", elsewhereNothing: "Không có thông báo nào phù hợp.", elsewherePosted: "qua @{0}",
  failed: "Chưa làm được: {0}", unreachable: "Chưa gửi được. Sân thử có đang chạy không?",
};

const EN = {
  title: "niềm tin · sandbox", subtitle: "sandbox", skip: "Skip to the phones",
  connected: "Connected", connecting: "Connecting…", lost: "Connection lost, trying again…",
  clock: "The club's clock", moveClock: "Move the clock", tenMinutes: "+10 min", oneHour: "+1 hour",
  tomorrowMorning: "To 7:00 tomorrow", otherTime: "Other time…", chooseTime: "Move the clock to",
  timeHint: "Time in Viet Nam. The bot and the sandbox both follow it.",
  phones: "Phones", phonesCount: "Phones ({0})", phonesShown: "Shown on the page", phoneOf: "Phone of {0}",
  choosePhone: "Choose a phone", addPhone: "Add a phone", name: "Name", note: "Role (a note)",
  noteExample: "member, officer…", language: "Language of the phone", messenger: "App",
  zaloBot: "Zalo, chat with the bot", zaloHint: "This phone talks with the bot on Zalo: no buttons, type a number to choose",
  zaloOa: "Zalo OA, the Official Account", oaHint: "This phone talks with the Official Account on Zalo: up to five buttons a message; the account may write for 7 days after the last interaction",
  followSwitch: "Follow", blockAccount: "Block this account", emptyOaChat: "No messages yet. Follow the account, or write first: a greeting or your invite code.",
  neverWrote: "No interaction yet", lastWrote: "Last interaction {0}", justNow: "just now",
  windowFree: "free", windowQuota: "from the quota", windowClosed: "not now",
  windowFreeUntil: "The account writes for free until {0}", windowQuotaUntil: "The account may write until {0}, from its quota or balance", closedHint: "The account may write again only after this person's next interaction",
  withdraw: "Withdraw consent…", withdrawHint: "Zalo asks the account to delete what it has of this person.", withdrawConfirm: "Withdraw",
  oaAccount: "The account's quota…", oaAccountHint: "What the account has sent, and what its owner buys from Zalo.", save: "Save",
  sentFree: "Sent for free", sentQuota: "Sent from the quota", sentPaid: "Sent for money", spent: "Spent", dong: "{0} đ", quotaLeft: "Quota left this month",
  packageQuota: "Quota of the package, messages a month", balance: "Balance of the Zalo Cloud Account, đồng (empty: none)", oaType: "Kind of account", oaBusiness: "Organisation, business", oaStateBody: "State body",
  emptyZaloChat: "No messages yet. On Zalo you write first: a greeting, or your invite code.", noPhones: "No phones yet.",
  noPhonesHint: "Add a phone to start talking to the bot.", allHidden: "All phones are hidden.",
  theme: "Switch light and dark", otherLanguage: "Tiếng Việt", otherLanguageShort: "VI",
  bot: "Bot", botName: "niềm tin", oaName: "niềm tin OA", oaKind: "Official Account", you: "You", typing: "typing…", uploading: "sending a file…", messages: "Messages",
  today: "Today", yesterday: "Yesterday", edited: "edited", forwardedFrom: "Forwarded from {0}",
  enlarge: "Enlarge the picture", picture: "Picture", film: "Video", sound: "Sound", pinned: "Pinned message", pinnedBy: "{0} pinned “{1}”", document: "Document", spoiler: "Hidden text, press to read",
  moreText: "Show more", less: "Show less", jumpDown: "To the newest message", unread: "{0} unread",
  buttons: "Buttons of the message", copied: "Copied", notCopied: "The browser did not allow copying. The text: {0}",
  messageMenu: "Message actions", reply: "Reply", forward: "Forward", copyText: "Copy the text",
  forwardTo: "Forward to which phone?", forwardHint: "The bot gets it as forwarded by that person.",
  forwardedTo: "Forwarded from {0}'s phone", emptyChat: "No messages yet. Press “Start” to greet the bot.",
  start: "Start", openWithCode: "Open with an invite…", inviteCode: "Invite code or link",
  open: "Open", write: "Message…", send: "Send", attach: "Attach a picture or a file", asDocuments: "Send as documents",
  dropAttachment: "Remove {0}", attachments: "Files to send", replyingTo: "Reply", cancelReply: "Cancel the reply",
  commandMenu: "Menu", commands: "The bot's commands", phoneMenu: "Phone actions", blockedSwitch: "Block the bot",
  blockedNote: "You blocked this bot.", unblock: "Unblock", hidePhone: "Hide this phone", outsidePost: "A post from outside…", otherKinds: "Send something else…", otherKindsHint: "Messages that are neither words nor files.", sticker: "Sticker 👍", contactCard: "Contact card", place: "Place", someOther: "Another kind",
  outsideFrom: "It comes from", outsideTitle: "Forward a post from outside", outsideHint: "A channel's post or a message this person saw and forwards to the bot.",
  fromChannel: "A channel", fromPerson: "A person", channelTitle: "Channel title", channelUsername: "Channel username (optional)",
  personName: "Sender's name", postText: "Text", photoOptional: "Picture (optional)",
  cancel: "Cancel", ok: "OK", close: "Close", add: "Add", alertFrom: "Answer to {0}",
  elsewhere: "Post in another chat…", elsewhereTitle: "A chat with somebody else", elsewhereHint: "Type @{0} and a few words, then pick an announcement to post here. The bot does not learn where.",
  elsewhereOffers: "Announcements to post", elsewhereNothing: "No announcement matches.", elsewherePosted: "via @{0}",
  failed: "That did not work: {0}", unreachable: "Not sent. Is the sandbox running?",
};

const WORDS = { vi: VI, en: EN };
const chosen = remembered("language") === "en" ? "en" : "vi";

/** The page's language: `vi` unless the visitor chose `en`. */
export const language = () => chosen;

/** The text of `key`, with `{0}`, `{1}` … replaced by `values`. */
export const t = (key, ...values) => WORDS[chosen][key].replace(/\{(\d)\}/g, (_, index) => values[index]);

const numbers = new Intl.NumberFormat(chosen === "vi" ? "vi-VN" : "en-GB");

/** A number with its thousands apart. */
export const number = (value) => numbers.format(value);

/** Switches the language and renders everything again. */
export function switchLanguage() {
  remember("language", chosen === "vi" ? "en" : "vi");
  location.reload();
}

/** A stored choice of the visitor; null when there is none or storage is disabled. */
export function remembered(name) {
  try { return localStorage.getItem(`niemtin.${name}`); } catch { return null; }
}

/** Stores a choice for the next visit, if the browser allows it. */
export function remember(name, value) {
  try { localStorage.setItem(`niemtin.${name}`, value); } catch { /* private mode: lasts until reload */ }
}
