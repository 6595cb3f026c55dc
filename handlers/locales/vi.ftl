# Mọi câu người dùng đọc được. Hội viên là “bạn”, cán bộ là “anh/chị” (xem câu you bên dưới).
# Mỗi câu tối đa một biểu tượng cảm xúc, chỉ khi nó giúp mắt tìm nhanh hơn.

### ---- Chung ----

# Từ gọi hội viên. Trong mọi câu, { $you } và { $You } là cách gọi người đang đọc: với cán bộ là từ ghi
# trong config.toml (officers_are_called). Người chưa tham gia luôn là “bạn”.
you = bạn

trouble = Xin lỗi, hệ thống vừa gặp trục trặc nên chưa làm được việc này. Vui lòng thử lại sau ít phút. (Mã: { $reference })
undrawn = Chưa tạo được hình hoặc tệp lúc này. { $You } thử lại sau ít phút nhé.
set-aside = Xin lỗi, tin vừa rồi làm hệ thống ngừng hai lần nên được bỏ qua. { $you } đừng gửi lại đúng tin đó; nếu cần, hãy viết lại bằng chữ. (Mã: { $reference })
set-aside-notice = ⚠️ Một tin nhắn gửi tới bot làm bot ngừng đột ngột hai lần, nên tin đó được bỏ qua. Người gửi đã được báo, các tin khác vẫn được xử lý. Nhờ { $you } báo người quản trị máy chủ xem nhật ký. (Mã: { $reference })
permission-revoked-notice = ⚠️ Official Account của câu lạc bộ đã huỷ quyền của bot lúc { $when }: bot không gửi được tin và không nhận được tin trên Zalo OA nữa. Nhờ { $you } báo người quản trị máy chủ chạy <code>niemtin oa authorize</code> để cấp quyền lại.
button-unknown = Lựa chọn này không còn dùng được. Gõ /trogiup để xem có thể làm gì.
button-not-yours = Mục này dành cho người khác. Gõ /trogiup để xem { $you } có thể làm gì.
command-unknown = Chưa có lệnh này. Gõ /trogiup để xem các lệnh.
command-unknown-near = Chưa có lệnh /{ $typed }. Có phải { $you } muốn gõ /{ $command } không? Muốn xem các lệnh, gõ /trogiup.
command-not-yours = Lệnh này dành cho cán bộ câu lạc bộ. Gõ /trogiup để xem { $you } có thể làm gì.
command-owners-only = Lệnh này dành cho chủ nhiệm câu lạc bộ. Gõ /trogiup để xem { $you } có thể làm gì.
members-only = Việc này dành cho hội viên. Nếu có mã mời, bạn gửi mã vào đây; chưa có mã thì gõ /trogiup để xem nơi liên hệ. Gõ /riengtu để xem câu lạc bộ giữ thông tin gì.
suspended = Tư cách hội viên của { $you } đang tạm dừng nên chưa làm được việc này. Gõ /khieunai để xem lý do hoặc gửi khiếu nại; gõ /trogiup để xem những việc vẫn làm được.
only-in-private = Để giữ riêng tư, mời nhắn riêng với bot: { $link }
number-missing = Sau lệnh cần có số thông báo, cách một khoảng trống, ví dụ: /{ $command } 12. Số này ở cuối mỗi thông báo; chỉ gõ /{ $command } thì bot hiện danh sách để chọn.
too-fast = Tin đến nhanh quá nên bot chưa kịp đọc những tin vừa rồi. Vui lòng chờ một phút rồi gửi lại. Lệnh /ngungnhan và /roiclb lúc nào cũng dùng được.
edit-not-read = Bot chưa đọc được phần vừa sửa trong tin đã gửi. Mời { $you } gửi lại thành một tin mới.
album-part-late = Ảnh hoặc tệp này thuộc loạt { $you } gửi trước đó, nay đến muộn nên bot chưa dùng được. Nếu vẫn cần, mời { $you } gửi lại cả loạt.
picture-heic = Bot chưa mở được ảnh HEIC (kiểu ảnh của iPhone). { $You } gửi lại dưới dạng ảnh (không phải tệp), hoặc lưu thành JPEG rồi gửi nhé.
cancelled = Đã huỷ. Khi cần, { $you } gõ /trogiup để xem các lệnh.
press-a-button = Mời chọn một mục ở tin bên trên. Muốn dừng việc đang làm, chọn “{ cancel }” hoặc gõ /huy.
cancelled-draft = Đã huỷ. Bản nháp vẫn còn, { $you } gõ /soan để viết tiếp.
cancel = Huỷ
back = ◀ Quay lại
menu-cancel = Huỷ việc đang làm
introduction-about = Thông báo chính thức và lời giải đáp về tin nghi vấn, dành cho hội viên câu lạc bộ.
introduction-description =
    Bot của { $club }, do { $operator } vận hành.

    Hội viên nhận thông báo chính thức, có nguồn để kiểm chứng. Gặp tin đáng ngờ, hội viên gửi vào đây để câu lạc bộ kiểm tra và trả lời.

    Bấm BẮT ĐẦU để xem câu lạc bộ giữ thông tin gì trước khi tham gia.

### ---- Trợ giúp ----

menu-help = Trợ giúp
help-stranger =
    Đây là bot của <b>{ $club }</b>: gửi thông báo chính thức và giúp kiểm tra tin nghi vấn.

    Có mã mời thì gửi mã vào đây để tham gia. Chưa có mã, mời liên hệ: { $contact }
    Gặp tin mang tên câu lạc bộ? Gửi tin ấy vào đây, hoặc gõ /tracuu: bot cho biết tin thật hay không.
    /riengtu – câu lạc bộ giữ thông tin gì
help-suspended =
    Tư cách hội viên của { $you } tại <b>{ $club }</b> đang tạm dừng. { $You } vẫn có thể:
    /khieunai – xem lý do, gửi khiếu nại
    /dulieu – xem dữ liệu về { $you }
    /xoadulieu – xoá tất cả dữ liệu
    /doimay – chuyển sang điện thoại, tài khoản khác
    /riengtu – câu lạc bộ giữ thông tin gì
    /ngungnhan – ngừng nhận mọi tin
    /roiclb – rời câu lạc bộ
    Liên hệ: { $contact }
help-member =
    { $You } có thể:
    • Gặp tin đáng ngờ: chuyển tiếp vào đây (hoặc gõ /baotin), câu lạc bộ sẽ kiểm tra và trả lời
    /thongbao – đọc lại các thông báo còn hiệu lực
    /tracuu – tra xem một tin có phải của câu lạc bộ không, đã có kết luận chưa
    /tindabao – xem kết quả những tin { $you } đã báo
    /hoi – đặt câu hỏi cho câu lạc bộ
    /caidat – chọn tin muốn nhận, ngôn ngữ, địa bàn
    /doimay – chuyển sang điện thoại, tài khoản khác
    /chunghoso – dùng chung hồ sơ trên Telegram và Zalo
    /riengtu – câu lạc bộ giữ thông tin gì
    /dulieu – xem dữ liệu về { $you }
    /xoadulieu – xoá tất cả dữ liệu
    /ngungnhan – ngừng nhận mọi tin
    /roiclb – rời câu lạc bộ
    Liên hệ: { $contact }
help-officer =
    /menu – trang chính: việc đang chờ { $you }

    <b>Thông báo</b>
    /soan – soạn; /choduyet – duyệt; /lich – xem lịch gửi
    /tiendo – theo dõi, tạm dừng việc gửi; /tiendo 12 – gửi thêm thông báo số 12
    /dinhchinh – đính chính; /thuhoi – thu hồi
    <b>Việc với hội viên</b>
    /choxuly – tin nghi vấn chờ xử lý
    /cauhoi – câu hỏi chờ trả lời
    /khieunai – khiếu nại chờ quyết định
    /loimoi – mời hội viên; /hoivien – tìm hội viên bằng đủ họ tên
    <b>Số liệu</b>
    /thongke – số liệu; /minhchung – minh chứng; /xuatsolieu – tải về thành tệp

    /huongdancanbo – hướng dẫn cán bộ trong một phút
    Như mọi hội viên: /thongbao, /baotin, /tracuu, /tindabao, /hoi, /caidat, /doimay, /chunghoso, /riengtu, /dulieu, /xoadulieu, /ngungnhan, /roiclb
    Chuyển tiếp một tin vào đây để báo tin nghi vấn.
help-owner =
    /menu – trang chính: việc đang chờ { $you }

    <b>Thông báo</b>
    /soan – soạn; /choduyet – duyệt; /lich – xem lịch gửi
    /tiendo – theo dõi, tạm dừng việc gửi; /tiendo 12 – gửi thêm thông báo số 12
    /dinhchinh – đính chính; /thuhoi – thu hồi
    <b>Việc với hội viên</b>
    /choxuly – tin nghi vấn chờ xử lý
    /cauhoi – câu hỏi chờ trả lời
    /khieunai – khiếu nại chờ quyết định
    /loimoi – mời hội viên, cán bộ; /hoivien – tìm hội viên
    <b>Số liệu</b>
    /thongke – số liệu; /minhchung – minh chứng; /xuatsolieu – tải về thành tệp
    <b>Chủ nhiệm</b>
    /canbo – cán bộ và vai trò
    /yeucaudulieu – yêu cầu về dữ liệu cá nhân
    /nhatky – nhật ký công việc của cán bộ

    /huongdancanbo – hướng dẫn cán bộ trong một phút
    Như mọi hội viên: /thongbao, /baotin, /tracuu, /tindabao, /hoi, /caidat, /doimay, /chunghoso, /riengtu, /dulieu, /xoadulieu, /ngungnhan, /roiclb
    Chuyển tiếp một tin vào đây để báo tin nghi vấn.

### ---- Trang chính của cán bộ (home) ----

menu-menu = Trang chính: việc đang chờ
home-button = 🏠 Trang chính
home-not-understood = Bot chưa hiểu tin vừa rồi.
home-waiting =
    <b>{ $club }</b>
    Việc đang chờ { $you }:
home-nothing =
    <b>{ $club }</b>
    Hiện không có việc nào chờ { $you }.
home-approvals = { $count } thông báo chờ { $you } duyệt
home-meetings = { $count } cuộc họp chờ { $you } duyệt
home-verdicts = { $count } kết luận chờ { $you } duyệt
home-cases = { $count } tin nghi vấn
home-cases-overdue = { $count } tin nghi vấn ({ $overdue } quá hạn)
home-questions = { $count } câu hỏi
home-appeals = { $count } khiếu nại
home-requests = { $count } yêu cầu về dữ liệu
home-sending-announcement = Đang gửi: số { $number }
home-sending-correction = Đang đính chính: số { $number }
home-sending-recall = Đang thu hồi: số { $number }
home-paused = Tạm dừng: số { $number }
home-uncertain = Có bản chưa rõ đã tới: số { $number }
home-compose = ✏️ Soạn thông báo
home-figures = Số liệu
home-more = Việc khác…
more-head = { $You } muốn làm việc gì?
home-group = <b>{ $name }</b>
more-announcements = Thông báo
more-posts = Tin nghi vấn, câu hỏi
more-people = Hội viên
more-owner = Việc của chủ nhiệm
more-figures = Số liệu
more-yourself = Của riêng { $you }

### ---- Tham gia, cài đặt, rời đi (joining, settings, leaving, inviting) ----

choice-on = ☑ { $name }
choice-off = ☐ { $name }
choice-taken = ● { $name }
choice-free = { $name }
area-whole-province = Toàn tỉnh
area-page-before = ◀ Trang trước
area-page-after = Trang sau ▶

joining-stranger =
    Chào bạn! Đây là bot của <b>{ $club }</b>, do { $operator } vận hành. Câu lạc bộ gửi thông báo chính thức và giúp bạn kiểm tra tin nghi vấn.

    Muốn tham gia, bạn cần có lời mời của câu lạc bộ. Nếu đã có mã mời, bạn gửi mã vào đây.
    /riengtu – câu lạc bộ giữ thông tin gì
    Chưa có mã, mời liên hệ: { $contact }
joining-welcome =
    Xin chào! <b>{ $club }</b> trân trọng mời { $you } tham gia. Bot này do { $operator } vận hành và chịu trách nhiệm.

    Khi { $you } tham gia, câu lạc bộ giữ:
    • Tên { $you } và mã cuộc trò chuyện này (được mã hoá) – để nhắn tin
    • Loại tin, ngôn ngữ, địa bàn { $you } chọn – để gửi đúng tin { $you } cần
    • Việc { $you } chia sẻ thông báo, báo tin – để trả lời { $you }

    Chia sẻ là tự nguyện. Rời đi lúc nào cũng được. { $You } chưa đồng ý thì câu lạc bộ chưa lưu gì.
joining-as-officer = <b>Lời mời làm cán bộ.</b> Cán bộ soạn và duyệt thông báo, xử lý tin nghi vấn; không biết ai đã báo tin hay ai chưa chia sẻ. Mọi việc của cán bộ đều được ghi vào nhật ký; nhật ký này không ai sửa được.
joining-as-owner = <b>Lời mời làm chủ nhiệm.</b> Chủ nhiệm làm mọi việc của cán bộ và mời thêm cán bộ; không biết ai đã báo tin hay ai chưa chia sẻ. Mọi việc của cán bộ đều được ghi vào nhật ký; nhật ký này không ai sửa được.
joining-agree = Tôi đồng ý, tham gia
joining-press-to-agree = Nếu { $you } vừa mở lời mời, { $you } chọn “{ joining-agree }” ở tin bên trên nhé; hoặc gửi lại mã mời vào đây.
joining-read-notice = Đọc đầy đủ
joining-decline = Không tham gia
joining-in-this-language = Tiếng Việt
joining-declined = Không sao, cảm ơn bạn đã xem. Câu lạc bộ không lưu gì về bạn. Khi nào đổi ý, bạn chỉ cần mở lại lời mời.
joining-code-wrong = Mã này không dùng được. Vui lòng kiểm tra lại từng ký tự, hoặc xin lời mời mới từ người đã mời. Liên hệ: { $contact }
joining-code-wait = { $You } đã gửi mã sai nhiều lần. Vui lòng thử lại sau { $time }.
joining-hello-member =
    Chào bạn, bạn đang là hội viên của <b>{ $club }</b>.
    • Gặp tin đáng ngờ: chuyển tiếp vào đây để câu lạc bộ kiểm tra
    /thongbao – đọc lại các thông báo
    /caidat – chọn tin muốn nhận
    /trogiup – mọi việc có thể làm
joining-raised-officer = Từ giờ { $you } là cán bộ của câu lạc bộ. Gõ /menu để xem việc đang chờ. Muốn được báo khi có việc cần làm, { $you } bật “{ preferences-purpose-duties }” bên dưới.
joining-raised-owner = Từ giờ { $you } là chủ nhiệm của câu lạc bộ. Gõ /menu để xem việc đang chờ. Muốn được báo khi có việc cần làm, { $you } bật “{ preferences-purpose-duties }” bên dưới.
joining-gets-announcements = • Thông báo chính thức, ngay khi có
joining-gets-digest = • Bản tin tổng hợp
joining-gets-meetings = • Lời mời họp
joining-gets-duties = • Việc cần cán bộ xử lý
joining-digest-when = Bản tin: { $when }
joining-can-member =
    • Gặp tin đáng ngờ: chuyển tiếp vào đây, câu lạc bộ sẽ kiểm tra và trả lời
    /thongbao – đọc các thông báo còn hiệu lực
    /caidat – đổi các lựa chọn
    /ngungnhan – ngừng nhận mọi tin
joining-can-officer =
    /soan – soạn thông báo
    /choduyet – thông báo chờ duyệt
    /lich – lịch gửi: đổi giờ, huỷ, dừng lặp lại
    /choxuly – tin nghi vấn chờ xử lý
    /caidat – đổi các lựa chọn
    /trogiup – mọi việc có thể làm
joining-done =
    Xong rồi, chào mừng { $you } đến với câu lạc bộ! 🌱

    <b>{ $You } sẽ nhận</b>
    { $gets }

    <b>Bây giờ { $you } có thể</b>
    { $can }
joining-choose-again = Chọn mục muốn nhận
joining-read = Đọc { $count } thông báo
joining-done-nothing =
    Xong rồi, chào mừng { $you } đến với câu lạc bộ! 🌱

    { $You } chưa chọn mục nào, nên bot <b>không tự gửi gì</b>: không thông báo, không bản tin. { $You } vẫn báo tin nghi vấn và đọc thông báo được; muốn nhận thì chọn bên dưới, hoặc ở /caidat bất cứ lúc nào.

    <b>Bây giờ { $you } có thể</b>
    { $can }

menu-settings = Chọn tin muốn nhận, ngôn ngữ, địa bàn
quiet-line = Giờ yên lặng: { $hours }
quiet-open = Giờ yên lặng
quiet-none = không có
quiet-as-club = Theo giờ của câu lạc bộ
quiet-other = Giờ khác…
quiet-ask =
    <b>Giờ yên lặng: { $hours }</b>
    Trong giờ này bot chưa gửi thông báo, bản tin, kết luận và lời nhắc; hết giờ mới gửi. Riêng thông báo khẩn vẫn có thể đến.

    Giờ yên lặng chung của câu lạc bộ: { $begins }–{ $ends }. { $You } có thể chọn thêm giờ cho riêng mình.
quiet-digest = 🌙 Giờ này nằm trong giờ yên lặng: bản tin sẽ đến lúc <b>{ $ends }</b>.
quiet-ask-hours = Mời gõ giờ bắt đầu và giờ kết thúc, ví dụ: 20h-7h
quiet-unclear = Bot chưa hiểu giờ này. { $You } gõ theo mẫu 20h-7h nhé, hoặc gõ /huy để dừng.
preferences-title = <b>Cài đặt</b>
preferences-line-purposes = Đang nhận: { $purposes }
preferences-line-nothing = Đang nhận: chưa chọn mục nào (bot không tự gửi tin)
preferences-line-digest = Bản tin gửi: { $when }
preferences-line-language = Ngôn ngữ: { $language }
preferences-line-area = Địa bàn: { $area }
preferences-purpose-announcements = Thông báo
preferences-purpose-digest = Bản tin tổng hợp
preferences-purpose-meetings = Lời mời họp
preferences-purpose-duties = Việc của cán bộ
preferences-language-name = Tiếng Việt
preferences-open-language = Ngôn ngữ
preferences-open-area = Địa bàn
preferences-open-digest = Ngày giờ nhận bản tin
preferences-ask-purposes =
    { $You } đã là hội viên. { $You } muốn nhận gì? Chọn để bật từng mục; chưa bật thì bot không gửi.

    • <b>{ preferences-purpose-announcements }</b>: tin chính thức, khi có
    • <b>{ preferences-purpose-digest }</b>: một tin gọn lúc 19:30 hằng ngày, hoặc ngày giờ { $you } chọn
    • <b>{ preferences-purpose-meetings }</b>: họp, họp báo, tập huấn; đến hay không là tự nguyện
preferences-ask-purposes-officer =
    { $You } đã vào câu lạc bộ với vai trò { $role }. { $You } muốn nhận gì? Chọn để bật từng mục; chưa bật thì bot không gửi.

    • <b>{ preferences-purpose-announcements }</b>: tin chính thức, khi có
    • <b>{ preferences-purpose-digest }</b>: một tin gọn lúc 19:30 hằng ngày, hoặc ngày giờ { $you } chọn
    • <b>{ preferences-purpose-meetings }</b>: họp, họp báo, tập huấn; đến hay không là tự nguyện
    • <b>{ preferences-purpose-duties }</b>: thông báo chờ duyệt, bản tin hằng ngày cho cán bộ
preferences-all = Tất cả
preferences-ask-language = { $You } muốn dùng ngôn ngữ nào?
preferences-ask-area = Nhận thông báo riêng của địa bàn nào? Thông báo chung của tỉnh thì ai cũng nhận được; nếu chỉ cần thông báo chung, chọn “{ area-whole-province }”.
preferences-ask-digest =
    Bản tin tổng hợp gửi vào ngày nào, lúc mấy giờ?
    Đang chọn: <b>{ $when }</b>
preferences-digest-no-day = chưa chọn ngày nào nên chưa gửi
preferences-digest-daily = hằng ngày, { $time }
preferences-digest-weekly = mỗi Chủ Nhật, { $time }
preferences-line-paused = Bản tin tạm ngừng đến { $day }.
preferences-digest-days = { $days }, { $time }
preferences-every-day = Hằng ngày
preferences-once-a-week = Mỗi Chủ Nhật
preferences-other-hour = Giờ khác…
preferences-ask-hour = Mời gõ giờ muốn nhận, ví dụ: 19h30
preferences-hour-unclear = Bot chưa hiểu giờ này. { $You } gõ theo mẫu 19h30 hoặc 7 giờ sáng nhé, hoặc gõ /huy để dừng.
preferences-go-on = Tiếp tục ▶

menu-stop = Ngừng nhận mọi tin
leaving-stop-button = Ngừng nhận mọi tin
leaving-stop-ask = { $You } muốn ngừng nhận mọi tin? Chọn mục dưới đây, hoặc gõ đúng /ngungnhan.
leaving-stopped =
    Đã ngừng. Từ giờ bot không tự gửi gì cho { $you } nữa, kể cả thông báo, bản tin, lời nhắc và kết luận về tin { $you } đã báo. Những câu { $you } hỏi mà chưa được trả lời cũng đã được rút lại và xoá.

    { $You } vẫn là hội viên. Muốn nhận lại, gõ /caidat; xem kết quả tin đã báo, gõ /tindabao; rời câu lạc bộ, gõ /roiclb.
leaving-stop-undo = Nhầm rồi, nhận lại như trước
leaving-stop-undo-over = Đã quá { $minutes } phút nên bot không tự khôi phục được nữa. Gõ /caidat để chọn lại những gì { $you } muốn nhận.
leaving-stop-undone =
    Bot lại gửi cho { $you } như trước khi ngừng. Thông báo gửi trong lúc ngừng có thể không đến: /thongbao xem các thông báo đang có hiệu lực.

    Lời nhắc đã hẹn và câu hỏi đang chờ thì không khôi phục được, mời { $you } hẹn lại, hỏi lại.
leaving-stranger = Bạn chưa là hội viên nên bot không gửi tin nào cho bạn. Gõ /trogiup để xem cách tham gia.
menu-leave = Rời câu lạc bộ
leaving-ask =
    Khi { $you } rời câu lạc bộ, bot không gửi gì nữa; tên, cuộc trò chuyện, minh chứng và những tin { $you } đã báo bị xoá khỏi hồ sơ ngay.
    Số liệu không ghi tên (đã gửi, đã chia sẻ, đã đồng ý) còn được giữ một thời gian; muốn xoá cả phần này, { $you } dùng /xoadulieu.
    Muốn trở lại, { $you } cần một lời mời mới.
leaving-either-ask = { $You } muốn ngừng nhận tin, hay rời hẳn câu lạc bộ? Chọn một mục dưới đây. Muốn bỏ việc đang làm dở, { $you } gõ /huy.
leaving-leave-hint = { $You } muốn rời câu lạc bộ? Chọn mục dưới đây, hoặc gõ đúng /roiclb.
leaving-leave-button = Rời câu lạc bộ
leaving-stay = Ở lại
leaving-stayed = Cảm ơn { $you } đã ở lại. Mọi thứ vẫn như cũ.
leaving-left = { $You } đã rời câu lạc bộ. Tên và cuộc trò chuyện này đã được xoá khỏi hồ sơ, bot sẽ không nhắn nữa. Cảm ơn { $you } đã đồng hành.
leaving-last-owner = { $You } là chủ nhiệm duy nhất. Trước khi rời, { $you } mời thêm một chủ nhiệm bằng /loimoi nhé.

menu-privacy = Câu lạc bộ giữ thông tin gì
console-readers = ℹ️ Những gì { $you } nhắn ở trang Zalo này, { $readers } đọc được trong phần quản trị của Zalo, kèm tên Zalo và giờ nhắn. Bot không ngăn được việc đó.
console-readers-unnamed = người quản trị trang Zalo của câu lạc bộ
console-elsewhere = Muốn báo tin hay hỏi mà chỉ bot nhận được, { $you } nhắn cho bot của câu lạc bộ ở ứng dụng khác:
console-elsewhere-telegram = • Telegram: { $link }
console-elsewhere-zalo = • Bot trên Zalo: { $link }
console-nowhere-else = Nếu không muốn vậy, { $you } đừng gửi ở đây.
privacy-console = • Trên trang Zalo (Official Account) của câu lạc bộ, { $readers } đọc được những gì bạn nhắn ở đó trong phần quản trị của Zalo, kèm tên Zalo và giờ nhắn; bot không ngăn được
privacy-who =
    <b>Quyền riêng tư của bạn</b>
    Bot này của { $club }. { $operator } vận hành bot, chịu trách nhiệm và là bên kiểm soát dữ liệu cá nhân. Liên hệ: { $contact }
privacy-kept =
    <b>Giữ gì, để làm gì</b>
    • Tên, mã cuộc trò chuyện của bạn: để nhắn tin cho bạn
    • Loại tin, ngôn ngữ, địa bàn, giờ bạn chọn; lúc bạn đồng ý và lúc rút lại: để gửi đúng tin bạn muốn
    • Thông báo đã gửi cho bạn; lời nhắc bạn đặt: để không gửi hai lần, để nhắc đúng hẹn
    • Việc bạn chọn “{ shared-button }” hay “{ not-for-me-button }”; liên kết, ảnh bạn gửi thêm: để nhắc bạn gỡ bài khi thông báo bị thu hồi, và để làm số liệu chung
    • Câu bạn hỏi; tin bạn báo và ngày báo: để trả lời bạn. Số tin bạn báo trong một giờ: để ai cũng đến lượt; số này được xoá trong ngày
    • Câu trả lời mời họp, vé vào cửa: để giữ chỗ cho bạn
    Tên, mã cuộc trò chuyện, câu hỏi, tin bạn báo, liên kết và ảnh được mã hoá; chìa khoá giải mã cất riêng.
    Người chưa tham gia: bot chỉ giữ số lần gõ sai mã mời, không kèm tên ({ $attempts }), và mã số của tin nhắn để không trả lời hai lần ({ $keys }).
privacy-how-long =
    <b>Giữ bao lâu</b>
    • Tin bạn báo: { $posts } sau khi có kết luận; nếu là ý kiến, phê bình thì xoá ngay. Việc bạn đã báo: { $flags } sau khi có kết luận
    • Câu bạn hỏi: { $questions } sau khi trả lời. Yêu cầu về dữ liệu: { $requests } sau khi trả lời
    • Liên kết, ảnh bạn gửi thêm: { $proofs }. Tên bạn ở lượt chia sẻ: { $shares }. Thông báo đã gửi cho bạn: { $deliveries }. Việc làm dở: { $steps }. Trả lời mời họp, vé: { $attendance } sau cuộc họp
    • Lý do tạm dừng, khiếu nại: { $suspensions } sau khi tư cách hội viên được khôi phục
    • Còn lại: đến khi bạn rời câu lạc bộ. Khi đó tên, cuộc trò chuyện, địa bàn, minh chứng, câu hỏi và việc bạn đã báo tin bị xoá ngay; số liệu không ghi tên được giữ thêm { $left }. Bài đã báo vẫn nằm trong hồ sơ kiểm tra nhưng không ghi ai báo
    • Nhật ký công việc của cán bộ được giữ lâu dài; trong đó không có thông tin của hội viên
privacy-who-sees = <b>Ai thấy gì</b>
    • Cán bộ thấy bài được báo, loại, số người báo và ngày; không thấy ai báo, ai hỏi
    • Cán bộ chỉ thấy tổng số đã chia sẻ; không thấy ai chưa chia sẻ hay ai chọn “{ not-for-me-button }”
    • Bạn nhận lời họp thì cán bộ tổ chức thấy tên bạn; ai đã đến chỉ hiện khi gõ đúng số vé
    • Chủ nhiệm thấy tên, vai trò, địa bàn của hội viên; cán bộ chỉ tìm được người mà họ gõ đủ tên. Ai bị tạm dừng thì cán bộ thấy lý do và khiếu nại
    • Ứng dụng nhắn tin bạn dùng (như Telegram) chuyển tin nhắn theo chính sách riêng của ứng dụng
privacy-rights =
    <b>Quyền của bạn</b>
    Luật Bảo vệ dữ liệu cá nhân (91/2025/QH15) và Nghị định 356/2025/NĐ-CP cho bạn quyền:
    • Được biết dữ liệu được dùng thế nào: /riengtu
    • Đồng ý, không đồng ý, rút lại sự đồng ý: /caidat, /ngungnhan
    • Xem, được cung cấp, chỉnh sửa dữ liệu; hạn chế, phản đối xử lý dữ liệu: /dulieu
    • Xoá dữ liệu: /xoadulieu; rời câu lạc bộ: /roiclb
    • Khiếu nại, tố cáo, khởi kiện, yêu cầu bồi thường thiệt hại, yêu cầu bảo vệ dữ liệu
    Câu lạc bộ phản hồi yêu cầu trong { $answer } ngày làm việc. Việc khác: { $contact }
privacy-never =
    <b>Câu lạc bộ không làm</b>
    • Không gửi gì khi bạn chưa bật mục đó; rời đi dễ như tham gia
    • Không đặt chỉ tiêu, không xếp hạng, không phạt, không nhắc nhở ai chưa chia sẻ; không đăng bài thay bạn
    • Không vận động ủng hộ hay phản đối người ứng cử nào; thông báo luôn ghi nơi phát hành và nguồn kiểm chứng
    • Không nhận báo ý kiến, phê bình; không ghi lại ai viết bài được báo; không mở liên kết bạn gửi
    • Không kết luận mà thiếu lý do và nguồn; người đã báo tin luôn được trả lời
    • Không giấu việc cán bộ làm: mọi việc đều được ghi vào nhật ký, không ai sửa được

menu-invite = Tạo lời mời
inviting-role-member = Hội viên
inviting-role-officer = Cán bộ
inviting-role-owner = Chủ nhiệm
inviting-people = { $count } người
inviting-days = { $count } ngày
inviting-area = Địa bàn: { $area }
inviting-ask =
    <b>Lời mời mới</b>
    Vai trò: { $role }
    Địa bàn: { $area }
    Dùng được cho: { $uses } người
    Có hiệu lực: { $days } ngày

    Chọn để đổi, rồi chọn <b>{ inviting-make }</b>.
inviting-ask-area = Người được mời thuộc địa bàn nào? Họ vẫn tự đổi được.
inviting-make = Tạo lời mời
inviting-made = Đã tạo. { $You } chuyển tiếp tin dưới đây cho người được mời. Mã chỉ hiện một lần này.
inviting-list = Lời mời còn hiệu lực
inviting-new = Tạo lời mời mới
inviting-open = <b>Lời mời còn hiệu lực</b>
inviting-none-open = Không có lời mời nào còn hiệu lực.
inviting-open-one = Mở { $number }
inviting-facts = <b>{ $role }</b> · { $area }
    Còn { $uses } lượt, đến { $until }
    Người tạo: { $by }
inviting-revoked = 🚫 <b>Đã thu hồi</b>, không còn dùng được
inviting-by-operator = người quản trị máy chủ
inviting-by-gone = người đã rời câu lạc bộ
inviting-shorten = Hết hạn sau 1 ngày
inviting-revoke = Thu hồi
inviting-over = Lời mời này không còn hiệu lực. Gõ /loimoi để xem hoặc tạo lời mời khác.
inviting-card-member = Mời bạn tham gia <b>{ $club }</b> để nhận thông báo chính thức và kiểm tra tin nghi vấn.
inviting-card-officer = Trân trọng mời { $you } làm <b>cán bộ</b> của <b>{ $club }</b>.
inviting-card-owner = Trân trọng mời { $you } làm <b>chủ nhiệm</b> của <b>{ $club }</b>.
inviting-card-by-link =
    Mở liên kết hoặc quét mã QR: { $link }
    Hoặc gửi mã này cho bot: <code>{ $code }</code>
inviting-card-by-zalo-link =
    Mở liên kết hoặc quét mã QR để tới Zalo của câu lạc bộ: { $link }
    Rồi gửi mã này cho bot: <code>{ $code }</code>
inviting-card-by-code = Trên Zalo, gửi mã này cho bot: <code>{ $code }</code>
inviting-card-until = Mã dùng đến { $until }, tối đa { $uses } người.
inviting-card-until-private = Mã dùng đến { $until }, tối đa { $uses } người. Chỉ gửi riêng cho người được mời.
inviting-zalo-full = Bot của câu lạc bộ trên Zalo đã đủ { $most } người, là mức của gói Zalo đang dùng. Người mới hãy tham gia qua Telegram.
inviting-zalo-full-alone = ⚠️ Bot của câu lạc bộ trên Zalo đã đủ { $most } người, là mức của gói Zalo đang dùng: người được mời chưa tham gia được cho tới khi câu lạc bộ nâng gói.
joining-zalo-full = Bot của câu lạc bộ trên Zalo đã đủ { $most } người, là mức của gói Zalo đang dùng, nên bạn chưa tham gia được ở đây. Mời bạn giữ lại mã: lời mời vẫn dùng được{ $elsewhere }.
joining-zalo-full-elsewhere = : mời bạn mở { $link } trên Telegram
joining-zalo-full-later = { " " }khi câu lạc bộ nâng gói
inviting-card-at-zalo = Dùng Zalo: mở { $link } rồi nhắn mã ấy.
inviting-card-on-zalo = Nếu dùng Zalo: nhắn mã trên cho bot của câu lạc bộ trên Zalo.

### ---- Con người (people, appeal, moving) ----

menu-officers = Cán bộ của câu lạc bộ
menu-members = Tìm hội viên
people-officers =
    <b>Cán bộ và chủ nhiệm</b>
    Chọn một người để đổi vai trò. Muốn thêm cán bộ, { $you } tạo lời mời ở /loimoi, hoặc tìm hội viên ở /hoivien rồi chọn “{ people-offer }”.
people-officer = { $name } · { $role }
people-one = { $name }
people-suspended-one = ⏸ { $name }
people-name-wanted = { $You } gõ đủ họ tên người cần tìm vào đây, ví dụ: Nguyễn Thị Lan. Không cần dấu, thứ tự nào cũng được. Để giữ riêng tư, cán bộ không xem danh sách hội viên.
people-found = Tìm thấy <b>{ $count }</b> hội viên.
people-none-found = Không tìm thấy hội viên nào có tên này. { $You } gõ lại họ tên, không cần dấu.
people-name-whole = { $You } cần gõ đủ họ tên, ví dụ: Nguyễn Thị Lan. Không cần dấu.
people-searched = Tên đã gõ: { $words }
people-newest-first = Người mới vào đứng đầu.
people-how-to-search = Tìm theo tên: { $you } gõ tên vào đây, không cần dấu.
people-ask-area = Xem hội viên của địa bàn nào? “{ area-whole-province }” là tất cả.
people-every-area = Tất cả
people-show-suspended = Chỉ hội viên đang bị tạm dừng
people-show-all = Mọi hội viên
people-card =
    <b>{ $name }</b>
    Vai trò: { $role }
    Địa bàn: { $area }
    Vào câu lạc bộ: { $since }
people-card-suspended =
    ⏸ Tạm dừng từ { $when }
    Lý do: { $reason }
people-make-owner = Nâng lên chủ nhiệm
people-make-officer = Chuyển về cán bộ
people-make-member = Cho thôi vai trò cán bộ
people-ask-owner = Nâng <b>{ $name }</b> lên chủ nhiệm? Chủ nhiệm làm mọi việc của cán bộ, và quyết định ai là cán bộ.
people-ask-officer = Chuyển <b>{ $name }</b> về cán bộ? Người này không còn quyết định ai là cán bộ.
people-ask-member = Cho <b>{ $name }</b> thôi vai trò cán bộ? Vụ việc người này đang giữ sẽ chờ cán bộ khác nhận; bản nháp chưa gửi vẫn còn nhưng không gửi được nữa.
people-role-yes = Đồng ý
people-now-owner = Từ giờ { $you } là chủ nhiệm của câu lạc bộ. Gõ /trogiup để xem các việc.
people-now-officer = Từ giờ vai trò của { $you } là cán bộ. Gõ /trogiup để xem các việc.
people-now-member = Vai trò cán bộ của { $you } đã kết thúc; { $you } vẫn là hội viên như mọi người. Cảm ơn { $you } đã góp sức.
people-last-owner = Đây là chủ nhiệm duy nhất. { $You } mời thêm một chủ nhiệm bằng /loimoi trước nhé.
people-changed = Thông tin của người này vừa thay đổi. { $You } mở lại từ danh sách nhé.
people-gone = Người này không còn trong câu lạc bộ. Gõ /hoivien để tìm người khác.
people-offer = Mời làm cán bộ
people-offer-made = Đã mời <b>{ $name }</b>. Người được mời có 7 ngày để trả lời. Bot không nhắn cho người đã tắt thông báo; khi đó { $you } tạo lời mời ở /loimoi.
people-offered = <b>{ $club }</b> mời bạn làm cán bộ: soạn và duyệt thông báo, xử lý tin nghi vấn. Cán bộ không biết ai đã báo tin hay ai chưa chia sẻ; mọi việc của cán bộ đều được ghi vào nhật ký, không ai sửa được. Nhận hay không là tuỳ bạn.
people-offer-yes = Tôi nhận lời
people-offer-no = Không, cảm ơn
people-offer-over = Lời mời này không còn hiệu lực.
role-taken-offer =
    🔑 <b>{ $name }</b> đã nhận lời làm cán bộ.

    Nếu { $you } thấy không đúng người, hãy mở thẻ và cho thôi vai trò.
role-taken-invite =
    🔑 <b>{ $name }</b> vừa nhận vai trò { $role } bằng mã mời.

    Nếu { $you } thấy không đúng người, hãy mở thẻ và cho thôi vai trò.
role-taken-raised =
    🔑 Một chủ nhiệm vừa nâng <b>{ $name }</b> lên vai trò { $role }.

    Nếu { $you } thấy không đúng, hãy mở thẻ và đổi lại.
role-taken-linked =
    🔑 <b>{ $name }</b> ({ $role }) vừa dùng thêm một ứng dụng nữa cho vai trò của mình.

    Nếu { $you } thấy có gì lạ, hãy hỏi người ấy và tạm dừng khi cần.
role-taken-moved =
    🔑 <b>{ $name }</b> ({ $role }) vừa chuyển sang tài khoản khác.

    Nếu { $you } thấy có gì lạ, hãy hỏi người ấy và tạm dừng khi cần.
role-taken-see = Mở thẻ
people-offer-refused = <b>{ $name }</b> cảm ơn lời mời, nhưng chưa nhận làm cán bộ.
people-offer-declined = Không sao, cảm ơn { $you }. { $You } vẫn là hội viên như trước.
people-text-length = { $You } viết từ { $least } đến { $most } ký tự giúp nhé (hiện có { $count }).
people-suspend = Tạm dừng tư cách hội viên
people-ask-reason = Vì sao tạm dừng tư cách hội viên của <b>{ $name }</b>? { $You } viết lý do (ít nhất { $least } ký tự). Người này sẽ đọc nguyên văn và có thể khiếu nại.
people-suspend-sure =
    Tạm dừng tư cách hội viên của <b>{ $name }</b> với lý do:
    <blockquote>{ $reason }</blockquote>
    Muốn sửa, { $you } gửi lại lý do khác.
people-suspend-yes = Tạm dừng
people-suspended = Đã tạm dừng tư cách hội viên của <b>{ $name }</b>. Nếu có khiếu nại, một cán bộ khác sẽ quyết định.
people-you-are-suspended =
    Tư cách hội viên của { $you } đang tạm dừng. Lý do:
    <blockquote>{ $reason }</blockquote>
    Nếu thấy chưa đúng, { $you } gõ /khieunai: một cán bộ khác sẽ xem lại. Những việc vẫn làm được: /trogiup
people-lift = Khôi phục tư cách hội viên
people-lift-sure = Khôi phục tư cách hội viên của <b>{ $name }</b>? Vai trò và các lựa chọn trở lại như trước.
people-lifted = Đã khôi phục tư cách hội viên của <b>{ $name }</b>.
people-you-are-back = Tư cách hội viên của { $you } đã trở lại như trước. Gõ /trogiup để xem có thể làm gì.
people-suspended-left = Một hội viên đang bị tạm dừng vừa rời câu lạc bộ; hồ sơ và lý do tạm dừng đã được xoá. Ai có lời mời còn hiệu lực đều có thể trở lại; xem hoặc thu hồi lời mời ở /loimoi.

appeal-button = Khiếu nại
appeal-nothing = Lệnh này dành cho người đang bị tạm dừng tư cách hội viên. Có việc khác cần trao đổi, { $you } gõ /trogiup để xem nơi liên hệ.
appeal-ask =
    Tư cách hội viên của { $you } tạm dừng từ { $when }. Lý do:
    <blockquote>{ $reason }</blockquote>
    Nếu thấy chưa đúng, { $you } viết vào đây (ít nhất { $least } ký tự). Một cán bộ khác sẽ đọc và trả lời. Gõ /huy để dừng.
appeal-waits =
    Tư cách hội viên của { $you } tạm dừng từ { $when }. Lý do:
    <blockquote>{ $reason }</blockquote>
    Khiếu nại của { $you } đang chờ một cán bộ khác xem.
appeal-one-at-a-time = Khiếu nại trước của { $you } đang chờ trả lời. Có kết quả, bot sẽ nhắn { $you }.
appeal-made = Đã gửi khiếu nại. Người đọc và trả lời { $you } ở đây sẽ là một cán bộ khác, không phải người ra quyết định tạm dừng.
appeal-came = Có một khiếu nại về việc tạm dừng, đang chờ { $you } xem.
appeal-nobody-else = Có một khiếu nại, nhưng ngoài người ra quyết định tạm dừng thì chưa có cán bộ nào để xét. { $You } mời thêm cán bộ ở /loimoi hoặc /hoivien giúp nhé.
appeal-open = Xem khiếu nại
appeal-list = <b>Khiếu nại chờ quyết định</b>
appeal-none = Không có khiếu nại nào đang chờ.
appeal-line = { $name } · { $day }
appeal-card =
    <b>{ $name }</b>, tạm dừng từ { $when }
    Lý do:
    <blockquote>{ $reason }</blockquote>
    Khiếu nại:
    <blockquote>{ $text }</blockquote>
appeal-another-officer = { $You } là người ra quyết định tạm dừng nên khiếu nại này phải do một cán bộ khác xét. Nhờ { $you } báo cho cán bộ khác.
appeal-uphold = Giữ nguyên việc tạm dừng
appeal-lift = Khôi phục tư cách hội viên
appeal-ask-uphold = Vì sao giữ nguyên? { $You } viết lý do (ít nhất { $least } ký tự); hội viên sẽ đọc.
appeal-ask-lift = Vì sao khôi phục tư cách hội viên? { $You } viết lý do (ít nhất { $least } ký tự); hội viên sẽ đọc.
appeal-answer-uphold =
    Khiếu nại của { $you } đã được một cán bộ khác xem. Việc tạm dừng được giữ nguyên. Lý do:
    <blockquote>{ $reason }</blockquote>
appeal-answer-lift =
    Khiếu nại của { $you } đã được một cán bộ khác xem. Tư cách hội viên của { $you } đã trở lại như trước. Lý do:
    <blockquote>{ $reason }</blockquote>
appeal-sure = Trên đây là câu trả lời hội viên sẽ đọc. Muốn sửa, { $you } gửi lại lý do khác.
appeal-send = Quyết định và gửi
appeal-sent = Đã quyết định và trả lời hội viên.
appeal-over = Khiếu nại này đã được quyết định. Gõ /khieunai để xem còn khiếu nại nào không.

moving-open = Đổi máy, tài khoản…
moving-code =
    Mã để chuyển hồ sơ của { $you } sang điện thoại hay tài khoản khác: <code>{ $code }</code>

    Từ tài khoản mới, { $how }. Mã chỉ hiện lần này, dùng được một lần, trước { $until }.
    Tài khoản mới phải là tài khoản chưa tham gia câu lạc bộ. Đừng đưa mã cho ai, kể cả người tự xưng là cán bộ.
moving-code-by-link = mở { $link } hoặc gửi mã này cho bot
moving-code-by-code = gửi mã này cho bot
moving-arrived = Hồ sơ của { $you } đã chuyển sang tài khoản này. Mọi lựa chọn vẫn như cũ. Gõ /trogiup để xem có thể làm gì.
moving-gone = Hồ sơ hội viên của { $you } vừa được chuyển sang tài khoản khác bằng mã { $you } tạo ở đây; cuộc trò chuyện này không nhận tin nữa. Nếu không phải { $you } làm, chọn bên dưới trong 7 ngày để lấy lại ngay. Cần giúp: { $contact }

### ---- Soạn và duyệt thông báo (announcing) ----

announcement-head = <b>{ $title }</b>
announcement-head-urgent = 🔴 <b>KHẨN: { $title }</b>
announcement-fact = • { $fact }
announcement-issuer = Nơi phát hành: { $issuer }
announcement-source-url = Kiểm chứng tại: { $url }
announcement-source-ref = Văn bản số: { $ref }
announcement-valid-until = Có hiệu lực đến: { $when }
announcement-album = Kèm <b>Thông báo số { $number }</b> · { $issuer }
announcement-number = Thông báo số { $number }
announcement-corrected = { $times ->
    [1] ✏️ <b>Đã đính chính</b>
   *[other] ✏️ <b>Đã đính chính</b> (lần { $times })
    }

menu-compose = Soạn thông báo
menu-approvals = Thông báo chờ duyệt

announcing-welcome = Bot hỏi từng mục; { $you } quay lại mục trước lúc nào cũng được. Chưa có gì được gửi đi.
announcing-send-whole = { $You } gửi <b>nguyên văn thông báo</b>: dán vào đây, hoặc chuyển tiếp bài đăng, kèm ảnh, album hay tệp cũng được. Dòng đầu là tiêu đề; bot tự nhận ra nguồn, thời hạn và nơi phát hành nếu trong bài có ghi.
announcing-send-whole-or-go-on = { $You } gửi <b>nguyên văn thông báo</b> mới: dán vào đây, hoặc chuyển tiếp bài đăng, kèm ảnh, album hay tệp cũng được. Hoặc viết tiếp một bản nháp bên dưới.
announcing-stepwise = Từng bước
announcing-from-old = Từ thông báo cũ
announcing-which-old = { $You } muốn bắt đầu từ thông báo nào? Bot chép nội dung sang bản nháp mới, không chép giờ gửi và thời hạn.
announcing-copied = Đã chép từ thông báo số { $number }, chưa có giờ gửi và thời hạn.
announcing-recognised = Bot đã điền những mục có trong bài. { $You } xem lại giúp nhé.
announcing-recognised-no-title = Bài chưa có dòng tiêu đề ngắn nên bot lấy cả bài làm nội dung.
announcing-recognised-title-only = Bot lấy dòng này làm tiêu đề. Thông báo còn thiếu nội dung.
announcing-whole-wanted = Bot cần chữ, ảnh, video hoặc một tệp để soạn thông báo. { $You } gửi lại giúp nhé.
announcing-media-taken = Đã nhận tệp. { $You } gửi tiếp <b>nội dung</b>; dòng đầu là tiêu đề.
announcing-see-card = Xem bản nháp
announcing-set-aside = Bản nháp thông báo đã được lưu. Muốn viết tiếp, { $you } gõ /soan.
announcing-present-value =
    Đang ghi:
    <pre>{ $value }</pre>
announcing-value-alone = <pre>{ $value }</pre>
announcing-copy = Chép để sửa
announcing-card-given = { $field }: { $value }
announcing-card-empty = { $field }: không có
announcing-card-missing = ❗ { $field }
announcing-card-people = { $people } người
announcing-card-album = album { $count } tệp
announcing-card-photo = ảnh
announcing-card-video = video
announcing-card-document = tệp
announcing-card-now = ngay khi duyệt
announcing-card-once = một lần
announcing-card-daily = hằng ngày
announcing-card-weekly = hằng tuần
announcing-area-suggested = 📍 Chỉ gửi { $area }
announcing-missing = Còn thiếu: <b>{ $fields }</b>. Chọn mục đó để điền.
announcing-written-by = Người soạn: <b>{ $name }</b>
announcing-changes = <b>Thay đổi</b>
announcing-change = • { $field }: { $old } → { $new }
announcing-change-words = • { $field }: { $changed }
announcing-change-hidden = • { $field }: đã đổi tệp, định dạng hoặc liên kết
announcing-go-on = ✏️ { $number } · { $title }
announcing-question =
    <b>Bước { $number }/{ $total }</b>
    { $prompt }
announcing-ask-title = <b>Tiêu đề</b> của thông báo là gì? Tối đa 200 ký tự.
announcing-ask-text = { $You } gửi <b>nội dung</b>. Chữ đậm, nghiêng, liên kết được giữ nguyên.
announcing-ask-facts = Có <b>ý chính</b> nào cần nêu riêng? Tối đa ba ý, mỗi dòng một ý, ví dụ: Bỏ phiếu từ 7:00 đến 19:00.
announcing-ask-media =
    Gửi <b>một ảnh, một video hoặc một tệp</b> đi kèm, nếu có; hoặc một album 2–10 ảnh, video.
    Nếu kèm một ảnh, video hay tệp thì cả tin dài tối đa 1.024 ký tự. Nếu kèm album thì phần chữ nằm ở tin riêng, ngay bên dưới.
announcing-ask-issuer = <b>Nơi phát hành</b> là cơ quan, tổ chức nào? Chọn bên dưới hoặc gõ tên.
announcing-ask-source = <b>Kiểm chứng ở đâu</b>? Gửi liên kết https:// hoặc số văn bản, ví dụ: 199/2025/QH15. Bước này bắt buộc.
announcing-ask-valid-until = Thông báo <b>có hiệu lực đến khi nào</b>? Chọn bên dưới hoặc gõ, ví dụ: 15/3 hoặc 19h 15/3. Quá giờ này, bot không gửi nữa.
announcing-ask-urgent = Đây có phải thông báo <b>khẩn</b> không? Thông báo khẩn được gửi trước và có dấu 🔴.
announcing-ask-english-title = Có <b>bản tiếng Anh</b> không? Nếu có, gửi tiêu đề tiếng Anh.
announcing-ask-english-text = Gửi <b>nội dung tiếng Anh</b>.
announcing-ask-areas = <b>Gửi cho ai</b>? Chọn một hay nhiều địa bàn bên dưới.
announcing-ask-send-at = <b>Gửi khi nào</b>? Chọn bên dưới hoặc gõ giờ, ví dụ: 19h30 mai, 8h thứ Hai, 15/3 7:00. Hẹn giờ thì có thể cho lặp lại hằng ngày, hằng tuần.
announcing-ask-campaign = Thông báo này có <b>ủng hộ hay phản đối người ứng cử</b> nào không?
announcing-field-title = Tiêu đề
announcing-field-text = Nội dung
announcing-field-facts = Ý chính
announcing-field-media = Ảnh, video, tệp
announcing-field-issuer = Nơi phát hành
announcing-field-source = Nguồn kiểm chứng
announcing-field-valid-until = Có hiệu lực đến
announcing-field-urgent = Mức khẩn
announcing-field-english-title = Tiêu đề tiếng Anh
announcing-field-english-text = Nội dung tiếng Anh
announcing-field-areas = Người nhận
announcing-field-send-at = Giờ gửi
announcing-facts-so-far = Đã ghi { $count }/{ $limit } ý. Gửi thêm, hoặc chọn “{ announcing-done }”.
announcing-noted = Đã ghi: <b>{ $when }</b>.
announcing-skip = Bỏ qua
announcing-keep = Giữ nguyên ▶
announcing-done = Xong ▶
announcing-leave-out = Bỏ mục này
announcing-no-end = Không thời hạn
announcing-end-of-today = Hết hôm nay
announcing-seven-days = Trong 7 ngày
announcing-everyone = Mọi người
announcing-yes = Có
announcing-no = Không
announcing-now = Gửi ngay khi duyệt
announcing-old-question = Câu hỏi này đã qua rồi. { $You } xem tin mới nhất, hoặc gõ /soan để viết tiếp.
announcing-text-wanted = Bước này cần chữ. { $You } gõ câu trả lời giúp nhé.
announcing-text-short = Nội dung thông báo cần ít nhất { $least } từ. { $You } gửi lại nội dung, hoặc chọn một mục ngay dưới câu hỏi.
announcing-press-a-button = { $You } chọn một mục ngay dưới câu hỏi giúp nhé.
announcing-facts-too-many = Tối đa { $limit } ý chính. { $You } chọn những ý quan trọng nhất rồi gửi lại.
announcing-media-wanted = Bước này cần ảnh, video hoặc một tệp. Nếu không có, { $you } chọn “{ announcing-skip }” hay “{ back }”.
announcing-album-so-far = Đã nhận { $count } ảnh, video cho album (tối đa { $limit }). Gửi đủ rồi thì chọn “{ announcing-done }”.
announcing-album-full = Một album chứa tối đa { $limit } ảnh, video; bot giữ { $limit } ảnh, video đầu tiên. { $You } chọn “{ announcing-done }” giúp nhé.
announcing-album-kinds = Album chỉ nhận ảnh và video. { $You } gửi riêng một tệp thôi nhé.
announcing-files-left-out = Có tệp chưa dùng được: thông báo chỉ kèm được một tệp, hoặc một album tối đa { $limit } ảnh, video.
announcing-no-album-here = Bước này không nhận ảnh hay album. { $You } trả lời câu hỏi ở trên giúp nhé.
announcing-ask-repeat = <b>Gửi một lần hay lặp lại</b>? Mỗi lần gửi lại là một thông báo riêng, đúng những lời đã duyệt.
announcing-ask-repeat-until = <b>Lặp lại đến khi nào</b>? Gõ ngày cuối, ví dụ: 15/3.
announcing-ask-preview = <b>Hiện bản xem trước của liên kết</b> dưới tin? Mặc định là không hiện.
announcing-ask-proofs = <b>Nhận minh chứng</b> (liên kết, ảnh chụp, vài chữ) từ hội viên đã chia sẻ? Gửi hay không là tuỳ hội viên. Mặc định là có nhận.
announcing-field-repeat = Lặp lại
announcing-field-repeat-until = Lặp đến khi nào
announcing-field-preview = Xem trước liên kết
announcing-field-proofs = Nhận minh chứng
announcing-ask-officers-only = <b>Chỉ gửi cho cán bộ?</b> Khi đó thông báo không có nút chia sẻ, và bot không xác nhận thông báo này với ai khác. Mặc định là không.
announcing-field-officers-only = Chỉ cho cán bộ
announcing-officers = Chỉ cán bộ
announcing-without-proofs = Không nhận minh chứng chia sẻ.
announcing-once = Một lần
announcing-daily = Hằng ngày
announcing-weekly = Hằng tuần, { $day }
announcing-repeat-too-short = Lặp lại thì ngày cuối phải cách lần gửi đầu hơn một ngày. { $You } chọn ngày xa hơn giúp nhé.
announcing-repeat-too-long = Lặp lại tối đa { $days } ngày. { $You } chọn ngày gần hơn giúp nhé.
announcing-repeat-needs-end = Thông báo lặp lại phải có thời hạn; mỗi lần gửi sau, thời hạn lùi theo. { $You } sửa mục “{ announcing-field-valid-until }” giúp nhé.
announcing-issuer-is-source = Đây giống số văn bản hoặc liên kết; bước sau bot sẽ hỏi. Ở bước này, { $you } ghi tên nơi phát hành giúp nhé.
announcing-source-neither = Cần đúng một liên kết https:// hoặc một số văn bản như 199/2025/QH15, để hội viên tự kiểm chứng được.
announcing-source-not-https = Liên kết phải đầy đủ và bắt đầu bằng https://. { $You } mở trang đó rồi chép lại địa chỉ giúp nhé.
announcing-source-malformed = Địa chỉ này chưa đúng. { $You } mở trang đó rồi chép lại nguyên địa chỉ giúp nhé.
announcing-source-look-alike = Địa chỉ này trông giống một trang khác nên dễ bị nhầm là giả mạo. { $You } dùng địa chỉ gốc của nơi phát hành.
announcing-time-unreadable = Bot chưa hiểu thời gian này. { $You } viết như: 19h30 mai, 8h thứ Hai, 15/3 7:00.
announcing-time-no-time = Còn thiếu giờ. { $You } viết thêm, ví dụ: 8h thứ Hai.
announcing-time-no-such-time = Không có ngày giờ này. { $You } xem lại ngày, giờ và thứ, rồi viết như: 15/3 7:00.
announcing-time-two-meanings = Thời gian này có thể hiểu hai cách. { $You } ghi rõ ngày, ví dụ: 15/3 7:00.
announcing-time-past = Thời điểm này đã qua. { $You } ghi rõ ngày, ví dụ: 15/3 7:00.
announcing-over-before-sent = Giờ gửi phải trước lúc thông báo hết hiệu lực. { $You } chọn thời điểm khác giúp nhé.
announcing-too-long = Dài quá <b>{ $over }</b> ký tự: Telegram cho tối đa { $limit } ký tự một tin, kể cả tiêu đề và nguồn. { $language ->
        [en] { $You } gửi lại bản tiếng Anh gọn hơn.
       *[other] { $You } gửi lại nội dung gọn hơn.
    }
announcing-too-long-with-media = Dài quá <b>{ $over }</b> ký tự: tin kèm ảnh hay tệp chỉ được { $limit } ký tự, kể cả tiêu đề và nguồn. { $language ->
        [en] { $You } gửi lại bản tiếng Anh gọn hơn, hoặc bỏ ảnh/tệp.
       *[other] { $You } gửi lại nội dung gọn hơn, hoặc bỏ ảnh/tệp.
    }
announcing-drop-media = Bỏ ảnh/tệp
announcing-campaign-refused = Kênh này không vận động ủng hộ hay phản đối ai nên không gửi được thông báo như vậy. { $You } sửa lại cho trung lập, hoặc bỏ bản này.

announcing-preview = Hội viên sẽ nhận <b>đúng như dưới đây</b>:
announcing-only-preview = Đây là bản xem trước, các lựa chọn chưa có tác dụng.
announcing-summary = <b>Thông báo số { $number }</b> · bản { $version }
announcing-provisional = Số { $number } là số tạm; số chính thức được cấp khi gửi đi.
announcing-audience = Gửi cho <b>{ $people } người</b> · { $places }
announcing-sent-at = Giờ gửi: <b>{ $when }</b>
announcing-sent-once-approved = Giờ gửi: <b>ngay khi được duyệt</b>
announcing-source = Nguồn kiểm chứng: <b>{ $source }</b>
announcing-author-waits = { $You } là người soạn nên cán bộ khác sẽ duyệt.
announcing-submit = Gửi duyệt
announcing-send = Gửi
announcing-edit = Sửa…
announcing-discard = Bỏ bản này
announcing-discard-question = Bỏ hẳn “{ $title }”? Bản đã bỏ không lấy lại được.
announcing-discard-sure = Bỏ hẳn
announcing-which-field = { $You } muốn sửa mục nào?
announcing-which-field-approved = Sửa xong phải gửi duyệt lại từ đầu. { $You } muốn sửa mục nào?

announcing-submitted = Đã gửi duyệt. Cần { $count } cán bộ khác đồng ý; có kết quả bot sẽ báo { $you }.
announcing-submitted-to-nobody = Đã gửi duyệt, nhưng câu lạc bộ chưa đủ cán bộ: cần { $count } người khác duyệt. { $You } nhờ chủ nhiệm mời thêm cán bộ.
announcing-please-approve =
    Có thông báo chờ { $you } duyệt:
    <b>{ $title }</b>
announcing-see = Xem và duyệt
announcing-see-own = Xem
announcing-approve = Duyệt
announcing-refuse = Không duyệt
announcing-withdraw = Rút lại
announcing-unschedule = Huỷ lịch
announcing-nothing-waits = Không có thông báo nào đang chờ. Muốn soạn thông báo mới, { $you } gõ /soan.
announcing-what-waits = Thông báo đang chờ. Chọn một thông báo để xem:
announcing-line = { $number } · { $title }
announcing-line-scheduled = ⏰ { $number } · { $title }
announcing-changed = <b>Thông báo này đã được sửa.</b> Đây là bản mới nhất.
announcing-approved-already = { $You } đã duyệt bản này rồi. Gõ /choduyet để xem các thông báo khác.
announcing-approved-so-far = Đã ghi nhận ({ $count }/{ $needed } người duyệt). Đủ số người, thông báo mới được gửi.
announcing-own-approval = { $You } là người soạn nên không tự duyệt được. Cán bộ khác sẽ duyệt.
announcing-not-the-author = Chỉ người soạn làm được việc này. Gõ /choduyet để xem các thông báo đang chờ.
announcing-why-not = Vì sao chưa duyệt? { $You } viết lý do, người soạn sẽ đọc được.
announcing-reason-wanted = { $You } viết lý do bằng chữ giúp nhé, tối đa { $limit } ký tự.
announcing-refused = Đã trả lại cho người soạn, kèm lý do của { $you }.
announcing-reopened = Đã đưa về bản nháp, chưa có gì được gửi đi.
announcing-unscheduled = Đã huỷ lịch. Thông báo trở về bản nháp và người soạn đã được báo.
announcing-over = Thông báo đã hết hiệu lực nên không gửi được nữa. Người soạn cần sửa mục “{ announcing-field-valid-until }”.
announcing-send-at-over = Giờ gửi đã qua. { $You } chọn mục “{ announcing-field-send-at }” để đặt lại.
announcing-now-draft = Thông báo này đang là bản nháp, người soạn đang sửa. Gõ /choduyet để xem các thông báo khác.
announcing-now-awaiting_approval = Đang chờ duyệt.
announcing-now-scheduled = Đã được duyệt, đang chờ đến giờ gửi.
announcing-now-scheduled-for = Đã được duyệt, sẽ gửi lúc <b>{ $when }</b>.
announcing-now-sending = Đã được duyệt và đang gửi đi.
announcing-now-sent = Đã gửi xong.
announcing-now-withdrawn = Bản này đã bị bỏ và sẽ không gửi đi.
announcing-now-expired = Đã hết hiệu lực trước khi gửi nên không gửi nữa.
announcing-your-own-sending = Thông báo số { $number } của { $you } đã được duyệt và bắt đầu gửi lúc { $when }.
announcing-your-own-scheduled = Thông báo số { $number } của { $you } đã được duyệt, sẽ gửi lúc <b>{ $when }</b>.
announcing-your-own-refused =
    Thông báo số { $number } của { $you } chưa được duyệt. Lý do:
    <i>{ $reason }</i>
    { $You } sửa rồi gửi duyệt lại nhé.
announcing-your-own-unscheduled = Một cán bộ khác đã huỷ lịch gửi thông báo số { $number } của { $you }. Thông báo đã trở về bản nháp.
announcing-expired = Thông báo số { $number } “{ $title }” đã hết hiệu lực trước khi kịp gửi, nên bot không gửi nữa.
menu-correct = Đính chính thông báo đã gửi
menu-recall = Thu hồi thông báo đã gửi
picking-none = Chưa có thông báo nào được gửi. Muốn soạn thông báo mới, { $you } gõ /soan.
picking-line = { $number } · { $title }
picking-unknown = Trong các thông báo đã gửi không có số { $number }. { $You } gõ /thongke để xem lại.
correcting-which = { $You } muốn đính chính thông báo nào?
correcting-what = <b>Đính chính thông báo số { $number }</b>: { $you } chọn mục cần sửa ở bên dưới. Ảnh, tệp và người nhận không đổi được; nếu sai ở đó, { $you } thu hồi rồi soạn lại.
correcting-go-on = ✏️ Đính chính { $number } · { $title }
correcting-line = ✏️ { $number } · { $title }
correcting-summary = <b>Đính chính thông báo số { $number }</b> · bản { $version }
correcting-copies = Khi được duyệt: sửa ngay trong <b>{ $count } bản đã gửi</b> và báo cho từng người nhận. Ai còn đang chờ sẽ nhận luôn bản mới.
correcting-anew = Riêng trên { $where } không sửa được tin đã gửi: <b>{ $count } người</b> nhận một tin báo, ngay dưới đó là bản mới.
correcting-please-approve =
    Có <b>đính chính</b> thông báo số { $number } chờ { $you } duyệt:
    <b>{ $title }</b>
correcting-your-own-approved = Đính chính thông báo số { $number } của { $you } đã được duyệt. Bot bắt đầu sửa các bản đã gửi lúc { $when }.
correcting-your-own-refused =
    Đính chính thông báo số { $number } của { $you } chưa được duyệt. Lý do:
    <i>{ $reason }</i>
    { $You } sửa rồi gửi duyệt lại nhé.
correcting-now-sending = Đã được duyệt, đang sửa các bản đã gửi.
correcting-now-sent = Đã đính chính xong.
correcting-unchanged = Bản này chưa khác gì bản đã gửi. { $You } chọn mục cần đính chính để sửa.
correcting-stale = Một cán bộ khác vừa đính chính thông báo số { $number }. { $You } gõ /dinhchinh { $number } để bắt đầu từ bản mới nhất.
correcting-recalled = Thông báo số { $number } đã được thu hồi nên không đính chính được nữa. Muốn thông báo lại, { $you } gõ /soan.
correction-notice = ✏️ Thông báo số { $number } “{ $title }” vừa được <b>đính chính</b>.
correction-notice-reread = Nếu đã chia sẻ bản cũ, bạn xem lại bản mới giúp nhé.
correction-notice-changed = <b>Đã sửa:</b>{ $places }
correction-notice-place = • { $place }
correction-notice-fields = <b>Đã sửa các mục:</b> { $fields }.
correction-notice-replaced = { $before } { $old } → <b>{ $new }</b> { $behind }
correction-notice-added = { $before } (thêm <b>{ $new }</b>) { $behind }
correction-notice-removed = { $before } (bỏ { $old }) { $behind }
correction-notice-value = { $field }: { $old } → <b>{ $new }</b>
correction-notice-no-value = không có
correction-read = Đọc bản đã đính chính
recalling-which = { $You } muốn thu hồi thông báo nào?
recalling-question =
    <b>Thu hồi thông báo số { $number }?</b>
    { $title }

    • Sẽ xoá { $copies } bản đã gửi; bản đã quá 48 giờ được thay bằng dòng “đã thu hồi”
    • Ai chưa nhận sẽ không nhận nữa; ai đã nhận được báo lý do và được nhờ gỡ bài nếu đã đăng
    • Mọi cán bộ đều được báo
    Thu hồi rồi thì không khôi phục được.

    <b>Vì sao thu hồi?</b> { $You } chọn hoặc gõ ngắn gọn lý do để hội viên đọc.
recalling-reason-wanted = { $You } chọn hoặc gõ ngắn gọn lý do thu hồi nhé.
recalling-check =
    <b>Thu hồi thông báo số { $number }?</b> Người đã nhận sẽ đọc:

    { $notice }
recalling-begin-anew = Việc thu hồi này đã đóng. { $You } gõ /thuhoi { $number } để làm lại.
recalling-why-time = Sai ngày hoặc giờ
recalling-why-place = Sai địa điểm
recalling-why-off = Việc này đã hoãn hoặc huỷ
recalling-why-content = Nội dung chưa chính xác
recalling-anew = Riêng trên { $where } không xoá được tin đã gửi: <b>{ $count } người</b> nhận tin báo thu hồi, còn bản cũ vẫn nằm lại trong máy.
recalling-sure = Thu hồi ngay
recalling-keep = Không thu hồi
recalling-kept = Thông báo số { $number } vẫn như cũ.
recalling-begun = Đang thu hồi thông báo số { $number }. Từ lúc này không ai đọc lại hay chia sẻ được nữa.
recalling-already = Thông báo số { $number } đã được thu hồi. Gõ /tiendo { $number } để xem kết quả.
recalling-told =
    Một cán bộ đã <b>thu hồi</b> thông báo số { $number } “{ $title }”. Lý do: <i>{ $reason }</i>
    { $You } gõ /tiendo { $number } để xem kết quả.
recalled-copy =
    ⛔ Thông báo số { $number } “{ $title }” đã được <b>thu hồi</b>. Lý do: <i>{ $reason }</i>
    Nội dung của thông báo này <b>không còn hiệu lực</b>. Bạn vui lòng không chia sẻ tiếp; nếu đã đăng, bạn gỡ xuống giúp câu lạc bộ nhé.

night-note = 🌙 Giờ yên lặng ({ $begins }–{ $ends }): tin sẽ đến lúc <b>{ $when }</b>.
night-note-urgent = 🌙 Giờ yên lặng ({ $begins }–{ $ends }): tin sẽ đến lúc <b>{ $when }</b>, trừ khi người duyệt đồng ý cho gửi ngay trong giờ ấy.
night-held = 🌙 Đang là giờ yên lặng: phần còn lại gửi từ <b>{ $when }</b>.
night-approve = 🌙 Duyệt, gửi trong giờ yên lặng
night-send = 🌙 Gửi trong giờ yên lặng
night-question =
    🌙 Thông báo khẩn số { $number } sẽ gửi lúc <b>{ $when }</b>, <b>trong giờ yên lặng</b>: điện thoại của hội viên sẽ đổ chuông.

    { $You } đồng ý chứ? Việc này được ghi vào nhật ký.
night-sure = Đồng ý, cứ gửi
night-not-urgent = Đang là giờ yên lặng, chỉ thông báo khẩn mới gửi được lúc này. { $You } thử lại khi hết giờ yên lặng nhé.
night-needs-another = Cần một cán bộ khác đồng ý thì mới gửi được trong giờ yên lặng. Nhờ { $you } báo cho cán bộ khác.
night-over-by-then = Hết giờ yên lặng (đến { $when }) thì thông báo đã hết hiệu lực. Nhờ { $you } báo người soạn sửa mục “{ announcing-field-valid-until }”.

menu-schedule = Lịch gửi thông báo
schedule-empty = Chưa có thông báo nào được hẹn giờ. Soạn thông báo: /soan
schedule-head = <b>Lịch gửi</b>
schedule-line =
    ⏰ <b>{ $when }</b>
    { $number } · { $title }
schedule-line-again =
    🔁 Lần tới: <b>{ $next }</b>, lặp đến { $until }
    { $number } · { $title }
schedule-other-time = Đổi giờ
schedule-now = Gửi ngay
schedule-ask-time = Thông báo số { $number } đang hẹn lúc { $when }. { $You } gõ giờ mới, ví dụ: 19h30 mai, 8h thứ Hai, 15/3 7:00.
schedule-earlier-another = Giờ { $when } đã được duyệt. Gửi sớm hơn cần cán bộ khác đồng ý: nhờ họ đổi giờ ở /lich, hoặc { $you } rút về bản nháp, sửa giờ rồi gửi duyệt lại. Lùi giờ thì { $you } đổi được.
schedule-earlier-anew = Giờ { $when } đã được duyệt. Muốn gửi sớm hơn, { $you } mở /choduyet để rút về bản nháp, sửa giờ rồi gửi duyệt lại. Lùi giờ thì { $you } đổi được.
schedule-moved = Đã đổi: thông báo số { $number } sẽ gửi lúc <b>{ $when }</b>.
schedule-your-own-moved = Một cán bộ khác đã đổi giờ gửi thông báo số { $number } của { $you }: <b>{ $when }</b>.
schedule-your-own-sent = Một cán bộ khác đã cho gửi ngay thông báo số { $number } của { $you }, lúc { $when }.
repeat-daily = 🔁 Lặp lại hằng ngày đến <b>{ $until }</b>
repeat-weekly = 🔁 Lặp lại hằng tuần đến <b>{ $until }</b>
repeat-validity = Mỗi lần gửi sau, thời hạn lùi theo: lần kế tiếp có hiệu lực đến <b>{ $until }</b>
repeat-made = 🔁 Đến lượt lặp lại thông báo số { $number } “{ $title }”: bản này mang số <b>{ $again }</b>.
repeat-made-until = Bản này có hiệu lực đến <b>{ $until }</b>, lùi theo lần gửi. Muốn dừng lặp, { $you } gõ /lich.
repeat-made-open = Bản này không ghi thời hạn. Muốn dừng lặp, { $you } gõ /lich.
repeat-missed =
    ⚠️ Thông báo số { $number } “{ $title }” lỡ <b>{ $count } lần gửi lặp lại</b>, lần cuối lúc { $when }.
    Lý do: đến giờ gửi thì bot không chạy, và muộn quá { $hours } giờ thì bot không gửi bù.
repeat-next = Lần tới: <b>{ $when }</b>. Cần gửi ngay, { $you } gõ /soan.
repeat-missed-last = Không còn lần nào nữa. Cần gửi ngay, { $you } gõ /soan.
repeat-stop = ⏹ Dừng lặp số { $number }
repeat-over = Thông báo này không lặp lại nữa. Gõ /lich để xem lịch gửi.
repeat-your-own-stopped = Một cán bộ khác đã dừng lặp lại thông báo số { $number } của { $you }. Những lần đã gửi vẫn còn đó.

trial-send = Gửi thử cho tôi
trial-send-officers = Gửi thử cho cán bộ
trial-sent-officers = Đang gửi bản thử cho các cán bộ đã bật “{ preferences-purpose-duties }”.
trial-mark-officers = <b>BẢN THỬ</b> – chỉ cán bộ nhận tin này
trial-sent = Đang gửi bản thử, chỉ mình { $you } nhận.
trial-only = Đây là bản thử, các lựa chọn không có tác dụng.
trial-mark = <b>BẢN THỬ</b> – chỉ mình { $you } nhận tin này
trial-mark-button = BẢN THỬ
links-ordinary = Liên kết dẫn tới: <b>{ $hosts }</b>
links-doubtful = ⚠️ <b>Xem kỹ liên kết</b> <code>{ $written }</code>: thật ra dẫn tới <code>{ $host }</code> ({ $why })
links-doubt-mixed = trộn chữ của nhiều bảng chữ cái
links-doubt-punycode = tên trang có ký tự lạ, không phải a–z
links-doubt-imitation = dễ nhầm với một trang quen thuộc
links-doubt-userinfo = phần trước dấu @ không phải tên trang
links-doubt-numbers = chỉ có số, không có tên trang
links-doubt-port = có số lạ sau tên trang
links-doubt-disguised = chữ hiện trên màn hình là một địa chỉ khác
links-doubt-app = mở ứng dụng chứ không mở trang
links-doubt-hidden = có ký tự ẩn, ký tự đảo chiều chữ hoặc dấu chỉ trông giống dấu chấm
links-doubt-unreadable = không đọc được nơi dẫn tới
links-check = Tôi đã kiểm tra liên kết
links-too-many = Có hơn { $most } liên kết cần xem kỹ. { $You } bớt liên kết rồi xem lại nhé.
links-check-first = <b>Có liên kết cần xem kỹ trước khi gửi.</b>

### ---- Gửi đi: tiến độ (delivery) ----

progress-filling = Thông báo số { $number }: đang gửi, danh sách người nhận còn đang lập
progress-sending = Thông báo số { $number }: đang gửi
progress-paused = Thông báo số { $number }: tạm dừng gửi
progress-done = ✅ Thông báo số { $number }: đã gửi xong
progress-cancelled = Thông báo số { $number }: đã ngừng gửi
progress-nobody = Hiện chưa có hội viên nào thuộc nhóm nhận thông báo này.
progress-sent = Đã tới { $sent }/{ $total } người
progress-per-second = Tốc độ: { $count } lượt/giây
progress-per-minute = Tốc độ: { $count } lượt/phút
progress-left-moment = còn chưa đầy một phút
progress-left-minutes = còn khoảng { $count } phút
progress-left-hours = còn khoảng { $count } giờ
progress-count-gone = Không liên lạc được (đã chặn bot hoặc không còn dùng tài khoản): { $count }
progress-count-failed = Gửi không thành công: { $count }
progress-count-uncertain = Chưa rõ đã tới hay chưa: { $count }
progress-few = Dưới { $least } người nhận, nên không tách từng trường hợp.
progress-count-not_reached = Chưa tới, hoặc chưa rõ đã tới hay chưa: { $count }
progress-count-cancelled = Không gửi nữa: { $count }
progress-count-not_now = Chưa gửi được lúc này, sẽ gửi khi họ nhắn cho bot: { $count }
progress-halted = ⛔ Bot đã <b>tạm dừng</b> gửi thông báo số { $number }: ứng dụng nhắn tin từ chối nhiều bản liền nhau với cùng một lý do. { $You } xem lại nội dung; gõ /tiendo để gửi tiếp hoặc ngừng hẳn.
progress-overspent = ⛔ Bot đã <b>tạm dừng</b> gửi thông báo số { $number }: ứng dụng tính tiền cả tin lẽ ra miễn phí, nên đã chi nhiều hơn mức cho phép; gửi tiếp có thể tốn thêm. { $You } gõ /tiendo để gửi tiếp hoặc ngừng hẳn.
progress-pause-toast = Đã tạm dừng.
progress-resume-toast = Đang gửi tiếp.
progress-cancel-toast = Đã ngừng hẳn.
progress-pause = Tạm dừng
progress-resume = Gửi tiếp
progress-cancel = Ngừng hẳn
progress-cancel-question = Ngừng gửi thông báo số { $number }? { $left } người chưa có sẽ không nhận nữa. Ai đã nhận thì vẫn còn bản của mình.
progress-cancel-sure = Ngừng hẳn
progress-cancel-not = Không, xem tiến độ
progress-again = Gửi lại, có ghi “(gửi lại)”
progress-leave = Để nguyên
progress-again-over = Thông báo này đã hết hiệu lực nên không gửi lại nữa. Muốn thông báo lại, { $you } gõ /soan.
copy-again = <b>(gửi lại)</b>
copy-again-button = (gửi lại)
copy-again-why = Thông báo này được gửi lại vì chưa rõ lần trước đã tới bạn hay chưa.
progress-none = Hiện không có thông báo nào đang gửi. { $You } gõ /thongke để xem các thông báo đã gửi.
progress-stop-receiving = Nếu { $you } muốn bot ngừng gửi tin cho mình, gõ đúng /ngungnhan.
correction-progress-filling = Đính chính thông báo số { $number }: đang sửa, danh sách còn đang lập
correction-progress-sending = Đính chính thông báo số { $number }: đang sửa các bản đã gửi
correction-progress-paused = Đính chính thông báo số { $number }: tạm dừng
correction-progress-done = ✅ Đính chính thông báo số { $number }: đã xong
correction-progress-cancelled = Đính chính thông báo số { $number }: đã ngừng
recall-progress-filling = Thu hồi thông báo số { $number }: đang thu hồi, danh sách còn đang lập
recall-progress-sending = Thu hồi thông báo số { $number }: đang thu hồi
recall-progress-paused = Thu hồi thông báo số { $number }: tạm dừng
recall-progress-done = ✅ Thu hồi thông báo số { $number }: đã xong
recall-progress-cancelled = Thu hồi thông báo số { $number }: đã ngừng
correction-outcome-correction-treated = Đã sửa hoặc báo tin: { $count }
correction-outcome-correction-edited = Đã sửa tại chỗ và báo tin: { $count }
correction-outcome-correction-deleted = Đã xoá: { $count }
correction-outcome-correction-notice_only = Bản cũ không sửa được, đã báo tin riêng: { $count }
correction-outcome-correction-out_of_reach = Không còn cách nào báo cho người nhận: { $count }
correction-outcome-recall-treated = Đã xoá, thay hoặc báo tin: { $count }
correction-outcome-recall-edited = Đã thay bằng dòng “đã thu hồi”: { $count }
correction-outcome-recall-deleted = Đã xoá: { $count }
correction-outcome-recall-notice_only = Chỉ báo tin, vì ứng dụng không cho xoá hay sửa bản đã gửi: { $count }
correction-outcome-recall-out_of_reach = Không thu hồi được, vì không rõ bản nằm ở đâu hoặc ứng dụng không cho sửa nữa: { $count }
correction-cancel-question = Ngừng đính chính thông báo số { $number } giữa chừng? { $left } bản chưa sửa sẽ giữ nguyên như cũ.
recall-cancel-question = Ngừng thu hồi thông báo số { $number } giữa chừng? { $left } bản chưa thu hồi vẫn nằm lại trong máy người nhận.
aftercare-button = Đính chính, thu hồi, gửi thêm…
aftercare-correct = Đính chính
aftercare-recall = Thu hồi
later-new = Gửi cho { $count } người mới
later-missed = Gửi lại cho { $count } người chưa nhận được
later-begun = Đang gửi thông báo số { $number } cho { $count } người. Ai đã có thì không nhận lại.
later-nobody = Lúc này không còn ai cần gửi thêm. Khi có hội viên mới, { $you } mở lại thông báo này ở /tiendo.
later-not-now = Chưa gửi thêm được. Nếu thông báo còn đang gửi, { $you } chờ gửi xong rồi thử lại; nếu đã hết hiệu lực, { $you } gõ /soan để soạn bản mới.
menu-progress = Tiến độ gửi thông báo

### ---- Chia sẻ (sharing) ----

share-button = Chia sẻ
shared-button = Tôi đã chia sẻ
not-for-me-button = Lần này tôi không chia sẻ
remind-button = Nhắc tôi sau

share-over = Thông báo số { $number } đã hết hiệu lực nên không cần chia sẻ nữa. Cảm ơn { $you }.
share-officers-only = Thông báo số { $number } chỉ dành cho cán bộ, không để chia sẻ. Gõ /thongbao để xem các thông báo khác.
share-disclosure = Do hội viên { $club } chia sẻ – kênh thông tin của { $operator }.
share-document = Văn bản số { $ref } – { $issuer }
share-own-words =
    { $You } viết vài lời của chính mình; phần dưới đây xin để nguyên ở cuối bài (chạm hoặc nhấn giữ để sao chép).
    <pre>{ $paste }</pre>
share-on-facebook = Facebook
share-on-telegram = Telegram
share-copy = Sao chép để dán vào Zalo, nơi khác
share-write = ✍️ Viết bài của { $you }
share-card-square = Ảnh vuông
share-card-tall = Ảnh dọc
share-code = Mã kiểm chứng, mã QR
share-own-picture = Ảnh, tệp của thông báo
share-card-file = thong-bao-{ $number }.png
share-picture-caption =
    { $You } lưu ảnh này rồi đăng kèm vài lời của mình. Phần dưới đây xin giữ nguyên (chạm hoặc nhấn giữ để sao chép).
    <pre>{ $paste }</pre>
share-corrected = Thông báo số { $number } <b>đã đính chính</b>. { $You } dùng bản mới này nhé, đừng dùng bản cũ:
share-corrected-toast = Thông báo đã đính chính. Bản mới ở dưới.
share-ask-first =
    <b>Câu 1/2.</b> Điều gì trong thông báo này quan trọng nhất với bà con chỗ { $you }?
    { $You } viết một, hai câu như đang nói chuyện nhé.
share-ask-second =
    <b>Câu 2/2.</b> { $You } muốn dặn mọi người điều gì?
    Ví dụ nên chuẩn bị gì, ai cần giúp thì hỏi ai.
share-enough = Vậy là đủ
share-write-again = Viết lại
share-words-wanted = { $You } gõ vài chữ nhé. Không muốn viết nữa thì chọn “{ cancel }”.
share-words-too-long = Đoạn này dài quá { $over } ký tự (tối đa { $limit }). { $You } viết ngắn lại nhé, người đọc cũng dễ đọc hơn.
share-your-post =
    Bài của { $you } đây. Chạm hoặc nhấn giữ để sao chép rồi đăng ở nơi { $you } muốn. Phần nguồn và dòng cuối xin giữ nguyên.
    <pre>{ $post }</pre>
posting-title = { $title }
posting-urgent = 🔴 { $title }
posting-line = <i>{ $line }</i>
posting-disclosure = Nguồn: { $club }, kênh thông tin của { $operator }.
posting-source = Xem nguồn chính thức
card-urgent = KHẨN
card-issuer = Nơi phát hành
card-source = Kiểm chứng tại
card-document = Văn bản số
card-until = Có hiệu lực đến
card-scan = Quét để xem nguồn
card-code = Mã kiểm chứng
card-verdict = Kết luận, mã { $code }
share-thanks = Cảm ơn { $you } đã chia sẻ thông báo số { $number }. { $You } muốn thêm nơi đã chia sẻ không? Không bắt buộc.
share-said = { $You } đã chia sẻ thông báo số { $number } “{ $title }”?
share-said-other = Thông báo khác
share-thanks-simply = Cảm ơn { $you } đã chia sẻ thông báo số { $number }.
share-thanks-toast = Đã ghi nhận. Cảm ơn { $you }!
share-add-proof = Thêm liên kết, ảnh, vài chữ
share-take-back = Rút lại
share-taken-back = Đã rút lại xác nhận chia sẻ thông báo số { $number }. Liên kết và ảnh { $you } gửi kèm cũng đã xoá.
share-closed = Thông báo số { $number } đã kết thúc nên câu lạc bộ không ghi thêm lượt chia sẻ. Cảm ơn { $you }.
share-see-mine = Xem, sửa
share-mine = { $You } đã xác nhận chia sẻ thông báo số { $number } lúc { $when }.
share-mine-line = { $place }. { $proof }
share-mine-picture = ảnh chụp màn hình
share-mine-drop = Gỡ { $place }
share-not-for-me = Cảm ơn { $you } đã cho biết.
share-not-for-me-ask =
    { $You } đã xác nhận chia sẻ thông báo số { $number }. Chọn “{ not-for-me-button }” thì xác nhận đó bị bỏ{ $proofs ->
        [0] .
       *[other] {" "}và { $proofs } minh chứng { $you } gửi kèm bị xoá.
    }
share-not-for-me-sure = Bỏ xác nhận của tôi
share-keep = Giữ nguyên
share-kept = Xác nhận chia sẻ thông báo số { $number } của { $you } vẫn được giữ nguyên.
share-not-for-me-after-all = Đã bỏ xác nhận chia sẻ thông báo số { $number }; liên kết, ảnh gửi kèm đã xoá. Cảm ơn { $you } đã cho biết.

proof-prompt = { $You } gửi vào đây liên kết bài đăng (một hoặc nhiều), ảnh chụp màn hình, hoặc vài chữ cho biết đã chia sẻ ở đâu nhé.
proof-needs-link-or-picture = Tin này chưa dùng làm minh chứng được. { $You } gửi liên kết bài đăng (ví dụ https://…), ảnh chụp màn hình, hoặc vài chữ; nếu không muốn nữa, { $you } chọn “{ cancel }”.
proof-flag-waits = { $You } còn một tin chưa gửi kiểm tra. { $You } chọn “{ flag-send }” hoặc “{ cancel }” dưới tin đó, rồi thêm nơi đã chia sẻ nhé.
proof-prompt-instead = { $You } gửi minh chứng mới vào đây: liên kết bài đăng, ảnh chụp màn hình, hoặc vài chữ. Minh chứng cũ sẽ được gỡ.
proof-old-gone = Minh chứng cũ đã được gỡ.
proof-forwarded = Bài chuyển tiếp thì chưa nhận làm minh chứng được. { $You } gửi liên kết hoặc ảnh chụp màn hình; còn nếu muốn báo tin nghi vấn, { $you } chọn “{ cancel }” rồi chuyển tiếp lại.
proof-added = Đã thêm. Cảm ơn { $you }! Còn liên kết hay ảnh khác thì { $you } gửi tiếp, hết thì chọn “{ proof-done }”.
proof-done = Xong
proof-was-to-check = Không phải minh chứng, đây là tin cần kiểm tra
proof-picture-again = Ảnh vừa rồi chưa được lưu. { $You } gửi lại ảnh đó vào đây nhé.
proof-finished = Cảm ơn { $you }. Minh chứng đã được ghi nhận.
proof-reading = { $count ->
    [one] Cảm ơn { $you }, ảnh đã tới. Đang tìm thông báo trong ảnh…
   *[other] Cảm ơn { $you }, { $count } ảnh đã tới. Đang tìm thông báo trong ảnh…
}
proof-found = 🔎 Đã thấy thông báo số { $number } trong ảnh { $you } gửi.
proof-not-found = 🔎 Bot chưa thấy thông báo số { $number } trong ảnh. Đây có phải ảnh bài { $you } đã chia sẻ không? Nếu { $you } viết bằng lời của mình, hoặc ảnh chỉ có một phần, thì không sao: lượt chia sẻ và minh chứng vẫn được ghi nhận. Nếu gửi nhầm ảnh, { $you } chọn “{ share-see-mine }” để gỡ.
proof-known = Minh chứng này { $you } đã gửi rồi, chỉ tính một lần.
proof-elsewhere = Liên kết hoặc ảnh này đã có người gửi nên không tính thêm. Nếu gửi nhầm, { $you } gửi liên kết hoặc ảnh khác nhé; lượt chia sẻ của { $you } vẫn được ghi nhận.
proof-alike = Đã thêm, nhưng ảnh này rất giống một ảnh { $you } đã gửi. Nếu là cùng một bài, { $you } chọn “{ share-see-mine }” để gỡ bớt một ảnh nhé.
proof-no-post =
    { $link }
    Liên kết này có vẻ không dẫn tới một bài đăng. Có đúng { $you } đã đăng ở đây không? Nếu gửi nhầm, { $you } gửi liên kết khác vào đây nhé.
proof-anyway = Đúng, dùng liên kết này
proof-picture-unread = Chưa mở được ảnh này: ảnh quá lớn (tối đa 10 MB), bị lỗi, hoặc mạng đang chậm. { $You } gửi lại dưới dạng ảnh nhé.
proof-part-missing = Trong loạt này có tệp chưa nhận làm minh chứng được: không phải ảnh, hoặc ảnh không mở được. Nếu cần, { $you } gửi thêm ảnh chụp màn hình nhé.
proof-no-video = Chưa nhận video làm minh chứng được. { $You } gửi ảnh chụp màn hình, liên kết, hoặc vài chữ nhé.
proof-no-voice = Chưa nhận ghi âm làm minh chứng được. { $You } gửi ảnh chụp màn hình, liên kết, hoặc gõ vài chữ nhé.
proof-words-too-long = Đoạn này dài quá { $over } ký tự (tối đa { $limit }). { $You } chỉ cần ghi ngắn gọn nơi đã chia sẻ.
proof-words-wanted = { $You } gõ vài chữ (tối đa { $limit } ký tự), hoặc chọn “{ cancel }”.
proof-not-asked-for = Thông báo này không cần minh chứng: { $you } chỉ cần chọn “{ shared-button }” là đủ.
proof-gone = Minh chứng này không còn nữa, { $you } không cần làm gì thêm.
proof-asked-about =
    Cán bộ hỏi về minh chứng { $you } gửi cho thông báo số { $number } ({ $what }):
    <blockquote>{ $question }</blockquote>
    { $You } có thể trả lời, thay hoặc gỡ minh chứng. Không bắt buộc; lượt chia sẻ vẫn được ghi nhận. Cán bộ không biết { $you } là ai.
proof-reply = Trả lời
proof-swap = Thay minh chứng
proof-drop = Gỡ minh chứng
proof-reply-prompt = { $You } gõ câu trả lời nhé. Cán bộ sẽ đọc, nhưng không biết { $you } là ai.
proof-reply-sent = Đã chuyển câu trả lời của { $you }. Cảm ơn { $you }.
proof-dropped = Đã gỡ minh chứng cho thông báo số { $number }. Lượt chia sẻ của { $you } vẫn được ghi nhận.

menu-proofs = Xem minh chứng của một thông báo
proofs-which = { $You } muốn xem minh chứng của thông báo nào?
proofs-unknown = Không tìm thấy thông báo số { $number } trong các thông báo đã gửi. { $You } gõ /thongke để xem lại.
proofs-none = Thông báo số { $number } chưa có minh chứng nào. Gõ /thongke { $number } để xem số liệu.
proofs-list = Minh chứng chia sẻ thông báo số { $number } (không kèm tên hội viên):
proofs-picture = Ảnh chụp màn hình
proofs-words = “{ $words }”
proofs-mark-asked = {" "}· đã hỏi
proofs-mark-answered = {" "}· đã trả lời
proofs-file = minh-chung-{ $id }.jpg
proofs-card =
    <b>Minh chứng cho thông báo số { $number }</b>
    { $what }
proofs-card-question =
    Đã hỏi:
    <blockquote>{ $question }</blockquote>
proofs-card-answer =
    Hội viên trả lời:
    <blockquote>{ $answer }</blockquote>
proofs-card-waits = Hội viên chưa trả lời; việc đó không bắt buộc.
proofs-ask = Hỏi lại hội viên
proofs-ask-again = Hỏi thêm
proofs-all = Xem tất cả
statistics-see-proofs = Minh chứng
proofs-see = Xem minh chứng
proofs-why = Minh chứng này chưa phù hợp ở chỗ nào? { $You } viết để hội viên đọc; hội viên không thấy tên { $you }.
proofs-asked = Đã gửi câu hỏi. Khi hội viên trả lời, { $you } sẽ nhận được ở đây.
proofs-answered =
    Hội viên trả lời về một minh chứng của thông báo số { $number }:
    <blockquote>{ $answer }</blockquote>
proofs-replaced = Hội viên đã thay minh chứng { $you } hỏi ở thông báo số { $number }.
proofs-dropped = Hội viên đã gỡ minh chứng { $you } hỏi ở thông báo số { $number }.
proofs-gone = Minh chứng này không còn nữa: hội viên đã gỡ hoặc đã quá hạn giữ. Gõ /minhchung để xem những minh chứng khác.
proofs-nobody = Không còn hỏi được người gửi minh chứng này nữa. Gõ /minhchung để xem những minh chứng khác.
proof-more = Thêm nữa
proof-enough = Mỗi thông báo nhận tối đa { $most } minh chứng. { $You } gửi vậy là đủ rồi, cảm ơn { $you }.
proof-without-share = { $You } chưa xác nhận chia sẻ thông báo này, hoặc đã bỏ xác nhận. Nếu đã chia sẻ, { $you } chọn “{ shared-button }” dưới thông báo rồi thêm nhé.

remind-when = { $You } muốn được nhắc lúc nào?
remind-already = { $You } đang hẹn nhắc lúc { $when }. { $You } muốn đổi sang lúc khác?
remind-hour = Sau 1 giờ
remind-tonight = Tối nay, 19:30
remind-morning = Sáng mai, 7:00
remind-other = Giờ khác…
remind-type = { $You } muốn được nhắc lúc nào? { $You } viết như: 19h30 mai, 8h thứ Hai, 15/3 7:00.
remind-rests = Giờ { $you } chọn nằm trong giờ yên lặng, nên lời nhắc đến khi hết giờ ấy.
remind-after-the-end = Lúc { $when } thì thông báo đã hết hiệu lực. { $You } chọn giờ sớm hơn nhé.
remind-too-far = Lời nhắc chỉ đặt được trong vòng một năm. { $You } chọn giờ gần hơn nhé.
remind-off = Bỏ nhắc
remind-set = Sẽ nhắc { $you } về thông báo số { $number } lúc { $when }.
remind-dropped = Đã bỏ nhắc về thông báo số { $number }.
remind-past = Giờ này đã qua, hoặc đến lúc đó thông báo đã hết hiệu lực. { $You } chọn lại “{ remind-button }” để chọn giờ khác nhé.
remind-too-late = Thông báo số { $number } đã hoặc sắp hết hiệu lực nên không đặt lời nhắc được nữa. Gõ /thongbao để xem các thông báo còn hiệu lực.
remind-shared = { $You } đã xác nhận chia sẻ thông báo số { $number } nên không cần nhắc nữa. Muốn đọc lại, { $you } gõ /thongbao { $number }.
remind-head = 🔔 { $You } nhờ nhắc:

menu-announcements = Đọc lại thông báo
reading-list = Có { $count } thông báo còn hiệu lực. { $You } chọn một thông báo để đọc lại:
reading-none = Hiện chưa có thông báo nào còn hiệu lực. Khi có, câu lạc bộ sẽ gửi đến những ai đã chọn nhận.
reading-open = { $number }. { $title }
reading-open-urgent = 🔴 { $number }. { $title }
reading-over = Thông báo số { $number } đã hết hiệu lực. { $You } gõ /thongbao để xem các thông báo còn hiệu lực.
reading-unknown = Không tìm thấy thông báo này. { $You } gõ /thongbao để xem các thông báo còn hiệu lực.
reading-recalled = Thông báo số { $number } đã được thu hồi, { $you } vui lòng không chia sẻ tiếp. Gõ /thongbao để xem các thông báo còn hiệu lực.

menu-statistics = Số liệu các thông báo
statistics-none = Chưa có thông báo nào được gửi đi. Muốn soạn thông báo, { $you } gõ /soan.
statistics-head = <b>Các thông báo gần đây</b>
statistics-meetings = <b>Các cuộc họp gần đây</b>
statistics-meeting =
    <b>{ $title }</b>, { $day }
    Đã mời: { $invited } · Nhận lời: { $yes } · Chờ chỗ: { $waiting } · Đã đến: { $came }
statistics-line =
    <b>{ $number }. { $title }</b>
    Đã gửi: { $sent } · Có thao tác: { $opened } · Đã chia sẻ: { $shared } người
statistics-line-few =
    <b>{ $number }. { $title }</b>
    Đã gửi: { $sent }
statistics-open = Số { $number }
statistics-full =
    <b>Thông báo số { $number }: { $title }</b>

    Đã gửi: { $sent }
    Đang chờ gửi: { $waiting }
    Không liên lạc được: { $gone }
    Gửi không thành công: { $failed }
    Chưa rõ đã tới hay chưa: { $uncertain }
statistics-not-now = Chưa gửi được lúc này, sẽ gửi khi họ nhắn cho bot: { $count }
told-under = dưới { $number }
told-over = trên { $number }
told-some = một số
statistics-few = Có quá ít người nhận bản này, nên không tách ai có thao tác, ai đã chia sẻ.
statistics-opened = Có thao tác (bấm nút hoặc chọn một mục): { $opened } người
statistics-shared = Xác nhận đã chia sẻ: { $shared } người
statistics-proofs = Minh chứng gửi kèm: { $links } liên kết, { $pictures } ảnh
statistics-platforms = Liên kết theo nơi đăng: { $each }
statistics-reach = Lượt xem các bài công khai, do cán bộ tự ghi: { $reach }
statistics-other-page = Trang khác
statistics-areas = Theo địa bàn (đã gửi · có thao tác · đã chia sẻ):
statistics-area = • { $name }: { $sent } · { $opened } · { $shared }
statistics-areas-joint = { $count } địa bàn ít người, gộp chung
statistics-area-none = Toàn tỉnh (không chọn địa bàn)
statistics-area-former = Địa bàn cũ
statistics-days = Theo ngày (thao tác lần đầu · đã chia sẻ):
statistics-day = • { $day }: { $opened } · { $shared }
statistics-caption = 📊 { $title }
statistics-dark = Nền tối
statistics-light = Nền sáng
statistics-export = Xuất tệp
statistics-chart-title = Các thông báo gần đây
statistics-chart-several = Gửi, thao tác và chia sẻ
statistics-chart-way = Từ gửi đến chia sẻ
statistics-chart-days = Theo ngày
statistics-chart-areas = Theo địa bàn
statistics-chart-platforms = Liên kết gửi kèm, theo nơi đăng
statistics-series-sent = Đã gửi
statistics-series-opened = Có thao tác
statistics-series-shared = Đã chia sẻ
reach-note = Ghi lượt xem
reach-head = <b>Lượt xem các bài chia sẻ công khai, thông báo số { $number }</b>
reach-line =
    { $place }. { $links }
    Lượt xem đã ghi: { $reach }
reach-unknown = chưa có
reach-pick = Ghi bài { $place }
reach-none = Hội viên chưa gửi liên kết nào cho thông báo này. Gõ /thongke để xem các thông báo khác.
reach-ask = Bài này có bao nhiêu lượt xem? { $You } gõ con số đọc được trên bài, ví dụ 1.200 hoặc 3,5k. Gõ 0 để bỏ số đã ghi.
reach-unclear = Bot chưa đọc được con số này. { $You } gõ ví dụ 1.200 hoặc 3,5k, hoặc /huy để dừng.
reach-gone = Lượt chia sẻ này không còn được tính. Gõ /thongke để xem số liệu.
reach-noted = Đã ghi: { $reach } lượt xem.
reach-more = Ghi bài khác
statistics-unknown = Không có thông báo số này trong các thông báo đã gửi. { $You } gõ /thongke để xem các thông báo gần đây.

menu-export = Xuất số liệu ra tệp
export-which = Xuất số liệu { $days } ngày gần đây. Tệp chỉ có số liệu chung, liên kết công khai và kết luận; không có tên hội viên.
export-all = Tất cả (Excel)
export-one = { $name } (CSV)
export-days = Lấy { $days } ngày
export-caption = Số liệu { $days } ngày gần đây.
export-sheet-all = tất cả
export-file-all = niem-tin.xlsx
export-file-announcements = thong-bao.csv
export-file-deliveries = luot-gui.csv
export-file-shares = chia-se.csv
export-file-cases = vu-viec.csv
export-sheet-announcements = Thông báo
export-sheet-deliveries = Lượt gửi
export-sheet-shares = Chia sẻ
export-sheet-cases = Vụ việc
export-head-number = Số
export-head-title = Tiêu đề
export-head-state = Trạng thái
export-head-issuer = Nơi phát hành
export-head-source = Nguồn kiểm chứng
export-head-ref = Số văn bản
export-head-urgent = Khẩn
export-head-areas = Địa bàn
export-head-sent_at = Bắt đầu gửi
export-head-valid_until = Có hiệu lực đến
export-head-sent = Đã gửi
export-head-opened = Có thao tác
export-head-shared = Xác nhận chia sẻ
export-head-links = Liên kết gửi kèm
export-head-pictures = Ảnh gửi kèm
export-head-reach = Lượt xem (cán bộ tự ghi)
export-head-platform = Nơi đăng
export-head-link = Liên kết
export-head-case = Mã vụ việc
export-head-category = Loại
export-head-opened_case = Ngày mở
export-head-flags = Số người báo
export-head-rating = Kết luận
export-head-claim = Nội dung được báo
export-head-explanation = Giải thích kết luận
export-head-sources = Nguồn kiểm chứng
export-head-decided = Ngày kết luận
export-announcement-sending = Đang gửi
export-announcement-sent = Đã gửi
export-announcement-recalled = Đã thu hồi
export-announcement-expired = Hết hiệu lực
export-case-new = Chưa có ai xử lý
export-case-in_review = Đang xử lý
export-case-waiting = Chờ nguồn kiểm chứng
export-case-decided = Đã có kết luận
export-case-out_of_scope = Ngoài phạm vi
export-case-merged = Đã gộp vào vụ việc khác
export-state-queued = Đang chờ
export-state-recipients = Số người nhận
export-state-not_reached = Chưa tới, hoặc chưa rõ đã tới hay chưa
export-state-sent = Đã gửi
export-state-failed = Gửi không thành công
export-state-not_now = Chưa gửi được lúc này
export-state-gone = Không liên lạc được
export-state-uncertain = Chưa rõ đã tới hay chưa
export-state-cancelled = Không gửi nữa

### ---- Hỏi – đáp (questions) ----

menu-ask = Hỏi câu lạc bộ
menu-questions = Câu hỏi của hội viên
question-prompt = { $You } muốn hỏi điều gì? { $You } gõ câu hỏi vào đây, tối đa { $limit } ký tự. Cán bộ đọc và trả lời mà không thấy tên { $you }.
question-prompt-about = { $You } muốn hỏi gì về thông báo số { $number }? { $You } gõ câu hỏi vào đây, tối đa { $limit } ký tự. Cán bộ đọc và trả lời mà không thấy tên { $you }.
question-words-wanted = Bước này cần chữ, mời gõ vào đây. Muốn nhờ kiểm tra một bài, gõ /huy rồi chuyển tiếp bài đó.
text-too-long = Dài quá { $over } ký tự (tối đa { $limit }). Vui lòng viết gọn lại.
question-too-many = Trong 24 giờ qua { $you } đã hỏi { $most } câu. Để câu lạc bộ kịp trả lời, mời { $you } hỏi tiếp vào ngày mai.
question-sent = Đã gửi câu hỏi. Có câu trả lời, bot sẽ nhắn ngay cho { $you }.
question-sent-about = Đã gửi câu hỏi về thông báo số { $number }. Có câu trả lời, bot sẽ nhắn ngay cho { $you }.
question-meant = { $You } muốn hỏi câu lạc bộ điều này?
question-ask-club = Hỏi câu lạc bộ
question-take-back = Rút lại câu hỏi
question-withdrawn = Đã rút lại. Câu hỏi đã được xoá.
question-too-late = Câu hỏi này đã được trả lời nên không rút lại được nữa. Muốn hỏi thêm, { $you } gõ /hoi.
question-answer =
    Câu lạc bộ trả lời câu hỏi của { $you }:
    <blockquote>{ $question }</blockquote>
    { $answer }
question-ask-more = Hỏi thêm
question-closed-notice = Câu lạc bộ đã đọc tin { $you } gửi { $day } và xin phép không trả lời riêng. Nếu { $you } vẫn cần hỏi, { $you } gõ /hoi nhé. Cảm ơn { $you }!
question-new = Có câu hỏi mới của hội viên.
question-see = Xem câu hỏi
question-list =
    <b>{ $count } câu hỏi chờ trả lời</b>
    Câu cũ nhất đứng đầu.
question-none = Không có câu hỏi nào đang chờ.
question-answered-button = Xem câu đã trả lời
question-answered-list = <b>Câu hỏi đã trả lời</b>
question-none-answered = Chưa có câu hỏi nào được trả lời.
question-line = { $number } · { $text }
question-line-taken = ✏️ { $number } · { $text }
question-card =
    <b>Câu hỏi { $number }</b> · { $day }
    { $about }
    <blockquote>{ $text }</blockquote>
question-card-answer = Đã trả lời: { $text }
question-about-club = Hỏi chung
question-about-announcement = Về thông báo số { $number }
question-state-new = Chưa có ai trả lời.
question-state-mine = { $You } đang trả lời câu này.
question-state-taken = Một cán bộ khác đang trả lời câu này.
question-state-answered = Đã trả lời người hỏi.
question-state-closed = Đã đóng, không cần trả lời.
question-state-public = Đã trả lời người hỏi và đăng ở Hỏi – đáp.
question-take = Nhận trả lời
question-return = Trả lại
question-close = Không cần trả lời
question-to-list = ◀ Danh sách
question-answer-it = Viết câu trả lời
question-gone = Câu hỏi này không còn nữa: người hỏi đã rút lại, hoặc đã hết hạn lưu. Gõ /cauhoi để xem những câu khác.
question-not-yours = { $You } chưa nhận hoặc không còn giữ câu hỏi này. Gõ /cauhoi để xem lại.
question-stale = Lựa chọn này không còn dùng được. { $You } mở lại câu hỏi trong /cauhoi.
question-type-now = { $You } gõ câu trả lời ngay vào đây; bot cho xem trước rồi mới gửi. Người hỏi không thấy tên { $you }.
question-change = Viết lại
question-answer-prompt = { $You } gõ câu trả lời. Người hỏi không thấy tên { $you }.
question-preview = Người hỏi sẽ đọc <b>đúng như dưới đây</b>:
question-preview-end = Gửi đi chưa? Muốn viết lại, { $you } gõ câu trả lời khác.
question-send = Gửi câu trả lời
question-answered = Đã gửi câu trả lời.
question-publish = Thêm vào Hỏi – đáp
question-publish-prompt =
    Hội viên đã hỏi:
    <blockquote>{ $text }</blockquote>
    { $You } viết lại thành câu hỏi chung cho mọi người, không kèm điều gì riêng của ai. Tối đa { $limit } ký tự.
question-personal = Câu này có số hoặc địa chỉ có thể là của riêng ai đó. { $You } viết lại cho chung giúp nhé.
question-publish-answer-prompt = Câu trả lời cho mọi người: { $you } giữ nguyên câu đã gửi nếu trong đó không có gì riêng tư, hoặc gõ câu khác (tối đa { $limit } ký tự).
question-publish-keep = Giữ nguyên
question-publish-preview = Dưới thông báo số { $number }, hội viên sẽ đọc <b>đúng như sau</b>:
question-publish-yes = Đăng lên Hỏi – đáp
question-publish-again = Viết lại
faq-button = Hỏi – đáp
faq-ask = Hỏi câu lạc bộ
faq-none = Chưa có câu hỏi nào được đăng về thông báo số { $number }. { $You } có điều gì muốn hỏi không?
faq-head =
    <b>Hỏi – đáp về thông báo số { $number }</b>
    { $title }
faq-entry =
    <b>Hỏi:</b> { $question }
    <b>Đáp:</b> { $answer }
faq-open = Xem Hỏi – đáp
faq-remove = Gỡ câu { $place }
faq-remove-sure =
    Gỡ câu này khỏi Hỏi – đáp?
    <blockquote>{ $question }</blockquote>
faq-remove-yes = Gỡ
faq-removed = Đã gỡ khỏi Hỏi – đáp.

### ---- Hướng dẫn cán bộ (tour) ----

menu-tour = Hướng dẫn cho cán bộ
tour-screen =
    <b>Hướng dẫn { $number }/{ $total }</b>
    { $text }
tour-duties =
    { $You } có ba việc chính:
    /soan – soạn thông báo; /choduyet – duyệt thông báo của người khác
    /choxuly – kết luận về tin nghi vấn
    /cauhoi – trả lời hội viên
tour-approval =
    Không ai gửi thông báo một mình. Người soạn xem trước đúng bản hội viên sẽ nhận; cán bộ khác duyệt đúng bản đó rồi bot mới gửi. Sửa một chữ là phải duyệt lại.
    Kênh này không vận động ủng hộ hay phản đối người ứng cử nào.
tour-case =
    Với mỗi tin nghi vấn, { $you } nhận xử lý, chọn kết luận, tóm tắt bằng lời của mình, nêu lý do và nguồn công khai. Mọi người đã báo đều được trả lời.
    Ý kiến, phê bình không thuộc phạm vi: { $you } đóng lại và nội dung được xoá.
tour-privacy =
    { $You } không thấy ai đã báo tin, ai đặt câu hỏi, ai chưa chia sẻ; xin đừng tìm cách đoán.
    Mọi việc { $you } làm đều được ghi vào nhật ký, không ai sửa được.
    Giờ mời { $you } xem hội viên nhận thông báo thế nào.
tour-next = Tiếp ▶
tour-trial = Gửi bản thử cho tôi
tour-done = Bản thử đang đến, chỉ mình { $you } nhận. Xem lại hướng dẫn lúc nào cũng được: /huongdancanbo
tour-sample-title = Đổi giờ làm việc của Trụ sở tiếp công dân
tour-sample-text = Đây là nội dung ví dụ để { $you } xem một thông báo trông thế nào trên điện thoại của hội viên.
tour-sample-fact = Thông báo này không có thật
tour-sample-source = 01/VD-THU

### ---- Báo tin nghi vấn (flagging) ----

menu-flag = Báo tin nghi vấn
menu-check = Tra xem một tin có thật không
menu-reported = Tin tôi đã báo
page-previous = ◀ Trang trước
page-next = Trang sau ▶
flag-prompt = Mời gửi hoặc chuyển tiếp tin cần kiểm tra vào đây: chữ, liên kết, ảnh hay video đều được.
flag-unsupported = Câu lạc bộ chưa kiểm tra được loại tin này. Nếu có điều cần kiểm tra, { $you } gõ lại bằng chữ, hoặc gửi liên kết hay ảnh nhé.
flag-picture-unread = Chưa mở được ảnh này: ảnh quá lớn, bị lỗi, hoặc thuộc loại chưa hỗ trợ. { $You } gửi lại dưới dạng ảnh (không phải tệp), hoặc gửi ảnh chụp màn hình nhé.
flag-album-unread = Trong loạt này có ảnh chưa mở được: ảnh quá lớn, bị lỗi, hoặc thuộc loại chưa hỗ trợ. { $You } gửi lại cả loạt dưới dạng ảnh (không phải tệp), hoặc gửi ảnh chụp màn hình nhé.
flag-unsure = { $You } muốn báo đây là tin cần kiểm tra, hay muốn hỏi câu lạc bộ? Gõ /trogiup để xem những việc khác.
flag-this = Tôi muốn báo tin này
flag-courtesy = Cảm ơn { $you }!
flag-officer-unsure = { $You } gửi nội dung này để làm gì? Bot chưa gửi đi đâu và chưa lưu gì. Nếu { $you } đang trả lời hay soạn dở việc khác, mời mở lại việc đó rồi gửi lại.
flag-officer-compose = Soạn thông báo
flag-officer-queue = Xử lý tin nghi vấn
flag-officer-flag = Báo đây là tin nghi vấn
flag-is-proof = Đây là nơi tôi chia sẻ thông báo số { $number }
flag-choose-above = Mời chọn một mục ở câu hỏi bên trên, hoặc gõ /huy để dừng.
flag-stale = Mục này là của lần báo tin trước nên bot chưa gửi gì. Muốn báo, mời { $you } gửi lại tin vào đây.
flag-too-many = Cảm ơn { $you } đã báo nhiều tin! Để kiểm tra kịp, mời { $you } gửi tiếp sau { $time }.
search-too-many = { $You } đã tra cứu nhiều tin trong giờ này. Để ai cũng được trả lời nhanh, mời { $you } gửi tin tiếp theo sau { $time }. Các tin đã báo trước đó vẫn được giữ.
flag-new =
    Chưa có kết luận về tin này. Gửi câu lạc bộ kiểm tra nhé?

    { $post }

    Câu lạc bộ chỉ kiểm tra <b>những điều xác minh được</b>, không xét ý kiến, phê bình.
    Câu lạc bộ không ghi lại ai viết bài; cán bộ không biết ai đã báo.
flag-album-added = Đã thêm vào loạt ảnh, tệp { $you } gửi trước đó. Mời { $you } trả lời câu hỏi ở trên.
flag-files-full = Một lần báo tin giữ tối đa { $most } ảnh, tệp. Bot giữ { $most } cái đầu; phần còn lại { $you } báo ở một tin khác.
flag-category-scam = Lừa đảo
flag-category-impersonation = Giả mạo cơ quan, người khác
flag-category-false_details = Sai ngày giờ, địa điểm, thủ tục
flag-category-doctored_picture = Ảnh, video cắt ghép
flag-category-rumour = Tin đồn sức khoẻ, thiên tai
flag-category-unknown = Chưa rõ loại
flag-unknown = Tôi không biết
flag-ask-category = Nếu biết, { $you } chọn loại tin để cán bộ xử lý nhanh hơn; không chọn cũng được.
flag-said-category = Loại tin: <b>{ $category }</b>
flag-said-too-late = Tin này đã xử lý xong nên không cần chọn loại nữa. Cảm ơn { $you }!
flag-dropped = Đã bỏ. Bot không gửi và không lưu gì.
flag-evidence-stays = Với loại tin này, câu lạc bộ giữ cả tên tài khoản và các số trong bài, vì đó chính là điều cần kiểm tra.
flag-document-stays = Tên tệp và thông tin về tác giả được bỏ trước khi cán bộ xem. Nội dung trong tệp được giữ nguyên, kể cả dữ liệu ẩn trong hình hay nhận xét.
flag-recording-stays = Video và bản ghi âm được giữ nguyên: cán bộ có thể thấy dữ liệu ẩn trong đó, như nơi quay hay loại máy. Tệp lớn hơn 20 MB, cán bộ không xem được.
flag-words = “{ $text }”
flag-link = <code>{ $url }</code>
flag-reading = { $count ->
    [one] Đang đọc ảnh…
   *[other] Đang đọc { $count } ảnh…
}
flag-reading-video = Đang đọc chữ trên ảnh bìa của video…
flag-picture-words = Chữ máy đọc trong ảnh: “{ $text }”
case-picture-words = [Chữ máy đọc trong ảnh, có thể sai: so với ảnh hoặc video ở trên] { $text }
flag-payment = Mã chuyển khoản: { $bank }, số tài khoản { $account }
flag-media-photo = { $count } ảnh
flag-media-video = { $count } video
flag-media-video_note = { $count } video tròn
flag-media-animation = { $count } ảnh động
flag-media-voice = { $count } đoạn ghi âm
flag-media-audio = { $count } tệp âm thanh
flag-media-document = { $count } tệp
flag-send = Gửi kiểm tra
flag-sent =
    Đã gửi kiểm tra, cảm ơn { $you }. Mã theo dõi: <b>{ $code }</b>
    <b>Chưa có kết luận: tạm thời { $you } đừng chuyển tiếp tin này.</b>
    Khi có kết luận, câu lạc bộ báo ngay. Muốn xem lại, gõ /tindabao
flag-again = { $You } đã báo tin này rồi, mã <b>{ $code }</b>: { $state }. Chưa có kết luận thì tạm thời đừng chuyển tiếp; khi có, câu lạc bộ báo ngay.
flag-known =
    Tin này đã được kiểm tra.

    { $verdict }
flag-known-link =
    Trong tin này có một liên kết đã được kết luận: { $rating }.

    { $verdict }
flag-known-open =
    Tin này đã có người báo (mã <b>{ $code }</b>{ $kind ->
        [unknown] )
       *[known] , { $category })
    }: { $state }. Tạm thời { $you } đừng chuyển tiếp.
    { $You } chọn “{ flag-join }” để nhận kết luận ngay khi có.
flag-join = Tôi cũng báo tin này
flag-similar = Tin này gần giống tin đã có. Có phải là một trong những tin dưới đây không?
flag-similar-line = <b>{ $number }.</b> { $says }
flag-similar-decided = { $claim } Kết luận: <b>{ $rating }</b>
flag-similar-open = { $category }, { $state }: { $post }
flag-similar-is = Là tin { $number }
flag-similar-none = Không phải tin nào ở trên
flag-differs = · Tin đã có: “{ $there }”. Tin của { $you }: “{ $here }”
flag-helped = 👍 Có ích
flag-not-this = Không, đây là tin khác
flag-helped-thanks = Cảm ơn { $you } đã cho biết!
flag-answered-already = { $You } đã trả lời rồi, hoặc đã gửi tin khác sau đó. Cảm ơn { $you }!
flag-also = Đã nhận thêm, tất cả { $count } tin. Mời { $you } trả lời câu hỏi ở trên.
flag-several = { $You } vừa gửi thêm tin. Gộp tất cả thành một lần báo, hay báo từng tin?
flag-together = Gộp thành một
flag-apart = Báo từng tin
flag-one-after-the-other = { $You } báo xong các tin vừa gửi rồi hãy gửi tiếp nhé. Mời chọn một mục ở câu hỏi bên trên.
flag-follow = Báo cho tôi khi kết luận thay đổi
flag-following = Vâng, nếu kết luận thay đổi, bot sẽ nhắn { $you }.
flag-no-verdict-yet = Tin này chưa có kết luận. Khi có, câu lạc bộ sẽ báo; gõ /tindabao để xem lại.
flag-delayed =
    { $count ->
        [1] Tin { $you } báo (mã <b>{ $codes }</b>) cần thêm thời gian: câu lạc bộ vẫn đang kiểm tra.
       *[other] { $count } tin { $you } báo (mã <b>{ $codes }</b>) cần thêm thời gian: câu lạc bộ vẫn đang kiểm tra.
    }
    Tạm thời { $you } đừng chuyển tiếp nhé. Khi có kết luận, câu lạc bộ báo ngay.
flag-delayed-quote = <blockquote><b>{ $code }</b>: { $quote }</blockquote>
code-of-case = Vụ việc <b>{ $code }</b>:
code-unknown = Bot không tìm thấy mã <b>{ $code }</b>. { $You } xem lại từng ký tự: mã không có chữ O, I và số 0, 1. Xem các tin đã báo và mã của chúng: /tindabao
flag-none-yet = { $You } chưa báo tin nào. Gặp tin đáng ngờ, { $you } cứ chuyển tiếp vào đây.
flag-list = <b>Tin { $you } đã báo</b>
flag-line = <b>{ $code }</b> · { $day } – { $state }
flag-read = Đọc kết luận { $code }
flag-state-new = đang chờ xử lý
flag-state-in_review = đang xem xét
flag-state-waiting = đang chờ nguồn kiểm chứng
flag-state-decided = đã có kết luận
flag-state-out_of_scope = ngoài phạm vi kiểm tra
flag-state-merged = đã gộp với một tin tương tự
flag-question-head = Về tin { $you } báo (mã <b>{ $code }</b>):
flag-question =
    Cán bộ muốn hỏi: “{ $question }”

    { $You } trả lời hay không cũng được. Xin đừng ghi tên hay điều gì cho biết { $you } là ai: cán bộ không biết ai đã báo, ai trả lời.
flag-question-answer = Trả lời
flag-question-prompt = Mời { $you } viết câu trả lời, tối đa { $most } ký tự. Đừng ghi tên; số điện thoại, số giấy tờ được che bớt. Không muốn trả lời thì chọn “{ cancel }”.
flag-question-text = Câu trả lời viết bằng chữ, tối đa { $most } ký tự. Gõ /huy để dừng.
flag-question-answered =
    Cảm ơn { $you }. Cán bộ sẽ đọc đúng như sau, không kèm tên và giờ:

    “{ $text }”
flag-question-answered-already = { $You } đã trả lời câu hỏi này rồi. Cảm ơn { $you }!
flag-question-over = Câu hỏi này đã đóng nên không cần trả lời nữa. Cảm ơn { $you }!
check-prompt = Mời { $you } gửi hoặc chuyển tiếp vào đây tin muốn tra. Lệnh này chỉ tìm kết luận đã có; bot không báo và không lưu tin này.
check-nothing = Câu lạc bộ chưa có kết luận nào về tin này. { $You } có muốn báo để cán bộ kiểm tra không?
check-announcements = Chưa có kết luận về tin này. Câu lạc bộ có thông báo nhắc đến những từ đó; { $you } chọn để đọc:
check-similar = Chưa có kết luận về đúng tin này. Có những kết luận gần giống, mới nhất ở trên:
check-not-these = Không phải, tôi muốn báo tin này
genuine-name-announcement = thông báo số { $number }
genuine-name-correction = tin báo đính chính thông báo số { $number }
genuine-name-recall = tin báo thu hồi thông báo số { $number }
genuine-name-verdict = kết luận mã { $code }
genuine-yes = ✅ <b>Thật.</b> Đây là { $name } của câu lạc bộ, gửi ngày { $day }, nguyên văn.
genuine-quote = 📎 <b>Trích đúng.</b> Đây là một phần { $name } của câu lạc bộ, gửi ngày { $day }. { $You } xem toàn văn ở dưới nhé: phần còn lại có thể quan trọng.
genuine-lookalike = 🖼 Ảnh này <b>trông giống</b> ảnh { $name } của câu lạc bộ, gửi ngày { $day }. Bot chưa so được chữ trong ảnh: { $you } so từng chữ, từng số với bản thật ở dưới nhé.
genuine-lookalike-read = 🖼 Ảnh này <b>trông giống</b> { $name } của câu lạc bộ, gửi ngày { $day }. Trong phần giống ấy, máy chưa thấy số, ngày giờ nào khác bản thật, nhưng máy có thể đọc sai: { $you } so lại với bản thật ở dưới nhé. Chữ nào không có ở dưới thì không phải của câu lạc bộ.
genuine-lookalike-outdated = ⌛ Ảnh này <b>trông giống một bản cũ</b>: { $name } của câu lạc bộ, gửi ngày { $day }, nay <b>đã có bản thay thế</b>. Xin dùng bản mới ở dưới và đừng chuyển tiếp ảnh này.
genuine-lookalike-recall = 🖼 Ảnh này <b>trông giống</b> { $name } của câu lạc bộ, gửi ngày { $day }. Thông báo ấy đúng là đã được thu hồi.
genuine-lookalike-recalled = ⌛ Ảnh này <b>trông giống</b> { $name } của câu lạc bộ, gửi ngày { $day }, nhưng câu lạc bộ <b>đã thu hồi</b>. Xin đừng làm theo và đừng chuyển tiếp.
genuine-outdated = ⌛ <b>Bản cũ.</b> Đây là { $name } của câu lạc bộ, gửi ngày { $day }, nhưng <b>đã có bản thay thế</b>. Xin dùng bản mới ở dưới và đừng chuyển tiếp bản cũ.
genuine-recalled = ⌛ <b>Đã thu hồi.</b> Đây là { $name } của câu lạc bộ, gửi ngày { $day }, nhưng câu lạc bộ <b>đã thu hồi</b>. Xin đừng làm theo và đừng chuyển tiếp.
genuine-recalled-since = ⌛ Sau đó câu lạc bộ đã thu hồi thông báo này.
genuine-changed = ⚠️ <b>Bị sửa.</b> Tin này giống { $name } của câu lạc bộ, gửi ngày { $day }, nhưng <b>không phải nguyên văn</b>. Những chỗ khác biệt:
genuine-changed-picture = ⚠️ <b>Bị sửa.</b> Ảnh này giống { $name } của câu lạc bộ, gửi ngày { $day }, nhưng chữ trong ảnh <b>khác bản thật</b>. Chữ do máy đọc nên có thể sai: { $you } nhìn lại trong ảnh những chỗ sau nhé.
genuine-changed-outdated = Bản thật ấy nay cũng đã hết hiệu lực.
genuine-differs =
    · bản thật: { $ours }
    {"  "}tin này: { $theirs }
genuine-differs-more = · và { $count } chỗ khác nữa
genuine-no-words = (không có)
genuine-valid = Vẫn còn hiệu lực.
genuine-over = ⌛ Đã hết hiệu lực từ { $when }.
genuine-code = Mã kiểm chứng: <code>{ $code }</code> (gửi cho bot để xem đúng bản này)
genuine-code-unknown = Không có bản nào của câu lạc bộ mang mã này. { $You } xem lại từng chữ, từng số nhé.
imitation-changed = Nếu tin này mạo danh câu lạc bộ, { $you } chạm một lần để báo: cán bộ sẽ thấy cả hai bản lúc <b>{ $time }</b> và không biết ai đã báo.
imitation-lookalike = Nếu có chữ hay số khác, { $you } chạm một lần để báo: cán bộ sẽ thấy ảnh này lúc <b>{ $time }</b> và không biết ai đã báo.
imitation-report = 🚩 Báo là giả mạo
lookup-prompt = Mời { $you } gửi hoặc chuyển tiếp vào đây tin mang tên câu lạc bộ, hoặc mã trên ảnh. Bot cho biết đó có phải tin thật không; bot không lưu và không đếm ai đã hỏi.
lookup-nothing = Tin này không có trong những tin câu lạc bộ đã gửi cho mọi người. Cần hỏi thêm: { $contact }
flag-out-of-scope =
    Tin { $you } báo (mã <b>{ $code }</b>) là ý kiến, không phải điều xác minh được, nên câu lạc bộ không kết luận đúng sai. Nội dung tin đã được xoá.
    Cảm ơn { $you } đã lưu tâm.

### ---- Xử lý vụ việc (deciding) ----

menu-queue = Tin nghi vấn chờ xử lý
verdict-head = Kết luận: <b>{ $rating }</b>
verdict-head-again = Kết luận đã cập nhật: <b>{ $rating }</b>
verdict-rating-false = Sai sự thật
verdict-rating-misleading = Gây hiểu nhầm
verdict-rating-scam = Lừa đảo
verdict-rating-true = Đúng
verdict-rating-unproven = Chưa đủ căn cứ
verdict-rating-satire = Châm biếm
verdict-claim = Nội dung được báo: { $claim }
verdict-explanation = Giải thích: { $explanation }
verdict-sources = Nguồn kiểm chứng:
verdict-source = { $url }
verdict-foot = { $day } · Mã { $code }
verdict-notice-changed = Kết luận về tin { $you } báo (mã <b>{ $code }</b>) đã thay đổi.
verdict-several = <b>{ $count } tin { $you } báo đã có kết luận</b>
verdicts-title = Kết luận của { $club }
verdicts-intro = Những tin đã được kiểm tra, có giải thích và nguồn để ai cũng kiểm chứng được. Cơ quan vận hành: { $operator }.
verdicts-no-authors = Trang này không nêu người viết, người báo hay cán bộ kết luận.
verdicts-none = Chưa có kết luận nào.
verdicts-all = Tất cả kết luận
verdict-valid-until = Kết luận có hiệu lực đến { $when }.
verdict-over = ⌛ <b>Kết luận này đã hết hiệu lực</b> ({ $when }): nay có thể đã khác.
verdict-short = <b>{ $rating }</b>: { $claim } · Mã { $code }
verdict-changes = <b>Thay đổi so với lần trước:</b>
verdict-change-rating = · kết luận: { $before } → { $after }
verdict-change-claim = · nội dung được báo
verdict-change-explanation = · lời giải thích
verdict-change-sources = · nguồn kiểm chứng
verdict-change-valid_until = · thời hạn
verdict-notice = Tin { $you } báo (mã <b>{ $code }</b>) đã có kết luận.
verdict-quote = <blockquote>{ $quote }</blockquote>
verdict-not-helped = Chưa rõ
verdict-not-helped-thanks = Cảm ơn { $you } đã cho biết. { $You } cứ gửi lại tin kèm điều còn thắc mắc, hoặc hỏi cán bộ bằng lệnh /hoi.
verdict-rated-already = { $You } đã trả lời rồi. Cảm ơn { $you }!
verdict-button-of = { $label } · { $code }
verdict-share-over = Kết luận này đã hết hiệu lực, nay có thể đã khác, nên { $you } đừng chia sẻ nữa nhé.
verdict-card-file = ket-luan-{ $code }.png
verdict-paste =
    { $rating }: “{ $claim }”
    { $source }
    { $disclosure }
case-list-open = <b>{ $count } vụ việc chờ xử lý</b>
case-list-mine = <b>{ $count } vụ việc { $you } đang giữ</b>
case-list-free = <b>{ $count } vụ việc chưa ai nhận</b>
case-list-late = <b>{ $count } vụ việc đến hạn</b>
case-list-waiting = <b>{ $count } vụ việc chờ nguồn kiểm chứng</b>
case-list-proposed = <b>{ $count } kết luận chờ duyệt</b>
case-list-decided = <b>{ $count } vụ việc đã có kết luận</b>
case-none-open = Không có vụ việc nào đang chờ.
case-none-mine = { $You } không giữ vụ việc nào.
case-none-free = Không còn vụ việc nào chưa ai nhận.
case-none-late = Không có vụ việc nào đến hạn.
case-none-waiting = Không có vụ việc nào chờ nguồn kiểm chứng.
case-none-proposed = Không có kết luận nào chờ duyệt.
case-none-decided = Chưa có vụ việc nào có kết luận.
case-only-category = Chỉ loại: { $category }
case-filter = { $You } muốn xem những vụ việc nào?
case-filter-button = Lọc…
case-filter-mark = { "● " }
case-any-category = Mọi loại
case-sight-open = Đang chờ ({ $count })
case-sight-mine = Của tôi ({ $count })
case-sight-free = Chưa ai nhận ({ $count })
case-sight-late = Đến hạn ({ $count })
case-sight-waiting = Chờ nguồn ({ $count })
case-sight-proposed = Chờ duyệt ({ $count })
case-sight-decided = Đã kết luận ({ $count })
case-order-flags = Nhiều người báo trước
case-order-age = Cũ nhất trước
case-figures-button = Số liệu
case-figures-head = <b>Số liệu vụ việc</b>
case-figures-title = Vụ việc
case-figures-waiting = Đang chờ, theo loại
case-figures-days = { $days } ngày qua
case-figures-count-flagged = Lượt báo tin
case-figures-count-answered_at_once = Được trả lời ngay
case-figures-count-helpful = Thấy có ích
case-figures-count-not_helpful = Cho là tin khác
case-figures-none-open = Không có vụ việc nào đang chờ.
case-figures-open-head = <b>Đang chờ</b> (chờ tới { $fresh } ngày / tới { $days } ngày / tới { $week } ngày / lâu hơn)
case-figures-open = { $category }: { $total } ({ $fresh } / { $days } / { $week } / { $older })
case-figures-lately =
    <b>{ $days } ngày qua</b>
    Vụ việc có kết luận: { $decided }
    Từ lúc báo đến kết luận: thường { $median } ngày
    Tin được trả lời ngay: { $at_once }
    Hội viên thấy có ích: { $helpful } · là tin khác: { $not_helpful }
case-mark-taken = <i>đang xử lý</i>
case-mark-proposed = <i>chờ duyệt</i>
case-mark-waiting = <i>chờ nguồn</i>
case-mark-late = ⏰ <i>đến hạn</i>
case-news = <b>{ $count } vụ việc mới</b>
case-news-line = { $category }: { $count }
case-news-forged = 🚩 Mở bản giả của thông báo số { $number }
case-news-forged-verdict = 🚩 Mở bản giả của một kết luận
imitation-of = 🚩 <b>Bản bị sửa của { $name }.</b> Bản thật:
imitation-ours = <blockquote>{ $text }</blockquote>
imitation-read = ⚠️ Chữ trong ảnh do máy đọc nên có thể sai: { $you } so những chỗ khác biệt với ảnh trước khi trả lời.
imitation-answer = 📢 Trả lời cả câu lạc bộ
imitation-send = Gửi duyệt câu trả lời này
imitation-send-now = Gửi câu trả lời này
imitation-question =
    <b>Trả lời vụ việc { $code }:</b> thông báo ở trên gửi cả câu lạc bộ, còn kết luận “{ verdict-rating-false }” với cùng nội dung gửi những ai đã báo.
    Gửi tức là { $you } xác nhận thông báo này không ủng hộ, không phản đối người ứng cử nào.
imitation-question-no-verdict =
    <b>Trả lời vụ việc { $code }:</b> thông báo ở trên gửi cả câu lạc bộ. Bản thật không có liên kết nguồn, nên { $you } cần kết luận riêng để trả lời những ai đã báo.
    Gửi tức là { $you } xác nhận thông báo này không ủng hộ, không phản đối người ứng cử nào.
imitation-title = Cảnh báo: có bản giả của { $name }
imitation-text = Đang có bản <b>bị sửa</b> của { $name } được chuyển đi dưới tên câu lạc bộ. Những chỗ bị sửa:
imitation-advice = Xin đừng làm theo và đừng chuyển tiếp bản bị sửa. Nếu nghi ngờ một tin mang tên câu lạc bộ, hãy gửi tin ấy cho bot: bot trả lời ngay tin thật hay không.
imitation-claim = Một tin mang tên câu lạc bộ, giống { $name }.
imitation-explanation = Tin này là bản bị sửa của { $name }; câu lạc bộ không gửi bản này. Những chỗ khác biệt:
case-news-open = Xem tin chờ xử lý
case-late-notice = ⏰ <b>{ $count } vụ việc đến hạn kết luận hôm nay.</b>
case-late-open = Xem vụ việc đến hạn
case-deadline = Hạn kết luận: { $day }
case-late = ⏰ <b>Đã đến hạn kết luận</b>: { $day }
case-distinct-from = Người báo đã đọc kết luận của vụ việc { $code } và cho rằng tin mình gửi là tin khác.
case-variants = <b>{ $count } bản khác của tin này:</b>
case-variant = · { $flags } người báo: { $post }
case-differs = { "   " }khác: “{ $there }” → “{ $here }”
case-alike = <b>Vụ việc gần giống:</b>
case-alike-line = · { $says }
case-alike-open = { $code } ({ $state }): { $post }
case-notes = <b>Ghi chú nội bộ:</b>
case-note-line = · { $name }, { $when }: { $text }
case-queue-button = ◀ Vụ việc chờ xử lý
case-decided-button = Xem vụ việc đã kết luận
case-line = <b>{ $number }.</b> { $flags } người báo · { $category } · { $day }
case-open = { $number } · { $category }
case-card =
    <b>Vụ việc { $code }</b>
    Loại: { $category }
    Số người báo: { $flags }
    Báo lần đầu: { $day }
    { $state }
case-state-new = Chưa có ai xử lý
case-state-mine = { $You } đang xử lý từ { $since }
case-state-taken = { $name } đang xử lý từ { $since }
case-state-waiting = ⏳ Đang chờ nguồn kiểm chứng
case-state-in_review = Đang xử lý
case-state-merged = Đã gộp vào vụ việc khác
case-state-decided = Đã có kết luận
case-state-out_of_scope = Đã đóng: ngoài phạm vi, nội dung đã xoá
case-media = Vụ việc { $code }
case-media-held-back = Vụ việc { $code }: có tệp đính kèm, nhưng chưa tải được hoặc không bỏ được thông tin người gửi nên không hiển thị.
case-post = <blockquote>{ $text }</blockquote>
case-take = Nhận xử lý
case-reopen = Xem xét lại
case-return = Trả lại
case-decide = Kết luận
case-scope = Ngoài phạm vi
case-to-queue = ◀ Danh sách
case-not-yours = { $You } chưa nhận hoặc không còn giữ vụ việc này. Gõ /choxuly để xem lại.
case-scope-sure = Đóng vụ việc <b>{ $code }</b> vì là ý kiến, phê bình? Nội dung bài sẽ bị xoá hẳn; người báo sẽ được giải thích.
case-scope-yes = Đóng và xoá nội dung
case-out-of-scope = Đã đóng vụ việc <b>{ $code }</b>; bot không còn giữ nội dung bài. Ảnh hay chữ nào của bài còn hiện trong khung chat này, { $you } tự xoá giúp.
case-wait = Chờ nguồn
case-go-on = Tiếp tục xử lý
case-waits-for-source = Vụ việc đang chờ nguồn kiểm chứng. { $You } chọn “{ case-go-on }” trước nhé.
case-more = Thêm…
case-more-head = Vụ việc <b>{ $code }</b>: { $you } muốn làm gì?
case-open-code = Mở vụ việc { $code }
case-note = Ghi chú nội bộ
case-note-prompt = Ghi chú cho vụ việc <b>{ $code }</b>: chỉ cán bộ đọc được. { $You } viết vào đây.
case-note-length = { $You } viết ghi chú bằng chữ, tối đa { $most } ký tự.
case-question = Hỏi người đã báo
case-question-close = Đóng câu hỏi cho người báo
case-question-prompt =
    { $You } muốn hỏi những người đã báo vụ việc <b>{ $code }</b> điều gì? Tối đa { $most } ký tự.
    Đừng hỏi họ là ai: câu trả lời không kèm tên và giờ, hiện theo đợt, và ai cũng có thể không trả lời.
case-question-text = Câu hỏi viết bằng chữ, tối đa { $most } ký tự. Gõ /huy để dừng.
case-question-preview = Người đã báo sẽ đọc đúng như trên. Muốn sửa, { $you } gửi lại câu khác.
case-question-send = Gửi cho người đã báo
case-question-sent = Đã gửi câu hỏi về vụ việc <b>{ $code }</b>. Câu trả lời sẽ hiện trong vụ việc.
case-question-open = Vụ việc này đang có một câu hỏi. { $You } đóng câu hỏi đó rồi hãy hỏi câu khác.
case-question-none = Vụ việc này không có câu hỏi nào đang mở. Muốn hỏi người đã báo, { $you } mở lại vụ việc từ /choxuly.
case-question-stale = Lựa chọn này không còn dùng được. { $You } mở lại vụ việc từ /choxuly.
case-answers = Câu trả lời của người báo
case-answers-head =
    Vụ việc <b>{ $code }</b>. Đã hỏi người báo: “{ $question }”
    Thứ tự ngẫu nhiên:
case-answer-line = • { $text }
case-reporters-asked = <b>Đang hỏi người báo:</b> “{ $question }” – { $count } câu trả lời
case-reporters-asked-before = <b>Đã hỏi người báo:</b> “{ $question }” – { $count } câu trả lời
case-hand-over = Giao cho cán bộ khác
case-hand-over-to = Giao vụ việc <b>{ $code }</b> cho ai?
case-hand-over-nobody = Hiện chưa có cán bộ nào khác để giao vụ việc <b>{ $code }</b>. Có thể mời thêm cán bộ bằng /loimoi.
case-no-such-officer = Người này hiện không còn là cán bộ. { $You } chọn người khác nhé.
case-handed-to-you = Một cán bộ khác giao vụ việc <b>{ $code }</b> cho { $you }.
case-merge = Gộp vào vụ việc khác
case-merge-which = Gộp vụ việc <b>{ $code }</b> vào vụ việc nào? { $You } chọn bên dưới hoặc gõ mã vụ việc kia.
case-merge-into = Gộp vào { $code }
case-merge-unknown = Không tìm thấy vụ việc này, hoặc vụ việc đã đóng. { $You } xem lại mã.
case-merge-sure = Gộp vụ việc <b>{ $source }</b> vào <b>{ $target }</b>? { $flags } người báo sẽ nhận kết luận của { $target }.
case-merge-yes = Gộp
case-merge-taken = Một cán bộ khác đang giữ vụ việc { $code }. { $You } nhờ người đó trả lại hoặc giao cho { $you } rồi gộp nhé.
case-merge-decided = Vụ việc { $code } đã có kết luận nên không gộp vào vụ việc khác được. Muốn gộp, { $you } mở vụ việc kia rồi gộp vào { $code }.
case-merged = Đã gộp <b>{ $source }</b> vào <b>{ $target }</b>.
case-split = Tách một bản tin thành vụ việc riêng
case-split-which = <b>Tách bản nào của vụ việc { $code } thành vụ việc riêng?</b>
case-split-line = <b>{ $number }.</b> { $flags } người báo: { $post }
case-split-off = Tách { $number }
case-split-gone = Vụ việc này không còn bản nào để tách. Gõ /choxuly để xem lại.
case-split-done = Đã tách một bản tin của <b>{ $case }</b> thành vụ việc <b>{ $off }</b>, cùng những người đã báo bản ấy.
case-announce = Soạn thông báo từ kết luận
case-announce-note = Đã điền sẵn từ kết luận. { $You } bổ sung nốt rồi gửi duyệt như mọi thông báo.
case-announce-ref = Kết luận { $code } của câu lạc bộ, { $day }
case-announce-title = { $rating }: { $claim }
case-announce-text =
    <b>Tin đang lan truyền:</b> { $claim }

    <b>Sự thật:</b> { $explanation }
decide-rating = Vụ việc <b>{ $code }</b>: { $you } kết luận thế nào?
decide-claim = Bài nói điều gì? { $You } tóm tắt bằng lời của mình, không chép lại bài.
decide-explanation = Vì sao kết luận như vậy? { $You } giải thích bằng ít nhất một câu trọn vẹn.
decide-source = Hội viên kiểm chứng ở đâu? { $You } gửi một hoặc vài liên kết https của nguồn công khai.
decide-said = Đang có: “{ $text }”
decide-keep = Giữ nguyên
decide-press-above = { $You } chọn một mục ở câu hỏi bên trên, hoặc gõ /huy để dừng.
decide-claim-length = { $You } viết bằng chữ, từ { $least } đến { $most } ký tự.
decide-claim-copied = Đây là nguyên văn bài được báo. { $You } tóm tắt bằng lời của mình để tin không bị lan thêm.
decide-explanation-length = Lời giải thích cần viết bằng chữ, từ { $least } đến { $most } ký tự.
decide-explanation-links = Liên kết chưa nói được vì sao. { $You } viết thêm ít nhất một câu bằng lời của mình; liên kết có thể đứng bên cạnh.
decide-source-missing = Kết luận cần ít nhất một nguồn công khai, ví dụ https://baochinhphu.vn/…
decide-source-many = { $You } chọn tối đa { $most } nguồn.
decide-source-https = Liên kết { $link } không dùng được. { $You } gửi địa chỉ công khai, bắt đầu bằng https://, tên trang không có dấu.
decide-source-is-post = Nguồn không thể là chính bài được báo. { $You } gửi liên kết của nguồn khác nhé.
decide-preview = Hội viên sẽ đọc đúng như trên. { $count ->
    [0] Hiện không còn ai chờ câu trả lời.
   *[other] Kết luận sẽ gửi tới { $count } người đã báo.
}
decide-until = Kết luận có hiệu lực đến khi nào? { $You } viết như: 15/3, hoặc 17h 15/3.
decide-picture = { $You } gửi một ảnh giúp giải thích kết luận (không phải ảnh được báo).
decide-links-open = 🔗 Liên kết lừa đảo: { $marked }/{ $all }
decide-links = Liên kết nào chính là cái bẫy? Ai gửi tin có liên kết được đánh dấu sẽ nhận ngay kết luận này, dù lời văn khác đi. Đừng đánh dấu trang chính thống hay trang nhiều người dùng chung.
decide-link-on = ☑ { $link }
decide-link-off = ☐ { $link }
decide-links-marked =
    Liên kết được coi là cái bẫy:
    { $links }
decide-add-until = Thời hạn
decide-add-picture = Ảnh kèm
decide-without = Bỏ
decide-until-over = Thời hạn của kết luận đã qua. { $You } sửa thời hạn rồi gửi lại.
decide-picture-missing = Cần đúng một ảnh. { $You } gửi lại dưới dạng ảnh, không phải tệp hay album.
decide-picture-is-post = Đây chính là ảnh được báo. { $You } chọn ảnh khác để tin không bị lan thêm.
decide-picture-too-long = Có ảnh thì lời phải ngắn: đang thừa { $over } ký tự. { $You } rút gọn lời giải thích hoặc bỏ ảnh.
decide-propose = Gửi duyệt
decide-send = Gửi kết luận
decide-sent = Đã lưu kết luận vụ việc <b>{ $code }</b>. Ai đã báo tin và còn chờ trả lời đều sẽ nhận được.
approve-please =
    Một kết luận chờ { $you } duyệt (vụ việc <b>{ $code }</b>):
    { $claim }
approve-see = Xem kết luận chờ duyệt
approve-see-own = Xem kết luận đã gửi duyệt
approve-asked = Đã gửi duyệt kết luận vụ việc <b>{ $code }</b>. Khi một cán bộ khác duyệt, hội viên sẽ nhận được kết luận.
approve-asked-nobody = Đã lưu kết luận vụ việc <b>{ $code }</b>, nhưng hiện chưa có cán bộ nào khác để duyệt. { $You } nhờ chủ nhiệm mời thêm cán bộ.
approve-your-own = Kết luận vụ việc <b>{ $code }</b> của { $you } đang chờ một cán bộ khác duyệt.
approve-question = Hội viên sẽ đọc đúng như trên (vụ việc <b>{ $code }</b>). { $You } có duyệt không?
approve-yes = Duyệt và gửi
approve-no = Không duyệt
approve-case = Xem vụ việc
approve-take-back = Rút lại để sửa
approve-taken-back = Đã rút lại kết luận vụ việc <b>{ $code }</b>. Phần đã viết vẫn còn.
approve-why-not = Vì sao chưa duyệt? { $You } viết lý do cho người soạn.
approve-reason-wanted = { $You } viết lý do bằng chữ, tối đa { $limit } ký tự.
approve-gone = Kết luận này không còn chờ duyệt. { $You } mở lại vụ việc trong /choxuly.
approve-own = Kết luận này do { $you } soạn nên cán bộ khác sẽ duyệt.
approve-given = Kết luận vụ việc <b>{ $code }</b> của { $you } đã được duyệt. Ai đã báo tin và còn chờ trả lời đều sẽ nhận được.
approve-refused =
    Kết luận vụ việc <b>{ $code }</b> của { $you } chưa được duyệt: “{ $reason }”
    Phần đã viết vẫn còn: { $you } mở vụ việc và chọn “{ case-decide }” để sửa.
approve-refused-thanks = Đã gửi lý do cho người soạn.
decide-stale = Lựa chọn này không còn dùng được. { $You } mở lại vụ việc trong /choxuly.
decide-moved-on = Vụ việc { $code } không còn do { $you } giữ nên phần đang viết đã được bỏ. Gõ /choxuly để xem lại.

### ---- Bản tin tổng hợp (digests) ----

digest-head = <b>Bản tin tổng hợp, { $day }</b>
digest-announcements = Thông báo mới:
digest-line = • Số { $number }: { $title }
digest-line-until = • Số { $number }: { $title } (có hiệu lực đến { $when })
digest-more = Và { $count } thông báo khác: gõ /thongbao
digest-verdicts = Vừa được kiểm chứng:
digest-verdict = • <b>{ $rating }</b>: { $claim } ({ $source })
digest-open = Đọc số { $number }
digest-duties-head = <b>Việc của cán bộ, { $day }</b>
digest-meetings = <b>Cuộc họp sắp tới</b>
digest-meeting = • { $title }: { $when }, { $place }
digest-open-meeting = 📅 { $title }
digest-asks-about-meetings = { $You } có muốn nhận lời mời họp không? Bot chỉ hỏi một lần; đến hay không là tùy { $you }.
digest-corrections = Vừa được đính chính:
digest-reminders = { $You } nhờ nhắc:
subscribing-comes = Bản tin sẽ được gửi: <b>{ $when }</b>.
subscribing-paused = Bản tin tạm ngừng đến { $day }. Tin mới trong thời gian này sẽ nằm trong bản tin kế tiếp.
subscribing-stopped = Đã ngừng bản tin. Các mục khác { $you } đã chọn vẫn như cũ.
subscribing-again = Nhận lại bản tin
digest-daily = Hằng ngày
digest-weekly = Hằng tuần
digest-when = Chọn ngày, giờ
digest-snooze = Tạm ngừng một tuần
digest-stop = Ngừng bản tin
digest-open-figures = Số liệu số { $number }
digest-open-figures-of = Số liệu: { $title }
digest-chart-title = Chia sẻ hôm qua
digest-chart-heading = Lượt chia sẻ theo thông báo
digest-duties-going = • Đang gửi: { $count } thông báo (số { $which })
digest-duties-paused = • Đang tạm dừng: { $count } thông báo (số { $which })
digest-duties-scheduled = • Đã hẹn giờ: { $count } thông báo, sớm nhất { $when }
digest-duties-awaiting = • Chờ duyệt: { $count } thông báo
digest-duties-questions = • Câu hỏi chờ trả lời: { $count }
digest-duties-appeals = • Khiếu nại chờ quyết định: { $count }
digest-duties-cases = • Tin nghi vấn chờ xử lý: { $count } ({ $new } mới từ hôm qua), cũ nhất từ { $day }
digest-duties-not-now = • Chưa gửi được lúc này, chờ hội viên nhắn cho bot: { $count } lượt (số { $which })
digest-duties-uncertain = • Có bản chưa rõ đã tới hay chưa: { $count } thông báo (số { $which })
digest-duties-sent = • Hôm qua: { $count } thông báo đã gửi
digest-duties-share = số{"\u00A0"}{ $number }:{"\u00A0"}{ $count }
digest-duties-shares-together = • Hôm qua: { $count } lượt chia sẻ
digest-duties-shares = • Hôm qua: { $count } lượt chia sẻ ({ $each })
digest-duties-team = • Đội ngũ, từ hôm qua: { $what }
digest-duties-settings = • Cài đặt của câu lạc bộ đã đổi, từ hôm qua: { $which }
digest-duties-skipped = • Bản tin của hội viên đã bỏ qua vì bot ngừng chạy quá lâu: { $when }
digest-duties-requests = • Yêu cầu về dữ liệu cá nhân: { $count }, hạn gần nhất { $when }
digest-open-progress = Xem tiến độ
digest-open-approvals = Chờ duyệt, hẹn giờ
digest-open-questions = Câu hỏi
digest-open-appeals = Khiếu nại
digest-open-requests = Yêu cầu dữ liệu
digest-open-queue = Tin nghi vấn
digest-open-statistics = Số liệu
digest-open-journal = Nhật ký
digest-open-settings = Cài đặt đã đổi
digest-open-members = Hội viên
digest-action-role-offered = { $count } lời mời làm cán bộ
digest-action-role-taken = { $count } người nhận vai trò
digest-action-role-changed = { $count } lần đổi vai trò
digest-action-role-given-up = { $count } người thôi vai trò
digest-action-member-suspended = { $count } lần tạm dừng tư cách hội viên
digest-action-suspension-lifted = { $count } lần khôi phục tư cách hội viên
digest-action-appeal-decided = { $count } khiếu nại đã xét
digest-action-invite-made = { $count } lời mời mới
digest-action-invite-revoked = { $count } lời mời thu hồi
digest-action-record-moved = { $count } người đổi tài khoản

### ---- Dữ liệu của tôi (mydata) ----

menu-mydata = Dữ liệu của tôi
menu-erase = Xoá dữ liệu của tôi
data-summary =
    Đây là <b>toàn bộ dữ liệu</b> câu lạc bộ đang giữ về { $you }: { $rows } mục trong { $tables } nhóm, nằm trong hai tệp bên dưới. Tệp thứ nhất để đọc, tệp thứ hai để đưa vào phần mềm khác.
    Chỉ { $you } nhận được hai tệp này, { $you } nhớ cất ở nơi an toàn nhé.
data-file-page = du-lieu-cua-toi.html
data-file-json = du-lieu-cua-toi.json
data-caption-page = Để đọc: mở bằng trình duyệt.
data-caption-json = Cùng dữ liệu đó, để chuyển sang nơi khác (tệp JSON).
data-nothing = Bạn chưa là hội viên nên câu lạc bộ không giữ hồ sơ nào về bạn. Gõ /riengtu để xem câu lạc bộ giữ thông tin gì của hội viên.
data-page-title = Dữ liệu của tôi
data-page-intro = Toàn bộ dữ liệu { $club } đang giữ về bạn, tính đến { $when }. Tệp này chỉ gửi cho bạn.
data-page-rights = Nếu có điều chưa đúng, hoặc bạn không đồng ý với cách câu lạc bộ dùng dữ liệu của bạn, gõ /dulieu rồi chọn mục cần dùng. Muốn xoá tất cả: /xoadulieu. Liên hệ: { $contact }
data-yes = Có
data-no = Không
data-some-member = một hội viên
data-whole-province = Toàn tỉnh
data-ask-correction = Yêu cầu chỉnh sửa
data-ask-objection = Phản đối xử lý dữ liệu
data-ask-restriction = Hạn chế xử lý dữ liệu
data-ask-erasure = Xoá dữ liệu…
erase-ask =
    Xoá mọi dữ liệu về { $you }? <b>Xoá rồi không lấy lại được.</b>
    • Bot ngừng gửi tin; { $you } không còn là hội viên
    • Tên, cuộc trò chuyện, lựa chọn, sự đồng ý, minh chứng, tin đã báo, câu hỏi, yêu cầu của { $you } bị xoá hẳn
    • Số liệu chung (đã gửi, đã chia sẻ) và nhật ký còn lại nhưng không cho biết là của ai
    Muốn xem dữ liệu trước: /dulieu. Chỉ muốn rời câu lạc bộ: /roiclb
erase-yes = Xoá dữ liệu của tôi
erase-no = Giữ lại
erase-kept = Chưa xoá gì. Mọi thứ vẫn như cũ.
erase-done = Đã xoá dữ liệu về { $you }; máy chủ hoàn tất việc xoá trong vài phút nữa. Tin nhắn trong cuộc trò chuyện này vẫn còn trong ứng dụng của { $you }; nếu muốn, { $you } tự xoá nhé. Cảm ơn { $you } đã đồng hành.
erase-stale = Câu hỏi này đã cũ. { $You } gõ lại /xoadulieu nhé.
erase-whole-command = Để xoá dữ liệu, { $you } gõ đúng /xoadulieu, không thêm chữ nào.
erase-owner-withdrew = ⚠️ Câu lạc bộ không còn chủ nhiệm: chủ nhiệm duy nhất đã dùng quyền xoá dữ liệu trên Zalo. Nhờ { $you } báo người quản trị máy chủ chạy <code>niemtin officer add</code> để có chủ nhiệm mới.
erase-last-owner = { $You } là chủ nhiệm duy nhất. Trước khi xoá, { $you } mời thêm một chủ nhiệm bằng /loimoi nhé.
request-prompt-correction = { $You } ghi giúp điều nào chưa đúng và đúng ra là gì. Chủ nhiệm sẽ đọc lời { $you } ghi và tên { $you }.
request-prompt-objection = { $You } không đồng ý với việc nào câu lạc bộ làm với dữ liệu của { $you }? { $You } viết vào đây. Chủ nhiệm sẽ đọc lời { $you } ghi và tên { $you }.
request-prompt-restriction = { $You } muốn câu lạc bộ tạm ngừng việc nào với dữ liệu của { $you }? { $You } viết vào đây. Chủ nhiệm sẽ đọc lời { $you } ghi và tên { $you }.
request-length = Vui lòng viết bằng chữ, từ { $least } đến { $most } ký tự.
request-preview =
    <b>{ $kind }</b>
    <blockquote>{ $text }</blockquote>
    Chưa gửi. Chủ nhiệm sẽ đọc đúng như trên. Muốn sửa, { $you } gửi lại câu khác.
request-send = Gửi
request-stale = Lựa chọn này không còn dùng được. { $You } mở lại từ /dulieu.
request-one-open = { $You } đã có một yêu cầu đang chờ, gửi { $when }. Chủ nhiệm sẽ trả lời vào đây.
request-sent = Đã gửi yêu cầu số { $number }. Câu lạc bộ sẽ phản hồi trước { $answer } và giải quyết xong trước { $finish }.
request-received = Câu lạc bộ đã nhận yêu cầu số { $number } của { $you } và sẽ giải quyết xong trước { $finish }.
request-answered =
    <b>Về yêu cầu số { $number } của { $you }:</b>
    { $answer }
request-new = Có yêu cầu mới về dữ liệu cá nhân. Hạn phản hồi: { $answer }. /yeucaudulieu để xem.
menu-requests = Yêu cầu về dữ liệu cá nhân
request-none = Không có yêu cầu nào đang chờ trả lời.
request-list =
    <b>Yêu cầu về dữ liệu cá nhân</b>
    Hạn của câu lạc bộ: phản hồi trong { $answer } ngày làm việc; cung cấp, chỉnh sửa trong { $correct } ngày; hạn chế, phản đối xử lý trong { $restrict } ngày. Không hạn nào dài hơn hạn của Nghị định 356/2025/NĐ-CP. Việc xem, rút lại sự đồng ý và xoá, bot làm ngay.
request-line = Số { $number } · { $kind } · { $due }
request-due = hạn { $when }
request-due-soon = ⏰ sắp đến hạn: { $when }
request-overdue = ❗ quá hạn từ { $when }
request-open = Số { $number }
request-kind-correction = Yêu cầu chỉnh sửa
request-kind-objection = Phản đối xử lý dữ liệu
request-kind-restriction = Hạn chế xử lý dữ liệu
request-card =
    <b>Yêu cầu số { $number }: { $kind }</b>
    Từ: { $name }, { $when }
    { $state }
    “{ $text }”
request-to-respond = Chưa phản hồi: { $due }
request-to-finish = Đã báo là đang xử lý: { $due }
request-receive = Báo hội viên là đã nhận
request-answer = Trả lời
request-told-received = Đã báo cho hội viên là câu lạc bộ đang xử lý.
request-answer-prompt = { $You } viết câu trả lời: đã làm gì, hoặc vì sao không làm được. Hội viên sẽ đọc nguyên văn, không kèm tên { $you }.
request-answer-sent = Đã gửi câu trả lời. Yêu cầu số { $number } đã xong.
request-gone = Yêu cầu này không còn chờ nữa: đã có người trả lời, hoặc hội viên đã rời câu lạc bộ. Gõ /yeucaudulieu để xem những yêu cầu khác.
digest-duties-purged = • Đêm qua đã xoá theo hạn lưu giữ: { $what }
purged-inbox_keys = { $count } mã số tin nhắn đã trả lời
purged-steps = { $count } việc làm dở
purged-code_attempts = { $count } lượt ghi mã mời gõ sai
purged-invites = { $count } lời mời hết hạn
purged-case_content = { $count } bài đã báo
purged-flags = { $count } lượt báo tin
purged-proofs = { $count } minh chứng
purged-shares = tên người chia sẻ ở { $count } lượt
purged-deliveries = { $count } lượt gửi
purged-questions = { $count } câu hỏi
purged-requests = { $count } yêu cầu về dữ liệu
purged-suspensions = { $count } quyết định tạm dừng
purged-consents = { $count } lần đồng ý đã rút lại
purged-left_members = { $count } hồ sơ trống của người đã rời
purged-slots = { $count } mốc giờ hẹn đã qua
purged-attendance = { $count } câu trả lời mời họp, vé và góp ý
policy-title = Dữ liệu câu lạc bộ giữ
policy-intro = Tài liệu này do chính chương trình tạo ra (`python -m bot privacy`) nên luôn khớp với những gì bot làm. Thời hạn dưới đây là mặc định; câu lạc bộ có thể đổi trong cấu hình. Bản ngắn cho hội viên: lệnh /riengtu.
policy-columns = Giữ gì ; Gồm ; Để làm gì ; Bao lâu ; Khi hội viên xoá dữ liệu
policy-of-members = Về mọi hội viên
policy-of-officers = Riêng với cán bộ, thêm
policy-of-nobody = Không gắn với cá nhân nào
policy-fate-deleted = xoá hẳn
policy-fate-unlinked = còn lại nhưng không gắn với ai
policy-fate-nameless = còn lại; số ngẫu nhiên trong đó không còn chỉ tới ai
policy-no-author = Không ghi gì về người viết bài được báo; không bao giờ mở liên kết trong bài. Cán bộ không thấy ai đã báo tin, ai chưa chia sẻ. Việc hội viên làm chỉ hiện trong số liệu của cán bộ vào giờ cố định (30 phút một lần, trừ khi câu lạc bộ đặt khác). Không phần nào dưới năm người được tách riêng.
policy-sealed-title = Mã hoá
policy-sealed = Thông tin nhận ra được một người (tên, cuộc trò chuyện, lời người đó viết, minh chứng) được mã hoá bằng khoá cất ngoài cơ sở dữ liệu; việc tìm dùng mã băm có khoá. Thông báo, kết luận, hỏi – đáp là công khai nên không mã hoá.
policy-erasing-title = Xem và xoá
policy-erasing-both = /dulieu gửi toàn bộ dữ liệu đang giữ về một người: một trang để đọc và một tệp JSON. /xoadulieu xoá tất cả sau một lần xác nhận. /roiclb cũng xoá tên, cuộc trò chuyện, địa bàn, minh chứng, tin đã báo, câu hỏi, khiếu nại và yêu cầu. Phần không ghi tên (sự đồng ý, lượt gửi, lượt chia sẻ) được giữ đến hết hạn ghi trong bảng.
policy-erasing-sqlite = SQLite: sau /xoadulieu, trong vài giây bot ghi lại toàn bộ tệp (VACUUM) và làm rỗng tệp nhật ký ghi (WAL): không còn byte nào của dữ liệu đã xoá trong các tệp đó.
policy-erasing-postgresql = PostgreSQL: các dòng mất ngay và VACUUM chạy sau đó, nhưng byte cũ có thể còn trong trang dữ liệu và WAL của máy chủ cho đến khi bị ghi đè. Ai cần chắc chắn thì chạy VACUUM FULL. Cột nhạy cảm ở đó vẫn được mã hoá.
policy-erasing-not = Bot không xoá được: bản sao lưu làm trước đó (chỉ nên giữ ngắn hạn), tin nhắn trong ứng dụng của mỗi người, và dữ liệu ở nhà cung cấp ứng dụng nhắn tin.
policy-clocks-title = Thời hạn giải quyết yêu cầu
policy-clocks = Phản hồi trong { $answer } ngày làm việc; cung cấp, chỉnh sửa trong { $correct } ngày; hạn chế hoặc phản đối xử lý trong { $restrict } ngày. Đó là hạn của Nghị định 356/2025/NĐ-CP; câu lạc bộ có thể đặt ngắn hơn, không thể đặt dài hơn. Bot coi thứ Hai đến thứ Sáu là ngày làm việc, kể cả ngày lễ. Việc xem, cung cấp, rút lại sự đồng ý và xoá, bot làm ngay; yêu cầu chỉnh sửa, hạn chế, phản đối do chủ nhiệm trả lời (/yeucaudulieu).
data-table-member = Hồ sơ hội viên
data-why-member = để biết ai là hội viên, gửi tin gì và bằng ngôn ngữ nào
data-table-chatchange = Đổi máy, dùng thêm ứng dụng: đang chờ
data-why-chatchange = để hỏi lại trước, và để lấy lại được hồ sơ
data-table-movecode = Mã đổi máy
data-why-movecode = để nối máy mới với hồ sơ cũ
data-table-contact = Cuộc trò chuyện
data-why-contact = để nhắn tin cho hội viên
data-table-consent = Sự đồng ý
data-why-consent = để chỉ gửi loại tin hội viên đã đồng ý nhận, và chứng minh điều đó
data-table-step = Việc đang làm dở
data-why-step = để làm tiếp sau khi gián đoạn
data-table-generatedfile = Ảnh và tệp làm riêng
data-why-generatedfile = để Zalo tải về qua một liên kết
data-table-filelink = Liên kết ngắn tới tệp
data-why-filelink = để gửi tệp của bot qua Zalo; không ghi ai đã mở
data-table-choicelist = Lựa chọn đã đưa ra
data-why-choicelist = để hiểu số người dùng gõ ở ứng dụng không có nút bấm
data-table-codeattempts = Số lần gõ sai mã mời
data-why-codeattempts = để không ai dò được mã mời
data-table-inboxupdate = Tin nhắn đang chờ xử lý
data-why-inboxupdate = để không mất tin nào và không xử lý hai lần
data-table-proof = Minh chứng chia sẻ
data-why-proof = vì hội viên chọn gửi kèm
data-table-share = Việc chia sẻ
data-why-share = để có số liệu chung
data-table-reminder = Lời nhắc
data-why-reminder = để nhắc như hội viên đã đặt
data-table-notice = Tin báo có tên hay lời của một người
data-why-notice = để tin có tên hay lời của một người mất đi cùng dữ liệu của người ấy
data-table-delivery = Lượt gửi
data-why-delivery = để không gửi lặp và biết đã tới hay chưa
data-table-flag = Tin đã báo
data-why-flag = để trả lời người báo tin
data-table-flagallowance = Số tin báo và số lần tra cứu trong giờ này
data-why-flagallowance = để ai cũng đến lượt được kiểm tra
data-table-question = Câu hỏi
data-why-question = để trả lời
data-table-datarequest = Yêu cầu về dữ liệu
data-why-datarequest = để giải quyết đúng hạn
data-table-appeal = Khiếu nại
data-why-appeal = để một cán bộ khác xem lại
data-table-suspension = Tạm dừng tư cách hội viên
data-why-suspension = để hội viên biết lý do và khiếu nại
data-table-roleoffer = Lời mời làm cán bộ
data-why-roleoffer = để hội viên tự quyết
data-table-invite = Lời mời đã tạo
data-why-invite = để người được mời tham gia được
data-table-roleoffer_made = Lời mời làm cán bộ đã gửi
data-why-roleoffer_made = để người được mời trả lời
data-table-draft = Bản nháp thông báo
data-why-draft = để soạn tiếp
data-table-announcement = Thông báo đã soạn
data-why-announcement = để biết ai soạn, vì người soạn không được tự duyệt
data-table-approval = Ý kiến duyệt
data-why-approval = để mỗi thông báo có người khác duyệt
data-table-progress = Tiến độ gửi đang xem
data-why-progress = để cập nhật tin tiến độ của người soạn
data-table-case = Vụ việc đang nhận
data-why-case = để hai người không làm cùng một việc
data-table-verdict = Kết luận
data-why-verdict = để trả lời, có lý do và nguồn
data-table-question_taken = Câu hỏi đã nhận
data-why-question_taken = để hai người không trả lời cùng một câu
data-table-proposal = Kết luận chờ duyệt
data-why-proposal = để một cán bộ khác duyệt trước khi gửi
data-table-casenote = Ghi chú vụ việc
data-why-casenote = để cán bộ cùng xử lý một vụ việc biết việc của nhau
data-table-caseanswer = Câu trả lời về tin đã báo
data-why-caseanswer = để cán bộ kiểm tra tin; cán bộ đọc nội dung, không biết ai trả lời
data-table-rsvp = Câu trả lời lời mời họp
data-why-rsvp = để giữ chỗ, gửi vé và lời nhắc
data-table-ticketattempts = Số lần gõ sai số vé ở cửa
data-why-ticketattempts = để không ai dò được số vé
data-table-meeting = Cuộc họp đã soạn
data-why-meeting = để mời hội viên họp
data-table-meeting_proposed = Cuộc họp đang soạn
data-why-meeting_proposed = để soạn tiếp và chờ duyệt
data-table-meeting_approved = Cuộc họp đã duyệt
data-why-meeting_approved = để một cán bộ khác duyệt trước khi mời
data-table-meetingpapers = Tài liệu, biên bản đã soạn
data-why-meetingpapers = để gửi lại sau cuộc họp
data-table-papers_approved = Tài liệu, biên bản đã duyệt
data-why-papers_approved = để một cán bộ khác duyệt trước khi gửi
data-table-ticket = Vé vào cửa
data-why-ticket = để mở cửa cho người có vé; không ghép được với ai nếu không có sáu chữ số
data-table-meetingfeedback = Góp ý sau cuộc họp
data-why-meetingfeedback = để họp lần sau tốt hơn; không ghi ai góp ý
data-table-casequestion = Câu hỏi cho người báo
data-why-casequestion = để hỏi thêm những người đã báo một vụ việc
data-table-casepost = Tin được báo
data-why-casepost = để biết một tin gửi đến đã được báo hay chưa
data-table-dailycounter = Số đếm theo ngày
data-why-dailycounter = để biết kết luận có ích đến đâu; không gắn với ai
data-table-publicanswer = Hỏi – đáp đã đăng
data-why-publicanswer = để mọi người cùng đọc
data-table-datarequest_answered = Yêu cầu đã trả lời
data-why-datarequest_answered = để biết ai trả lời
data-table-suspension_made = Quyết định tạm dừng đã ra
data-why-suspension_made = để người khác xét khiếu nại
data-table-proof_asked = Minh chứng đã hỏi lại
data-why-proof_asked = để câu trả lời về đúng người hỏi
data-table-appeal_decided = Khiếu nại đã xét
data-why-appeal_decided = để biết ai đã xét
data-table-auditentry = Nhật ký công việc của cán bộ
data-why-auditentry = để sau này kiểm tra lại được; chỉ ghi số ngẫu nhiên, không ghi tên
data-table-recurrence = Thông báo gửi lặp lại
data-why-recurrence = để biết thông báo nào được gửi lại, vào giờ nào, đến khi nào
data-table-sentcount = Số tin đã gửi và chi phí trong tháng
data-why-sentcount = để biết còn gửi và chi được bao nhiêu; không gắn với ai
data-table-announcementcost = Chi phí của từng thông báo
data-why-announcementcost = để không chi quá mức cán bộ cho phép; không gắn với ai
data-table-schedule = Giờ bản tin
data-why-schedule = để bản tin gửi đúng giờ; chung cho mọi người chọn giờ đó
data-table-slot = Mốc giờ hẹn đã qua
data-why-slot = để không gửi hai lần
data-table-verdictlink = Liên kết lừa đảo trong kết luận
data-why-verdictlink = để báo ngay cho ai gặp lại liên kết đó; mã hoá
data-table-officialtext = Những gì câu lạc bộ đã gửi, để nhận ra bản sao
data-why-officialtext = để ai cũng hỏi được một tin mang tên câu lạc bộ là thật, đã cũ hay bị sửa; mã hoá
data-table-officialterm = Từ ngữ trong những gì câu lạc bộ đã gửi
data-why-officialterm = để tìm ra bản thật; chỉ lưu dấu nhận dạng
data-table-officialpicture = Dấu nhận dạng ảnh của câu lạc bộ
data-why-officialpicture = để nhận ra ảnh giống ảnh của câu lạc bộ
data-table-indexedpost = Bản rút gọn của bài đã báo
data-why-indexedpost = để nhận ra bài giống hệt hoặc gần giống; được mã hoá và xoá cùng nội dung bài
data-table-foldingrules = Phiên bản cách nhận dạng
data-why-foldingrules = để biết khi nào phải lập lại bảng nhận dạng
data-table-clubsetting = Cài đặt của câu lạc bộ
data-why-clubsetting = để nhật ký ghi được khi nào một cài đặt đổi
data-table-batchfigure = Số đếm cho cán bộ
data-why-batchfigure = để số liệu chỉ đổi vào giờ cố định; không gắn với ai
data-table-accountauthorization = Lượt cấp quyền trang Zalo đang chờ
data-why-accountauthorization = để quản trị viên cấp quyền trong trình duyệt (mã hoá, 10 phút)
data-table-accountgrant = Quyền mà trang Zalo của câu lạc bộ cấp cho bot
data-why-accountgrant = để gửi tin qua trang Zalo và gia hạn quyền (mã hoá)
data-table-accountrateshares = Tốc độ gửi chia cho mỗi tiến trình
data-why-accountrateshares = để các tiến trình cùng gửi mà không vượt giới hạn của ứng dụng; không gắn với ai
data-table-chatslotlease = Tiến trình đang trả lời nhóm cuộc trò chuyện nào
data-why-chatslotlease = để tin của mỗi người được xử lý đúng thứ tự; không gắn với ai
data-table-lease = Tiến trình đang giữ việc
data-why-lease = để hai tiến trình không làm cùng một việc
data-table-erasure = Việc xoá chưa xong
data-why-erasure = để xoá nốt dấu vết trong tệp
data-kept-member = đến khi hội viên rời hoặc xoá dữ liệu
data-kept-public = không hạn: đây là hồ sơ công khai của câu lạc bộ
data-kept-log = không xoá: nhật ký chỉ có ích khi còn nguyên
data-kept-running = chỉ khi đang dùng
data-kept-hour = đến hết giờ đó
data-kept-inbox_keys = nội dung: đến khi xử lý xong; mã số: { $time }
data-kept-steps = { $time } kể từ lần cuối
data-kept-code_attempts = { $time }
data-kept-proofs = { $time }
data-kept-attendance = { $time } sau cuộc họp; sau đó chỉ còn số đếm
data-kept-shares = gắn với hội viên: { $time }; sau đó chỉ còn số đếm
data-kept-deliveries = { $time } sau khi đợt gửi kết thúc
data-kept-flags = { $time } sau khi tin được xử lý xong
data-kept-consents = khi còn hiệu lực, và { $time } sau khi rút lại
data-kept-left_members = đến khi rời; sau đó giữ một mục không ghi tên: { $time }
data-kept-questions = { $time } sau khi trả lời
data-kept-requests = { $time } sau khi trả lời
data-kept-suspensions = { $time } sau khi khôi phục tư cách
data-kept-slots = { $time }
data-kept-invites = { $time } sau khi hết hạn
data-kept-expiry = đến khi hết hạn
data-kept-case_content = bài đã gửi: { $time } sau khi tin được xử lý xong; dấu nhận dạng: khi kết luận còn hiệu lực
data-column-name = Tên
data-column-role = Vai trò
data-column-state = Trạng thái
data-column-language = Ngôn ngữ
data-column-area = Địa bàn
data-column-digest_minute = Giờ nhận bản tin
data-column-digest_days = Ngày nhận bản tin
data-column-quiet_from = Giờ yên lặng bắt đầu
data-column-quiet_until = Giờ yên lặng kết thúc
data-column-digest_paused_until = Tạm dừng bản tin đến
data-column-asked_about_meetings = Đã hỏi có nhận lời mời họp không
data-column-dark_pictures = Biểu đồ nền tối
data-column-platform = Nơi đăng
data-column-opened_on = Ngày có thao tác
data-column-reach = Lượt xem do cán bộ ghi
data-column-actor = Số ngẫu nhiên trong nhật ký
data-column-joined_at = Tham gia lúc
data-column-left_at = Rời lúc
data-column-expires_at = Hết hạn lúc
data-column-choices = Các lựa chọn
data-column-is_over = Đã chọn xong
data-column-is_unanswered = Chưa trả lời
data-column-picked = Số đã chọn
data-column-offered_at = Đưa ra lúc
data-column-preferred = Ưu tiên nhận tin ở đây
data-column-added_at = Nối vào hồ sơ lúc
data-column-messenger = Ứng dụng nhắn tin
data-column-chat = Mã cuộc trò chuyện
data-column-console_notice_at = Lúc được báo ai đọc được trang Zalo
data-column-unreachable_since = Không liên lạc được từ
data-column-last_interaction = Lần cuối nhắn, bấm nút hoặc quan tâm
data-column-purpose = Đồng ý nhận
data-column-given_at = Đồng ý lúc
data-column-withdrawn_at = Rút lại lúc
data-column-text_version = Phiên bản thông báo về quyền riêng tư
data-column-data = Nội dung
data-column-updated_at = Cập nhật lúc
data-column-wrong = Số lần sai
data-column-waits_until = Phải chờ đến
data-column-received_at = Nhận lúc
data-column-payload = Nội dung tin
data-column-kind = Loại
data-column-notify_at = Lúc sẽ báo kết luận
data-column-shown_from = Cán bộ thấy từ
data-column-closed_at = Đóng lúc
data-column-valid_until = Có hiệu lực đến
data-column-waiting = Còn chờ duyệt
data-column-proposed_at = Gửi duyệt lúc
data-column-written_at = Viết lúc
data-column-content = Nội dung
data-column-picture = Ảnh
data-picture-in-json = (ảnh nằm trong tệp JSON)
data-column-at = Lúc
data-column-due_at = Sẽ nhắc lúc
data-column-announcement = Thông báo số
data-column-created_at = Tạo lúc
data-column-attempts = Số lần thử gửi
data-column-changed_at = Thay đổi lúc
data-column-reason = Lý do
data-column-correction_outcome = Cách xử lý bản đã gửi
data-column-via = Gửi qua
data-column-message_ids = Mã số tin nhắn
data-column-body = Tin riêng chưa gửi
data-column-mailing = Loại tin
data-column-category = Loại
data-column-flagged_on = Ngày báo
data-column-wants_answer = Muốn được trả lời
data-column-stopped_at = Ngừng nhận trả lời lúc
data-column-original_code = Mã theo dõi lúc báo
data-column-opening = Đầu tin đã gửi
data-column-rated_version = Đã góp ý kết luận lần thứ
data-column-notified_version = Đã báo kết luận lần thứ
data-column-delay_notified_on = Báo lâu hơn dự kiến ngày
data-column-case = Mã theo dõi
data-column-used = Số tin đã báo
data-column-searches = Số lần tra cứu
data-column-hour_ends_at = Đến lúc
data-column-text = Lời bạn viết
data-column-asked_at = Hỏi lúc
data-column-respond_by = Phản hồi trước
data-column-finish_by = Giải quyết xong trước
data-column-answer = Câu trả lời
data-column-ended_at = Xong lúc
data-column-answered_at = Trả lời lúc
data-column-made_at = Gửi lúc
data-column-decided_at = Quyết định lúc
data-column-lifted = Đã khôi phục
data-column-suspended_at = Tạm dừng lúc
data-column-lifted_at = Khôi phục lúc
data-column-uses_left = Còn dùng được cho
data-column-revoked_at = Thu hồi lúc
data-column-number = Bản số
data-column-submitted_at = Gửi duyệt lúc
data-column-id = Số
data-column-sent_at = Gửi đi lúc
data-column-approved = Đồng ý
data-column-progress = Tin tiến độ
data-column-code = Mã
data-column-taken_at = Nhận lúc
data-column-version = Lần thứ
data-column-rating = Kết luận
data-column-claim = Nội dung được báo
data-column-explanation = Giải thích
data-column-sources = Nguồn kiểm chứng
data-column-question = Câu hỏi
data-column-published_at = Đăng lúc
data-column-proposal = Nội dung đang soạn
data-column-meeting = Giờ họp
data-column-place = Chỗ ngồi
data-column-waiting_order = Thứ tự chờ
data-column-offered_until = Giữ chỗ đến
data-column-asked_version = Lần mời
data-column-wants_reminders = Muốn được nhắc
data-column-digits = Số vé
data-column-gave_feedback = Đã góp ý
data-column-begins_at = Bắt đầu
data-column-ends_at = Kết thúc
data-column-action = Việc đã làm
data-column-details = Chi tiết
data-value-member = hội viên
data-value-officer = cán bộ
data-value-owner = chủ nhiệm
data-value-active = đang tham gia
data-value-suspended = tạm dừng
data-value-left = đã rời
data-value-announcements = thông báo
data-value-digest = bản tin tổng hợp
data-value-meetings = lời mời họp
data-value-duties = việc của cán bộ
data-value-shared = đã chia sẻ
data-value-not_for_me = lần này không chia sẻ
data-value-taken_back = đã rút lại
data-value-link = liên kết
data-value-picture = ảnh
data-value-words = vài chữ
data-value-queued = đang chờ
data-value-claimed = sắp gửi
data-value-sending = đang gửi
data-value-sent = đã gửi
data-value-failed = gửi không thành công
data-value-gone = không liên lạc được
data-value-not_now = chưa gửi được lúc này
data-value-uncertain = chưa rõ đã tới hay chưa
data-value-cancelled = đã huỷ, không gửi nữa
data-value-announcement = thông báo
data-value-verdict = kết luận
data-value-notice = tin riêng
data-value-reminder = tin nhắc lại
data-value-recall = thu hồi
data-value-recalled = đã thu hồi
data-value-edited = đã sửa tại chỗ
data-value-deleted = đã xoá
data-value-notice_only = chỉ báo tin, bản cũ không sửa được
data-value-out_of_reach = không thu hồi được
data-value-scam = lừa đảo
data-value-impersonation = giả mạo
data-value-false_details = sai ngày, nơi, thủ tục
data-value-doctored_picture = ảnh, video cắt ghép
data-value-rumour = tin đồn
data-value-unknown = chưa rõ loại
data-value-new = mới
data-value-taken = đã có người nhận
data-value-answered = đã trả lời
data-value-closed = đã đóng
data-value-correction = yêu cầu chỉnh sửa
data-value-objection = phản đối xử lý dữ liệu
data-value-restriction = hạn chế xử lý dữ liệu
data-value-draft = bản nháp
data-value-awaiting_approval = chờ duyệt
data-value-scheduled = đã hẹn giờ
data-value-withdrawn = đã bỏ
data-value-expired = hết hiệu lực
data-value-false = sai sự thật
data-value-misleading = gây hiểu nhầm
data-value-true = đúng
data-value-unproven = chưa đủ căn cứ
data-value-satire = châm biếm
data-value-yes = sẽ đến
data-value-maybe = chưa chắc
data-value-no = không đến được
data-value-none = chưa có
data-value-seated = có chỗ
data-value-waiting = đang chờ chỗ
data-value-offered = đang được giữ chỗ
data-value-open = đang mời
data-value-over = đã kết thúc
data-value-pending = chờ duyệt
data-value-published = đã gửi
data-value-meeting = lời mời họp

### ---- Nhật ký (journal) ----

menu-journal = Nhật ký công việc của cán bộ
journal-head = <b>Nhật ký</b> – ai đã làm gì, mới nhất ở trên
journal-entry = <b>{ $entry }</b> · { $when }
    { $who }: { $action }
journal-who = { $name } ({ $role })
journal-somebody-left = Người đã rời
journal-command-line = Người quản trị máy chủ
journal-role-member = hội viên
journal-role-officer = cán bộ
journal-role-owner = chủ nhiệm
journal-empty = Nhật ký chưa ghi việc nào.
journal-check = Kiểm tra nhật ký
journal-whole = Nhật ký nguyên vẹn, đến mục { $entry }. Mã đối chiếu của mục này: { $mark }. { $You } ghi mã ra nơi khác để sau này đối chiếu.
journal-damaged = Nhật ký đã bị sửa, mục { $entry } không khớp. { $You } báo ngay cho người quản trị máy chủ.
journal-setting-name = tên câu lạc bộ
journal-setting-operator = cơ quan vận hành
journal-setting-contact = địa chỉ liên hệ
journal-setting-issuers = danh sách nơi phát hành
journal-setting-areas = danh sách địa bàn
journal-setting-address = cách xưng hô với cán bộ
journal-setting-colours = màu của câu lạc bộ
journal-setting-deadlines = hạn xử lý tin nghi vấn
journal-setting-data-requests = hạn giải quyết yêu cầu về dữ liệu
journal-setting-retention = thời hạn lưu dữ liệu
journal-setting-messengers = các ứng dụng có bot
journal-setting-timezone = múi giờ
journal-setting-searches = số tin mỗi hội viên được tra cứu trong một giờ
journal-setting-flag-batches = số phút giữa hai lần cập nhật số liệu cho cán bộ
journal-setting-approvals = số người duyệt một thông báo
journal-setting-verdict-approval = kết luận phải có người thứ hai duyệt
journal-setting-officer-digest = giờ gửi bản tin cho cán bộ
journal-setting-quiet-hours = giờ yên lặng
journal-setting-console-readers = người đọc được trang Zalo
journal-setting-zalo-users = số người dùng Zalo
journal-setting-zalo-link = liên kết tới Zalo của câu lạc bộ
journal-setting-zalo-quota = số tin Zalo mỗi tháng
journal-setting-spending = số tin trả phí tối đa của một thông báo / của một tháng
journal-switched-on = có
journal-switched-off = không
settings-head =
    <b>Cài đặt đổi gần đây</b>
    Cài đặt nằm trên máy chủ; chỉ người quản trị máy chủ sửa được.
settings-none = Chưa có cài đặt nào đổi.
settings-line = • { $when }: { $action }
journal-appeal-lift = khôi phục tư cách hội viên
journal-appeal-uphold = giữ nguyên việc tạm dừng
journal-action-announcement-submitted = gửi duyệt thông báo số { $announcement }, bản { $version }
journal-action-announcement-edited = sửa thông báo số { $announcement }, bản { $version }
journal-action-announcement-approved = duyệt thông báo số { $announcement }, bản { $version }
journal-action-announcement-refused = không duyệt thông báo số { $announcement }, bản { $version }
journal-action-announcement-withdrawn = rút thông báo số { $announcement } về, bản { $version }
journal-action-announcement-scheduled = hẹn giờ gửi thông báo số { $announcement }, bản { $version }
journal-action-announcement-unscheduled = huỷ lịch gửi thông báo số { $announcement }, bản { $version }
journal-action-announcement-let-out-at-night = đồng ý gửi trong giờ yên lặng thông báo khẩn số { $announcement }, bản { $version }
journal-action-announcement-rescheduled = đổi giờ gửi thông báo số { $announcement }, bản { $version }
journal-action-recurrence-stopped = dừng lặp lại thông báo số { $announcement }
journal-action-announcement-sent = cho gửi thông báo số { $announcement }, bản { $version }
journal-action-announcement-discarded = bỏ bản nháp số { $announcement }
journal-action-correction-submitted = gửi duyệt đính chính thông báo số { $announcement }, bản { $version }
journal-action-correction-edited = sửa bản đính chính thông báo số { $announcement }, bản { $version }
journal-action-correction-approved = duyệt đính chính thông báo số { $announcement }, bản { $version }
journal-action-correction-refused = không duyệt đính chính thông báo số { $announcement }, bản { $version }
journal-action-correction-withdrawn = rút đính chính thông báo số { $announcement } về, bản { $version }
journal-action-correction-sent = cho đính chính thông báo số { $announcement }, bản { $version }
journal-action-correction-discarded = bỏ bản đính chính thông báo số { $announcement }
journal-action-announcement-recalled = thu hồi thông báo số { $announcement }
journal-action-announcement-sent-to-newcomers = gửi thông báo số { $announcement } cho người mới
journal-action-announcement-sent-to-the-missed = gửi lại thông báo số { $announcement } cho người chưa nhận được
journal-action-sending-paused = tạm dừng gửi thông báo số { $announcement }
journal-action-sending-resumed = cho gửi tiếp thông báo số { $announcement }
journal-action-sending-cancelled = ngừng gửi phần còn lại của thông báo số { $announcement }
journal-action-doubtful-copies-sent-again = cho gửi lại những bản chưa rõ đã tới của thông báo số { $announcement }
journal-action-doubtful-copies-left = để nguyên những bản chưa rõ đã tới của thông báo số { $announcement }
journal-action-spending-allowed = cho phép thông báo số { $announcement }, bản { $version } trả phí tối đa { $messages } tin ({ $dong } đ)
journal-action-links-checked = đã xem các liên kết đáng ngờ trong thông báo số { $announcement }, bản { $version }
journal-action-club-restored = đưa dữ liệu về bản sao lưu; tạm dừng { $paused } lượt gửi, trả { $reopened } thông báo hẹn giờ về bản nháp
journal-action-account-granted = cấp quyền cho bot dùng trang Zalo { $account }
journal-action-key-changed = đổi khoá mã hoá dữ liệu cá nhân
journal-action-invite-made = tạo lời mời cho { $uses } { $role }
journal-action-invite-shortened = rút ngắn lời mời { $invite }
journal-action-invite-revoked = thu hồi lời mời { $invite }
journal-action-role-offered = mời { $member } làm cán bộ
journal-action-role-taken = nhận vai trò { $role }
journal-action-role-changed = đổi vai trò của { $member }: { $before } → { $after }
journal-action-role-given-up = thôi vai trò { $role }
journal-action-record-moved = chuyển sang tài khoản khác, vai trò { $role }
journal-action-member-suspended = tạm dừng tư cách hội viên của { $member }
journal-action-suspension-lifted = khôi phục tư cách hội viên của { $member }
journal-action-appeal-decided = quyết định khiếu nại của { $member }: { $outcome }
journal-action-case-taken = nhận vụ việc { $case }
journal-action-case-given-back = trả lại vụ việc { $case }
journal-action-case-out-of-scope = đóng vụ việc { $case }: ngoài phạm vi
journal-action-case-waits = để vụ việc { $case } chờ nguồn kiểm chứng
journal-action-case-goes-on = xử lý tiếp vụ việc { $case }
journal-action-case-handed-over = giao vụ việc { $case } cho cán bộ khác
journal-action-case-noted = ghi chú vụ việc { $case }
journal-action-reporters-asked = hỏi người đã báo vụ việc { $case }
journal-action-reporters-question-closed = đóng câu hỏi cho người báo vụ việc { $case }
journal-action-case-merged = gộp vụ việc { $case } vào { $into }
journal-action-case-split = tách vụ việc { $off } khỏi { $case }
journal-action-verdict-proposed = gửi duyệt kết luận vụ việc { $case }
journal-action-verdict-approved = duyệt kết luận vụ việc { $case } lần { $version }: { $rating }
journal-action-verdict-refused = không duyệt kết luận vụ việc { $case }
journal-action-case-decided = kết luận vụ việc { $case } lần { $version }: { $rating }
journal-action-question-taken = nhận câu hỏi { $question }
journal-action-question-given-back = trả lại câu hỏi { $question }
journal-action-question-answered = trả lời câu hỏi { $question }
journal-action-question-closed = đóng câu hỏi { $question }
journal-action-proof-asked-about = hỏi lại về một minh chứng của thông báo số { $announcement }
journal-action-public-answer-added = thêm câu { $public_answer } vào Hỏi – đáp của thông báo số { $announcement }
journal-action-public-answer-removed = gỡ câu { $public_answer } khỏi Hỏi – đáp của thông báo số { $announcement }
journal-action-data-withdrawn = yêu cầu xoá dữ liệu ngay trên Zalo; dữ liệu đã được xoá
journal-action-data-request-received = tiếp nhận yêu cầu về dữ liệu { $request }
journal-action-data-request-answered = trả lời yêu cầu về dữ liệu { $request }
journal-action-reach-noted = ghi lượt xem một bài chia sẻ của thông báo số { $announcement }: { $reach }
journal-action-setting-changed = đổi cài đặt “{ $setting }”: { $was } → { $now }
journal-action-setting-reworded = đổi cài đặt “{ $setting }”
journal-action-export-made = xuất số liệu { $days } ngày ra tệp: { $sheet }
journal-action-papers-submitted = gửi duyệt tài liệu của cuộc họp { $meeting }, bản { $version }
journal-action-papers-approved = duyệt tài liệu của cuộc họp { $meeting }, bản { $version }
journal-action-check-in-opened = mở check-in của cuộc họp { $meeting }
journal-action-door-list-made = xuất danh sách ở cửa của cuộc họp { $meeting }

### ---- Chẩn đoán (doctor) ----

doctor-well = ổn
doctor-part-config = Cấu hình
doctor-part-key = Khoá
doctor-part-database = Cơ sở dữ liệu
doctor-part-disk = Ổ đĩa
doctor-part-clock = Đồng hồ
doctor-part-reader = Đọc chữ trong ảnh
doctor-reader = { $name }
doctor-reader-none = chưa có, nên bot chỉ nhận ra ảnh trông giống nhau. Trên Debian, Ubuntu: apt install tesseract-ocr tesseract-ocr-vie
doctor-part-token = Token
doctor-part-way-in = Kênh nhận tin
doctor-part-zalo = Zalo
doctor-part-oa-readers = Ai đọc được trang Zalo
doctor-part-inline = Đăng vào cuộc trò chuyện khác
doctor-config-open = người khác trên máy đọc được { $file }, trong đó có mã bí mật. Chạy: chmod 600 { $file }
doctor-key-missing = không có tệp { $where }. Câu lạc bộ mới: chạy `niemtin init`. Câu lạc bộ đã có: chép lại đúng tệp khoá cũ
doctor-key-unreadable = không đọc được { $where }. Xem lại quyền của tệp
doctor-key-open = người khác trên máy đọc được khoá. Chạy: chmod 600 { $where }
doctor-key-no-key = { $where } không phải là khoá. Chép lại đúng tệp khoá của câu lạc bộ
doctor-database-without-key = chưa xem được khi chưa có khoá
doctor-database-none = chưa có { $file }. Chạy `niemtin migrate`
doctor-database-read-only = không ghi được vào { $file }. Cấp quyền ghi tệp và thư mục cho tài khoản chạy bot
doctor-database-open = người khác trên máy đọc được { $file } hoặc tệp đi kèm. Chủ tệp chạy: chmod 600 { $file }*
doctor-database-release = thuộc phiên bản phần mềm khác. Chạy `niemtin migrate`
doctor-database-closed = không mở được ({ $kind }). Xem lại database.url
doctor-disk-full = chỉ còn { $free } MB ở { $folder }. Dọn bớt
doctor-clock-off = đồng hồ của máy lệch { $off } giây. Bật đồng bộ giờ
doctor-sandbox-away = không có sandbox ở { $address }. Chạy `niemtin sandbox`
doctor-token-none = chưa có. Đặt NIEMTIN_TELEGRAM_TOKEN bằng token @BotFather đã cấp
doctor-token-refused = Telegram không nhận token này. Hỏi lại @BotFather
doctor-messenger-away = { $address } không trả lời ({ $kind }). Xem lại mạng
doctor-telegram-blocked = { $address } không trả lời ({ $kind }). Mạng ở Việt Nam thường chặn Telegram: đặt telegram.proxy (socks5 hoặc http), chạy bot ở máy khác, hoặc để câu lạc bộ dùng Zalo
doctor-telegram-proxy-away = không tới được { $address } qua telegram.proxy ({ $kind }). Xem lại địa chỉ, tên và mật khẩu của proxy, và proxy có tới được Telegram không
doctor-zalo-refused = Zalo không nhận token này. Xin lại ở Zalo Bot Manager
doctor-oa-readers-unnamed = chưa ghi. Điền zalo_oa.console_readers: những ai quản trị trang Zalo và đọc được tin nhắn trong đó; hội viên được biết trước khi nhắn
doctor-zalo-elsewhere = Zalo đang đưa tin tới { $address }. `niemtin run` sẽ đổi lại
doctor-zalo-polling = đang lấy tin bằng getUpdates: nếu máy tắt ngay sau khi lấy thì mất tin. Đặt web.public_url để nhận qua webhook
doctor-way-in-elsewhere = Telegram đang đưa tin tới { $address }. `niemtin run` sẽ đổi lại
doctor-way-in-broken = Telegram không gọi được webhook: { $says }
doctor-way-in-pending = { $count } tin còn chờ ở Telegram. Bot có đang chạy không?
doctor-inline-off = chưa bật, nên hội viên chưa gõ tên bot trong cuộc trò chuyện khác để chọn thông báo được. Nhắn @BotFather: /setinline. Để /setinlinefeedback ở Disabled: bot không cần biết ai đăng ở đâu
doctor-part-oa-webhook = Tin tới từ trang Zalo
doctor-part-oa-grant = Quyền của trang Zalo
doctor-oa-webhook-none = Zalo chỉ đưa tin tới qua webhook: đặt web.public_url, nếu không bot không nhận được gì từ trang Zalo
doctor-oa-webhook-by-hand = ổn. Địa chỉ ghi tay vào mục Webhook của ứng dụng trên developers.zalo.me: { $address }
doctor-oa-none = chưa cấp quyền cho bot. Chạy `niemtin oa authorize`
doctor-oa-granted = ổn, bot tự gia hạn mỗi ngày. Nếu bot dừng hẳn thì quyền còn đến { $until } ({ $days } ngày)
doctor-oa-ends = chỉ còn { $days } ngày (đến { $until }) vì lâu rồi chưa gia hạn. Chạy bot để gia hạn; nếu không được, chạy `niemtin oa authorize`
doctor-oa-failing = lần gia hạn gần nhất không được ({ $failure }). Bot sẽ thử lại, quyền còn đến { $until } ({ $days } ngày). -14002, -14004: xem lại zalo_oa.app_id và zalo_oa.app_secret
doctor-oa-lost-answer-lost = đã mất: Zalo đã đổi mã nhưng câu trả lời không tới bot (máy tắt hoặc mất mạng đúng lúc đó). Chạy `niemtin oa authorize`
doctor-oa-lost-restored = đã mất: bản sao lưu giữ mã cũ, Zalo không nhận nữa. Chạy `niemtin oa authorize`
doctor-oa-lost-expired = đã hết hạn vì hơn 90 ngày chưa gia hạn. Chạy `niemtin oa authorize`
doctor-oa-lost-refused = đã mất: Zalo không nhận mã gia hạn. Có thể quyền đã bị huỷ trong trang quản lý, hoặc mã đã dùng ở nơi khác. Chạy `niemtin oa authorize`

### ---- Báo động (alarm) ----

alarm-clock = ⚠️ Bot đang gặp trục trặc: chưa làm được những việc hẹn giờ (gửi tin, nhắc, bản tin). Bot vẫn đang thử và sẽ báo khi chạy lại bình thường. Nhờ { $you } báo người quản trị máy chủ xem nhật ký.
alarm-over-clock = ✅ Bot đã chạy lại bình thường. Những việc bị lỡ đang được làm bù.
alarm-updates = ⚠️ Bot đang trả lời chậm: có tin nhắn đã chờ hơn hai phút. Không tin nào bị mất. Nhờ { $you } báo người quản trị máy chủ.
alarm-over-updates = ✅ Bot đã trả lời kịp trở lại.
alarm-queue = ⚠️ Đã năm phút bot chưa gửi được tin nào qua { $where }, dù có tin cần gửi. Không tin nào bị mất. Nhờ { $you } báo người quản trị máy chủ.
alarm-over-queue = ✅ Tin đã được gửi đi trở lại.
alarm-webhook = ⚠️ { $where } không chuyển được tin của hội viên tới bot. Tin chờ quá 24 giờ có thể mất. Nhờ { $you } báo ngay người quản trị máy chủ.
alarm-over-webhook = ✅ Tin của hội viên lại tới bot bình thường.
alarm-disk = ⚠️ Máy chủ sắp hết dung lượng: chỉ còn { $free } MB. Khi hết hẳn, bot không ghi được gì nữa. Nhờ { $you } báo ngay người quản trị máy chủ.
alarm-over-disk = ✅ Máy chủ đã đủ dung lượng trở lại.
alarm-zalo-users = ⚠️ Bot trên Zalo sắp đủ { $most } người, là mức của gói Zalo đang dùng. Khi đủ, người mới không tham gia được qua Zalo. Nhờ { $you } báo người quản trị máy chủ nâng gói, hoặc mời qua ứng dụng khác.
alarm-over-zalo-users = ✅ Bot trên Zalo lại còn chỗ cho người mới.
alarm-token = ⚠️ { $where } không còn chấp nhận mã truy cập (token) của bot nên bot không gửi được gì qua đó. Nhờ { $you } báo ngay người quản trị máy chủ.
alarm-over-token = ✅ Mã truy cập của bot đã dùng lại được; bot gửi tin trở lại.
alarm-grant = { $stage ->
    [lost] ⚠️ Trang Zalo của câu lạc bộ không còn cấp quyền cho bot, nên không gửi được gì qua đó. Nhờ { $you } báo ngay người quản trị máy chủ chạy lại lệnh cấp quyền.
    [none] ⚠️ Trang Zalo của câu lạc bộ chưa cấp quyền cho bot, nên chưa gửi được gì qua đó. Nhờ { $you } báo người quản trị máy chủ chạy lệnh cấp quyền.
    [urgent] ⚠️ Quyền dùng trang Zalo của câu lạc bộ sắp hết: còn { $days } ngày. Nhờ { $you } báo ngay người quản trị máy chủ.
   *[soon] ⚠️ Quyền dùng trang Zalo của câu lạc bộ còn { $days } ngày và bot chưa gia hạn được. Nhờ { $you } báo người quản trị máy chủ.
}
alarm-over-grant = ✅ Trang Zalo của câu lạc bộ đã cấp quyền cho bot.

### ---- Cấp quyền cho Official Account (oa) ----

oa-no-app = zalo_oa.app_id, zalo_oa.app_secret: chưa có. Ghi app_id vào config.toml và đặt NIEMTIN_ZALO_OA_APP_SECRET, lấy ở developers.zalo.me, mục ứng dụng của câu lạc bộ
oa-beforehand = Trước khi cấp quyền, trên developers.zalo.me, ứng dụng { $app }:
    1. Ứng dụng đang ở trạng thái “Đang hoạt động”.
    2. Mục “Đăng ký sử dụng API”: đã đăng ký Official Account API.
    3. Tên miền của địa chỉ callback đã được xác thực.
    4. Official Account → Thiết lập chung: đã ghi địa chỉ callback và chọn quyền gửi tin, quản lý tin, nhận sự kiện, quản lý người dùng.
oa-which-callback = Bot không có địa chỉ công khai. Địa chỉ callback đã ghi trên developers.zalo.me (https://…)
oa-open-page =
    Địa chỉ callback: { $callback }
    Mở địa chỉ sau bằng trình duyệt, đăng nhập Zalo của quản trị viên Official Account, chọn đúng Official Account rồi bấm đồng ý. Địa chỉ dùng được một lần, trong 10 phút:

    { $page }

    Nếu trang đó báo lỗi -14003: địa chỉ callback không trùng với địa chỉ đã ghi, hoặc tên miền chưa xác thực.
oa-paste-or-enter = Khi trình duyệt báo đã cấp quyền xong thì nhấn Enter. Nếu trang không mở được, dán cả địa chỉ trên thanh địa chỉ vào đây
oa-paste = Dán cả địa chỉ mà trình duyệt được dẫn tới (trang có thể báo lỗi, không sao)
oa-nothing-yet = Bot chưa nhận được gì. Đợi trang trong trình duyệt báo xong, hoặc dán địa chỉ của trang đó vào đây.
oa-not-an-address = Đây không phải địa chỉ cần dán. Địa chỉ đúng có đoạn code=… ở cuối.
oa-granted = Đã cấp quyền xong. Bot tự gia hạn từ nay; `niemtin doctor` cho biết quyền còn đến bao giờ.
oa-page-title = Quyền của trang Zalo
oa-problem-none = Không có lượt cấp quyền nào đang chờ, hoặc đã quá 10 phút. Chạy lại `niemtin oa authorize`.
oa-problem-other-link = Địa chỉ này không thuộc lượt cấp quyền mới nhất. Mở đúng địa chỉ mà `niemtin oa authorize` vừa in ra.
oa-problem-used = Địa chỉ này đã được dùng rồi. Nếu chưa cấp quyền xong, chạy lại `niemtin oa authorize`.
oa-problem-other-account = Vừa chọn một Official Account khác với tài khoản bot đang dùng. Chạy lại `niemtin oa authorize` và chọn đúng tài khoản; nếu câu lạc bộ thật sự đổi tài khoản, thêm --other-account (hội viên trên tài khoản cũ phải tham gia lại).
oa-problem-no-code = Zalo không gửi mã nào kèm theo: có thể đã bấm từ chối. Chạy lại `niemtin oa authorize`.
oa-problem-callback = Địa chỉ callback không dùng được: { $address }. Cần địa chỉ https://, không có dấu ? ở cuối.
oa-problem-unreachable = Không kết nối được tới Zalo ({ $kind }). Mã chưa bị dùng: xem lại mạng rồi thử lại.
oa-problem-answer-lost = Không nhận được câu trả lời của Zalo ({ $kind }), mà mã chỉ dùng được một lần. Chạy lại `niemtin oa authorize`.
oa-problem-app-14002 = Zalo báo -14002: không có ứng dụng này hoặc ứng dụng chưa hoạt động. Xem lại zalo_oa.app_id và trạng thái “Đang hoạt động” trên developers.zalo.me.
oa-problem-app-14003 = Zalo báo -14003: địa chỉ callback không hợp lệ. Nó phải trùng từng chữ với địa chỉ ghi trên developers.zalo.me, thuộc tên miền đã xác thực và không có dấu ? ở cuối.
oa-problem-app-14004 = Zalo báo -14004: sai khoá bí mật của ứng dụng. Xem lại NIEMTIN_ZALO_OA_APP_SECRET (hoặc zalo_oa.app_secret).
oa-problem-declined = Zalo từ chối, mã lỗi { $code }: { $words }. Chạy lại `niemtin oa authorize`.

### ---- Lựa chọn bằng số ----

choices-old =
    Lựa chọn này là của tin trước đó:
    “{ $about }”.

    { $You } muốn chọn “{ $label }” phải không?
choices-over = “{ $label }” là lựa chọn của một việc đã xong (“{ $about }”) nên không chọn lại được. { $You } gõ trogiup để xem có thể làm gì.
choices-one-at-a-time = Mời { $you } chọn từng mục một. { $You } muốn chọn mục nào trước?
choices-which = Có mấy tin cùng chờ { $you } chọn. { $You } muốn chọn mục nào?
choices-repeated = Số { $number } đã được ghi nhận một lần rồi. Nếu muốn chọn số { $number } của tin mới nhất, mời { $you } gõ lại.
choices-hint = <i>Để chọn, gõ số đứng trước.</i>
choices-no = Không, bỏ qua
choices-nothing-done = Không có gì thay đổi.

### ---- Hai ứng dụng, một hội viên (linking) ----

linking-code =
    { $You } dùng cả Telegram và Zalo? Mã để dùng chung một hồ sơ: <code>{ $code }</code>

    Ở ứng dụng kia, nhắn cho bot: <code>chunghoso { $code }</code>
    Mã chỉ hiện lần này, dùng được một lần, trước { $until }. Đừng đưa mã cho ai, kể cả người tự xưng là cán bộ.
linking-done = Xong: { $you } dùng chung một hồ sơ và các lựa chọn trên cả hai ứng dụng.
linking-now =
    Đang dùng: { $chats }.
    Thông báo và bản tin tới <b>{ $here }</b>; khi không gửi được ở đó thì tới ứng dụng kia.
    Không dùng ứng dụng kia nữa thì { $you } gỡ ở dưới.
linking-now-any =
    Đang dùng: { $chats }.
    Mỗi thông báo, bản tin tới { $you } một lần, ở ứng dụng nào gửi được mà ít tốn nhất.
    Không dùng ứng dụng kia nữa thì gỡ ở dưới.
linking-any = Ứng dụng nào cũng được
linking-where = Nhận tin ở đâu…
linking-one-each = Hồ sơ này đã có một cuộc trò chuyện trên { $messenger }. Đổi sang tài khoản khác: gõ /doimay ở tài khoản cũ.
linking-own-code = { $You } vừa tạo mã này ở đây. { $You } gửi mã từ ứng dụng kia nhé.
linking-code-wrong = Mã này không dùng được: sai, đã dùng hoặc đã hết hạn. Gõ /chunghoso ở ứng dụng kia để lấy mã mới.
linking-two-records =
    { $You } đang có hai hồ sơ hội viên, mỗi ứng dụng một hồ sơ. Nếu tiếp tục, hồ sơ ở ứng dụng này (lựa chọn, minh chứng, tin đã báo) <b>bị xoá, không lấy lại được</b>; { $you } dùng chung hồ sơ ở ứng dụng kia.

    Tiếp tục?
linking-give-up = Tiếp tục, xoá hồ sơ ở đây
linking-keep = Không, giữ nguyên
linking-unlink = Gỡ { $messenger }
linking-unlink-sure = Gỡ { $messenger }? Cuộc trò chuyện ở đó không còn là của { $you } nữa và không nhận tin; hồ sơ và mọi lựa chọn vẫn ở đây.
linking-unlinked = Đã gỡ { $messenger }. Hồ sơ chỉ còn ở đây. Muốn dùng chung lại, gõ /chunghoso.
linking-too-new = Ứng dụng này mới được nối vào hồ sơ, nên chưa gỡ được ứng dụng có trước. Mời { $you } gỡ từ ứng dụng kia, hoặc thử lại sau { $days } ngày.
arriving-not-me = Không phải tôi
arriving-yes = Đúng là tôi
arriving-asks-to-link =
    🔐 Có người trên { $messenger } vừa dùng mã dùng chung hồ sơ { $you } tạo, để làm việc với vai trò của { $you }.

    Có đúng là { $you } không? Chưa đồng ý thì chưa có gì thay đổi. Câu hỏi này có hiệu lực đến { $until }.
arriving-asks-to-move =
    🔐 Có người trên { $messenger } vừa dùng mã đổi máy { $you } tạo, để chuyển hồ sơ và vai trò của { $you } sang đó.

    Có đúng là { $you } không? Chưa đồng ý thì chưa có gì thay đổi. Câu hỏi này có hiệu lực đến { $until }.
arriving-waits = Mã đúng. Vì đây là hồ sơ của một cán bộ, { $you } mở cuộc trò chuyện cũ và chọn “{ arriving-yes }” trước { $until } nhé.
arriving-done = Đã xong. Ứng dụng kia dùng được ngay.
arriving-confirm-elsewhere = Ở đây chưa đồng ý thay { $you } được. { $You } mở cuộc trò chuyện đã tạo mã, hoặc một cuộc trò chuyện đã nối vào hồ sơ từ { $days } ngày trở lên, rồi đồng ý ở đó.
arriving-none-confirms = Mã đúng, nhưng chưa dùng được: hồ sơ của cán bộ vừa đổi sang nơi khác. Sau { $days } ngày, { $you } gửi lại mã mới nhé. Cần gấp thì { $you } liên hệ một chủ nhiệm.
arriving-linked = 🔗 { $messenger } vừa được nối vào hồ sơ của { $you }. Nếu không phải { $you } làm, chọn bên dưới: bot gỡ và chặn ngay. Cần giúp: { $contact }
arriving-moved = 🔁 Một ứng dụng của { $you } vừa được đổi sang tài khoản { $messenger } khác. Nếu không phải { $you } làm, hãy báo ngay: { $contact }
arriving-refused = Đã gỡ và chặn cuộc trò chuyện đó; các mã { $you } đã tạo không còn dùng được. Nếu { $you } không tự tạo mã nào, hãy báo câu lạc bộ: { $contact }
arriving-back = Hồ sơ đã trở về đây. Tài khoản kia bị gỡ và chặn; các mã { $you } đã tạo không còn dùng được. Cần giúp: { $contact }
arriving-out = Cuộc trò chuyện này không còn được nối với hồ sơ hội viên. Muốn tham gia bằng ứng dụng này, mời gửi mã mời vào đây.
arriving-over = Việc này không còn hiệu lực. Gõ /trogiup để xem { $you } có thể làm gì.
journal-action-chat-unlinked = gỡ một ứng dụng, vai trò { $role }
digest-action-chat-unlinked = { $count } người gỡ ứng dụng
journal-action-chat-refused = từ chối một tài khoản lạ, vai trò { $role }
digest-action-chat-refused = { $count } tài khoản lạ bị từ chối
journal-action-chat-linked = dùng thêm một ứng dụng, vai trò { $role }
digest-action-chat-linked = { $count } người dùng thêm ứng dụng

### ---- Hạn mức tin của tháng (quota) ----

missed-all = 📬 Có { $count } tin trước đây bot chưa gửi được cho { $you }, nay gửi ngay bên dưới.
missed-some = 📬 Có một số tin trước đây bot chưa gửi được cho { $you }. { $count } tin mới nhất ở ngay bên dưới; { $more } tin còn lại sẽ tới khi { $you } nhắn lần sau.
spending-plan = Sẽ gửi: { $parts }
spending-few = Sẽ gửi: { $people } người
spending-part = { $count } { $name }
spending-or = { " hoặc " }
spending-part-free = nhận ngay, miễn phí
spending-part-quota = từ hạn mức gói
spending-part-quota-left = từ hạn mức gói (còn { $left } tin tháng này)
spending-part-paid = trả phí
spending-part-not-now = chưa gửi được lúc này (nhận khi họ nhắn cho bot)
spending-allowed = Được gửi: { $what }
spending-free = chỉ tin miễn phí
spending-quota = cả hạn mức gói, không trả phí
spending-paid = cả hạn mức gói, trả phí tối đa { $count } tin ({ $dong } đ)
spending-messages = Thông báo này dài: mỗi người nhận { $count } tin nhắn, tính phí từng tin.
spending-first = Gửi trước cho: { $first }
spending-choose = Chi phí…
spending-question = Thông báo này được chi bao nhiêu? Tin trong 48 giờ từ lần cuối hội viên nhắn là miễn phí; sau đó lấy từ hạn mức gói, hết hạn mức thì trả phí. Cấu hình cho phép trả tối đa { $most } tin ({ $most_dong } đ) một thông báo.
spending-other = Số khác…
spending-type = { $You } gõ số tin trả phí tối đa (ví dụ: 300) hoặc số tiền (ví dụ: 20.000 đ). Nhiều nhất { $most } tin, tức { $most_dong } đ.
spending-unclear = Chưa đọc được. { $You } gõ một số, ví dụ 300 hoặc 20.000 đ.
spending-too-much = Nhiều hơn mức cho phép: tối đa { $most } tin, tức { $most_dong } đ. { $You } gửi lại số nhỏ hơn.
spending-cost = Đã dùng { $quota } tin hạn mức gói, { $paid } tin trả phí ({ $dong } đ)
spending-month = { $messenger } tháng này: đã trả phí { $paid } tin ({ $dong } đ), tối đa { $most } tin ({ $most_dong } đ).
spending-quota-left = Hạn mức gói: còn { $left } tin tháng này.
spending-unpaid-since = ⚠️ Tài khoản hết tiền từ { $when }: tin trả phí đang không gửi được.
spending-unpaid = ⚠️ { $messenger }: tài khoản không còn tiền hoặc chưa nối Zalo Cloud Account, nên không gửi được tin trả phí. Ai chưa nhận sẽ nhận khi họ nhắn cho bot. { $You } nạp tiền để những thông báo sau gửi được.
spending-not-free = ⚠️ { $messenger } đã trừ tiền cho câu trả lời hoặc tin nhắc, là những tin bot không được phép trả tiền. Số đã chi xem ở /thongke. { $You } nhờ người quản trị máy chủ xem lại gói của tài khoản.
quota-enough = Zalo: còn { $left } tin trong tháng, cần { $needed }: đủ.
quota-short = ⚠️ Zalo: tháng này còn { $left } tin mà cần { $needed }, thiếu { $short }. Gửi trước cho: { $first }. Những người còn lại chờ sang tháng; ai dùng cả Telegram thì nhận ở Telegram.
quota-left = Zalo: còn { $left } trong { $most } tin của tháng này.
quota-choose = Gửi cho ai trước…
quota-question = Nếu chưa gửi được cho tất cả mọi người thì gửi trước cho ai?
priority-window-ends = người sắp hết hạn nhận tin
quota-only-there = người chỉ dùng một ứng dụng
quota-as-they-joined = theo thứ tự tham gia
quota-changed = Thông báo này vừa được sửa. { $You } mở lại bản mới nhất trong /soan nhé.
quota-chosen = Đã ghi: gửi trước cho { $first }.

## Vé và check-in của cuộc họp

ticket-caption =
    <b>{ $title }</b>
    { $when }
    { $place }

    Số vé: <code>{ $digits }</code>
    Đến nơi, { $you } cho cán bộ ở cửa xem ảnh này hoặc đọc sáu chữ số. Ảnh xem được cả khi không có mạng; { $you } lưu lại nhé.
ticket-hint = Cho cán bộ ở cửa xem ảnh này hoặc đọc sáu chữ số
ticket-file = cuoc-hop.ics
ticket-picture-file = ve.png
ticket-calendar = 📅 Tệp lịch: mở ra để thêm cuộc họp vào lịch trên điện thoại.
ticket-calendar-description = Thắc mắc xin liên hệ: { $contact }
ticket-none = { $You } chưa có vé của cuộc họp này: vé có khi { $you } nhận lời và còn chỗ. Gõ /lichhop để xem.
ticket-over = Cuộc họp này không còn diễn ra nên vé không dùng nữa. Gõ /lichhop để xem những cuộc họp khác.
ticket-for-officers = Mã này dành cho cán bộ ở cửa. Mời { $you } đưa ảnh vé cho cán bộ quét.
ticket-for-officers-stranger = Mã này dành cho cán bộ của câu lạc bộ. Nếu được mời đến một cuộc họp, mời { $you } hỏi cán bộ ở cửa.

checkin-button = Check-in
checkin-open =
    <b>Check-in: { $title }</b>
    Đã vào: <b>{ $came }</b> · Có chỗ: { $seated }

    { $You } gõ sáu chữ số trên vé. Trên Telegram, { $you } có thể quét mã QR bằng máy ảnh của điện thoại rồi mở liên kết.
checkin-admitted =
    ✅ <b>{ $name }</b>
    Mời vào. Đã vào: <b>{ $came }</b>
checkin-again =
    ⚠️ Vé này đã qua cửa rồi: <b>{ $name }</b>.
    Đã vào: <b>{ $came }</b>
checkin-nameless = Khách có vé
checkin-digits-wanted = Bước này cần sáu chữ số trên vé, ví dụ 482 913. { $You } gõ lại, hoặc kết thúc check-in.
checkin-unknown = Cuộc họp này không có vé số { $digits }. Nhờ khách mở lại vé trong /lichhop, rồi { $you } gõ lại sáu chữ số.
checkin-wait = { $You } đã gõ sai nhiều lần. Vui lòng thử lại sau { $time }.
checkin-not-yet = Check-in mở trước giờ họp { $hours } giờ. Vui lòng mở lại lúc { $time }.
checkin-over = Cuộc họp này đã kết thúc hoặc đã huỷ nên không check-in được nữa. Gõ /hop để xem các cuộc họp.
checkin-gone = Không tìm thấy cuộc họp này. Gõ /hop để xem các cuộc họp.
checkin-damaged = Liên kết trên vé bị thiếu. Mời { $you } mở check-in trong /hop rồi gõ sáu chữ số.
checkin-refresh = Xem số người
checkin-close = Kết thúc check-in
checkin-closed = Đã kết thúc check-in: { $came } người đã vào. Mở lại lúc nào cũng được, gõ /hop.
checkin-walk-in = Khách chưa có vé
checkin-walk-in-ask =
    Khách đến mà chưa có vé thì được mời bằng mã dưới đây. Khách quét mã, đọc và đồng ý, là vào câu lạc bộ; mã dùng một lần, trong { $hours } giờ.
    Khách vào họp rồi thì { $you } bấm nút dưới đây. Bot chỉ đếm thêm một người, không ghi tên.
checkin-walk-in-code = Trên Zalo, khách gửi mã này cho bot: <code>{ $code }</code>
checkin-walk-in-count = Khách đã vào, đếm thêm một
checkin-walk-in-counted = Đã đếm thêm một khách. Đã vào: <b>{ $came }</b>
checkin-workbook-button = Danh sách ở cửa
checkin-workbook-caption = Những người nhận lời và có chỗ, để dùng ở cửa. Tệp không ghi ai đã vào. Xong việc, { $you } xoá tệp giúp nhé.
checkin-workbook-file = danh-sach-o-cua.xlsx
checkin-workbook-sheet = Nhận lời
checkin-workbook-number = STT
checkin-workbook-name = Họ tên
checkin-workbook-area = Địa bàn
checkin-workbook-not-yours = Danh sách này chỉ cán bộ soạn hoặc duyệt cuộc họp xem được. Nhờ { $you } hỏi cán bộ ấy.
checkin-workbook-none = Chưa có ai nhận lời. { $You } mở lại sau nhé, gõ /hop.
checkin-walk-in-file = ma-moi.png

### ---- Họp: mời, trả lời, đổi, hủy ----

menu-meeting = mời họp, họp báo, tập huấn
menu-meetings = lịch họp và câu trả lời
more-meetings = 📅 Họp
journal-action-meeting-submitted = gửi duyệt cuộc họp { $meeting } (bản { $version })
journal-action-meeting-approved = duyệt cuộc họp { $meeting } (bản { $version })
journal-action-meeting-refused = không duyệt cuộc họp { $meeting } (bản { $version })
journal-action-meeting-called-off = hủy cuộc họp { $meeting }

meeting-kind-meeting = Cuộc họp
meeting-kind-press_conference = Họp báo
meeting-kind-training = Tập huấn
meeting-kind-online = Họp trực tuyến

meeting-head =
    📅 <b>{ $title }</b>
    { $kind }
meeting-when = Thời gian: <b>{ $when }</b>
meeting-where = Địa điểm: { $place }
meeting-online = Tham dự tại: { $link }
meeting-answer-by = { $You } trả lời giúp trước { $when }.
meeting-seats = Có { $count } chỗ.
meeting-contact = Liên hệ: { $contact }
meeting-who-sees = Đến hay không là tuỳ { $you }, không cần nêu lý do. Nếu { $you } nhận lời, cán bộ tổ chức sẽ thấy tên { $you }; ngoài ra không ai thấy.
meeting-summary =
    <b>{ $title }</b>
    { $when }
    { $place }
meeting-yes = ✅ Tôi sẽ đến
meeting-maybe = Chưa chắc
meeting-no = Không đến được
meeting-documents = Tài liệu
meeting-document = Tài liệu của “{ $title }”
meeting-no-documents = Cuộc họp này không có tài liệu gửi trước. { $You } hỏi cán bộ tổ chức nếu cần.

meeting-send-whole =
    { $You } gửi nguyên văn thư mời (dán hoặc chuyển tiếp cũng được). Bot tự đọc tên cuộc họp, thời gian, địa điểm, số chỗ, hạn trả lời và liên hệ.

    Ví dụ:
    Họp giao ban câu lạc bộ
    Thời gian: 8h đến 10h, thứ Bảy 14/3
    Địa điểm: Hội trường UBND, 12 Lê Lợi
    Số chỗ: 40
meeting-whole-wanted = { $You } gửi thư mời bằng chữ, hoặc tệp kèm chữ giúp nhé.
meeting-recognised = Bot đã đọc được như dưới đây. { $You } xem lại giúp.
meeting-agenda-too-long = Nội dung dài quá một tin nhắn nên bot chưa lấy. { $You } rút gọn rồi điền mục Nội dung, hoặc gửi kèm tệp.
meeting-untitled = chưa có tên
meeting-go-on = Soạn tiếp: { $title }
meeting-go-on-change = Sửa tiếp: { $title }
meeting-list-button = Các cuộc họp
meeting-list = Các cuộc họp:
meeting-list-empty = Chưa có cuộc họp nào. Gõ /hop để mời.
meeting-line-pending = Chờ duyệt: { $title }, { $day }
meeting-line-open = { $title }, { $day }
meeting-line-over = Đã họp: { $title }, { $day }
meeting-line-cancelled = Đã hủy: { $title }, { $day }

meeting-field-title = Tên cuộc họp
meeting-field-kind = Loại
meeting-field-times = Thời gian
meeting-field-place = Địa điểm
meeting-field-link = Liên kết
meeting-field-point = Vị trí bản đồ
meeting-field-seats = Số chỗ
meeting-field-answer-by = Hạn trả lời
meeting-field-agenda = Nội dung
meeting-field-documents = Tài liệu
meeting-field-contact = Liên hệ
meeting-field-areas = Mời ai
meeting-field-english-title = Tên tiếng Anh
meeting-field-english-agenda = Nội dung tiếng Anh
meeting-ask-title = Tên cuộc họp là gì?
meeting-ask-kind = Đây là loại nào?
meeting-ask-times = Họp lúc nào? { $You } viết như: 8h đến 10h thứ Bảy 14/3. Không ghi giờ kết thúc thì bot tính hai tiếng.
meeting-ask-place = Họp ở đâu? { $You } ghi tên nơi họp và địa chỉ trong một dòng.
meeting-ask-link = Liên kết tham dự là gì? Cần bắt đầu bằng https://
meeting-ask-point = { $You } gửi tọa độ, ví dụ: 20.94213, 106.33295, hoặc liên kết bản đồ có tọa độ.
meeting-ask-seats = Có bao nhiêu chỗ? Gõ số, hoặc “không giới hạn”.
meeting-ask-answer-by = Hội viên trả lời trước lúc nào? Ví dụ: 17h thứ Năm 12/3. Bỏ trống là đến lúc họp.
meeting-ask-agenda = Nội dung cuộc họp là gì?
meeting-ask-documents = { $You } gửi từng tệp tài liệu hoặc ảnh, tối đa 5 tệp.
meeting-ask-contact = Cần hỏi thì liên hệ ai? Ghi tên và số điện thoại hoặc địa chỉ thư.
meeting-ask-areas = Mời hội viên ở đâu? Chọn được nhiều nơi.
meeting-ask-english-title = Tên cuộc họp bằng tiếng Anh là gì?
meeting-ask-english-agenda = Nội dung bằng tiếng Anh là gì?
meeting-present = Hiện tại: { $value }
meeting-done = Xong
meeting-leave-out = Bỏ mục này
meeting-noted = Đã ghi.
meeting-document-added = Đã thêm tài liệu. Gửi thêm, hoặc bấm Xong.
meeting-document-wanted = Mục này nhận tệp hoặc ảnh. { $You } gửi tệp, hoặc bấm Xong.
meeting-documents-too-many = Tối đa { $most } tệp. { $You } chọn Bỏ mục này rồi gửi lại những tệp cần nhất.
meeting-link-wanted = Mục này cần một địa chỉ bắt đầu bằng https://. { $You } kiểm tra rồi gửi lại giúp.
meeting-seats-wanted = { $You } gõ một số từ 1 đến { $most }, hoặc “không giới hạn”.
meeting-point-wanted = Bot chưa thấy tọa độ. { $You } gửi hai số như: 20.94213, 106.33295.
meeting-deadline-after-begin = Hạn trả lời phải trước giờ họp. { $You } ghi lại giúp.

meeting-preview = Hội viên sẽ nhận <b>đúng như dưới đây</b>:
meeting-for-whom = Mời: { $people }
meeting-changes = <b>Thay đổi:</b>
meeting-change = • { $field }: { $old } → <b>{ $new }</b>
meeting-nothing-changed = Chưa có gì thay đổi. Chọn mục cần sửa.
meeting-submit = Gửi duyệt
meeting-discard = Bỏ bản nháp
meeting-discard-change = Thôi, không sửa
meeting-discard-question = Bỏ những gì vừa soạn? Việc này không lấy lại được.
meeting-discard-sure = Bỏ
meeting-discarded = Đã bỏ bản nháp.
meeting-change-discarded = Đã bỏ phần sửa. Cuộc họp vẫn như hội viên đã biết.
meeting-change-button = Đổi giờ, nơi họp, nội dung
meeting-change-begun = { $You } chọn mục cần sửa. Hội viên chỉ biết khi có người duyệt.
meeting-changed-since = <b>Bản này vừa được sửa.</b> { $You } xem bản mới nhất dưới đây.
meeting-changed-by-another = Một cán bộ khác đang sửa cuộc họp này. { $You } chờ người đó gửi duyệt hoặc bỏ phần sửa.
meeting-not-the-author = Chỉ người soạn mới sửa được bản này. Gõ /hop để xem các cuộc họp.
meeting-no-proposal = Không còn bản soạn nào của cuộc họp này. Gõ /hop để xem các cuộc họp.
meeting-begins-in-the-past = Giờ họp đã qua. { $You } sửa mục Thời gian rồi gửi duyệt.
meeting-deadline-over = Hạn trả lời đã qua. { $You } sửa mục Hạn trả lời rồi gửi duyệt.
meeting-nothing-to-submit = Chưa có gì thay đổi. { $You } chọn mục cần sửa rồi gửi duyệt.
meeting-not-pending = Bản này không còn chờ duyệt. Gõ /hop để xem các cuộc họp.
meeting-waits = Đang chờ cán bộ khác duyệt.
meeting-please-decide = { $You } xem kỹ ngày giờ và địa điểm trước khi duyệt.
meeting-take-back = Lấy về sửa
meeting-taken-back = Đã lấy về. Sửa xong { $you } gửi duyệt lại.
meeting-see = Xem cuộc họp
meeting-submitted = Đã gửi duyệt. Khi một cán bộ khác duyệt, thư mời được gửi đi.
meeting-submitted-to-nobody = Đã gửi duyệt, nhưng câu lạc bộ chưa có cán bộ nào khác để duyệt.
meeting-please-approve =
    Có thư mời họp chờ { $you } duyệt:

    { $meeting }
meeting-please-approve-change =
    Có thay đổi của một cuộc họp chờ { $you } duyệt:

    { $meeting }
meeting-your-own-approved =
    Thư mời của { $you } đã được duyệt và đang gửi đi:

    { $meeting }
meeting-your-own-refused =
    Thư mời của { $you } chưa được duyệt:

    { $meeting }

    Lý do: { $reason }
meeting-out = Đã duyệt. Thư mời đang được gửi đi.
meeting-change-out = Đã duyệt. Những ai nhận lời hoặc chưa chắc đang được báo thay đổi.

meeting-state-open = Đang mời.
meeting-state-over = Đã họp.
meeting-state-cancelled = Đã hủy.
meeting-no-limit = không giới hạn
meeting-totals =
    Đã mời: { $invited }
    Có chỗ: { $yes } (số chỗ: { $seats })
    Đang chờ chỗ: { $waiting }
    Đã đến: { $came }

meeting-call-off = Hủy cuộc họp
meeting-why-off =
    Vì sao hủy cuộc họp này? Mọi người đã được mời sẽ đọc được.

    { $meeting }
meeting-off-reason-wanted = { $You } viết lý do bằng chữ giúp nhé, tối đa { $limit } ký tự.
meeting-off-question = Mọi người đã được mời sẽ nhận tin dưới đây. Hủy rồi không mở lại được.
meeting-off-sure = Hủy và báo mọi người
meeting-called-off =
    ❌ Cuộc họp này <b>đã hủy</b>:

    { $meeting }

    Lý do: { $reason }
meeting-off = Đã hủy. Mọi người đã được mời đang được báo.
meeting-ended = Cuộc họp này đã kết thúc hoặc đã hủy. Gõ /hop để xem các cuộc họp.
meeting-gone = Không tìm thấy cuộc họp này. Gõ /lichhop để xem các cuộc họp sắp tới.

meeting-you-come =
    Cảm ơn { $you }, hẹn gặp { $you } ở “{ $title }”, { $when }.
    Bên dưới là vé vào cửa và tệp để thêm vào lịch.
meeting-you-wait = “{ $title }” đã hết chỗ. { $You } đứng thứ { $position } trong danh sách chờ; có chỗ trống bot sẽ hỏi { $you }.
meeting-you-may-come = Đã ghi: { $you } chưa chắc. Khi biết chắc, { $you } báo lại giúp nhé.
meeting-you-do-not-come = Đã ghi: { $you } không đến được. Cảm ơn { $you } đã báo.
meeting-change-answer = Xem hoặc đổi câu trả lời
meeting-too-late = Đã hết hạn trả lời. { $You } hỏi cán bộ tổ chức nếu vẫn muốn đến.
meeting-now-open = Cuộc họp vẫn đang mời. Gõ /lichhop để xem.
meeting-now-over = Cuộc họp này đã kết thúc. Gõ /lichhop để xem các cuộc họp sắp tới.
meeting-now-cancelled = Cuộc họp này đã hủy. Gõ /lichhop để xem các cuộc họp sắp tới.
meeting-seat-offered =
    Có một chỗ trống cho { $you }:

    { $meeting }

    Bot giữ chỗ cho { $you } đến { $when }.
meeting-take-seat = ✅ Nhận chỗ
meeting-leave-seat = Nhường người khác
meeting-seat-gone = Chỗ này không còn giữ cho { $you } nữa. Bấm “Tôi sẽ đến” để vào lại danh sách chờ.
meeting-moved =
    ⚠️ Cuộc họp { $you } đã trả lời <b>có thay đổi</b>:
    { $changes }

    { $meeting }

    { $You } vẫn đến được chứ?
meeting-changed =
    Cuộc họp { $you } đã trả lời có nội dung mới:

    { $meeting }
meeting-reminder-day =
    Nhắc { $you }: ngày mai có cuộc họp.

    { $meeting }
meeting-reminder-hours =
    Nhắc { $you }: cuộc họp sắp bắt đầu.

    { $meeting }
meeting-show-ticket = Vé vào cửa
meeting-cannot-come = Tôi không đến được nữa
meeting-no-reminders = Đừng nhắc tôi cuộc họp này
meeting-want-reminders = Nhắc tôi trước giờ họp
meeting-reminders-off = Bot sẽ không nhắc { $you } về cuộc họp này nữa.
meeting-reminders-on = Bot sẽ nhắc { $you } một ngày và hai tiếng trước giờ họp.

meetings-none = Hiện chưa có cuộc họp nào sắp tới dành cho { $you }.
meetings-coming = Các cuộc họp sắp tới:
meetings-line = { $title }, { $day }{ $answer }
meetings-answer-none = {""}
meetings-answer-yes = { " " }(sẽ đến)
meetings-answer-maybe = { " " }(chưa chắc)
meetings-answer-no = { " " }(không đến)
meetings-answer-waiting = { " " }(chờ chỗ)
meetings-answer-offered = { " " }(có chỗ cho { $you })
meetings-answer-lapsed = { " " }(đã nhường chỗ)
meetings-your-answer-none = { $You } chưa trả lời.
meetings-your-answer-yes = <b>{ $You } sẽ đến.</b>
meetings-your-answer-maybe = { $You } chưa chắc.
meetings-your-answer-no = { $You } không đến được.
meetings-your-answer-waiting = { $You } đang trong danh sách chờ.
meetings-your-answer-offered = <b>Có một chỗ đang giữ cho { $you }.</b>
meetings-your-answer-lapsed = Hạn nhận chỗ đã qua. Bấm “Tôi sẽ đến” để vào lại danh sách chờ.
meetings-want-invitations = Gửi tôi lời mời họp
meetings-agreed = Từ nay { $you } sẽ nhận lời mời họp. { $You } tắt lại lúc nào cũng được trong /caidat.

## Sau cuộc họp

papers-button = Gửi tài liệu, biên bản
papers-prompt =
    { $You } gửi biên bản vào đây: tối đa { $most } ký tự, hoặc một tệp, một ảnh kèm tối đa { $caption } ký tự.
    Bot cho xem trước; một cán bộ khác duyệt rồi mới tới hội viên.
papers-wanted = Bước này cần chữ, một tệp hoặc một ảnh. Mời { $you } gửi lại, hoặc gõ /huy để dừng.
papers-head = 📄 <b>Tài liệu, biên bản: { $title }</b>
papers-whom = Hội viên sẽ đọc <b>đúng như trên</b>. Ai mở được? Muốn sửa, { $you } gửi lại bản khác.
papers-for-came = Người đã dự
papers-for-all = Mọi người được mời
papers-whom-came = Hội viên đọc <b>đúng như trên</b>; chỉ người đã dự mở được. Chưa ổn thì { $you } nhắn cán bộ soạn; bản gửi lại sẽ thay bản này.
papers-whom-all = Hội viên đọc <b>đúng như trên</b>; mọi người được mời mở được. Chưa ổn thì { $you } nhắn cán bộ soạn; bản gửi lại sẽ thay bản này.
papers-approve = Duyệt và gửi
papers-submitted = Đã gửi duyệt. Một cán bộ khác duyệt xong thì bot báo cho hội viên.
papers-please-approve = Có tài liệu, biên bản chờ duyệt của cuộc họp <b>{ $title }</b>.
papers-out = Đã duyệt. Bot đang báo cho hội viên.
papers-stale = Bản xem trước này không còn dùng được. Mời { $you } mở lại cuộc họp trong /hop.
papers-decided = Bản này đã được duyệt rồi, { $you } không cần làm gì thêm.
papers-replaced = Đã có bản mới hơn chờ duyệt. Mời { $you } mở tin báo mới nhất.
papers-gone = Tài liệu này không còn nữa. Gõ /lichhop để xem các cuộc họp.
papers-too-early = Cuộc họp chưa kết thúc. Mời { $you } mở lại sau khi họp xong, gõ /hop.
papers-are-there = 📄 Đã có tài liệu, biên bản của <b>{ $title }</b>, dành cho người đã dự. Ai đã qua cửa thì mở được.
papers-are-there-all = 📄 Đã có tài liệu, biên bản của <b>{ $title }</b>.
papers-open = Mở tài liệu
papers-for-those-who-came = Tài liệu này dành cho người đã dự. Nếu { $you } cần, mời { $you } gõ /hoi để hỏi câu lạc bộ.

feedback-asked = Cuộc họp <b>{ $title }</b> đã kết thúc. Nếu đã dự, mời { $you } góp ý ba câu ngắn. Góp ý hay không là tuỳ { $you }; cán bộ đọc mà không biết ai viết.
feedback-give = Góp ý
feedback-question-content = <b>1/3.</b> Nội dung có ích cho { $you } không? 1 là ít, 5 là nhiều.
feedback-question-organisation = <b>2/3.</b> Tổ chức, giờ giấc có tốt không? 1 là chưa tốt, 5 là rất tốt.
feedback-question-place = <b>3/3.</b> Địa điểm, đường nối có tiện không? 1 là chưa tiện, 5 là rất tiện.
feedback-rating = { $rating }
feedback-words = { $You } muốn nhắn thêm gì? { $You } gõ tối đa { $most } ký tự, hoặc bỏ qua. Số điện thoại, số tài khoản sẽ được che bớt.
feedback-words-wanted = Bước này cần chữ, tối đa { $most } ký tự. Mời { $you } gõ lại, hoặc bỏ qua.
feedback-no-words = Bỏ qua
feedback-press-a-number = Mời { $you } chọn một số từ 1 đến 5 ở tin trên, hoặc gõ /huy để dừng.
feedback-thanks = Cảm ơn { $you } đã góp ý. Cán bộ đọc được khi có từ năm người góp ý.
feedback-your-words = <blockquote>{ $words }</blockquote>
feedback-given = { $You } đã góp ý cho cuộc họp này rồi. Cảm ơn { $you }!
feedback-closed = Góp ý của cuộc họp này chưa mở hoặc đã đóng. Muốn nhắn câu lạc bộ, mời { $you } gõ /hoi.
feedback-results-button = Xem góp ý
feedback-too-few = Chưa đủ { $fewest } góp ý nên chưa hiện. Góp ý hiện theo đợt, { $you } xem lại sau nhé.
feedback-results =
    <b>{ $count } góp ý</b>
    Nội dung: { $content }/5 · Tổ chức: { $organisation }/5 · Địa điểm: { $place }/5
feedback-line = • { $text }

decision-button = Soạn thông báo từ biên bản
decision-title = Kết quả cuộc họp: { $title }
decision-ref = Biên bản cuộc họp “{ $title }”, { $day }
decision-note = Nội dung lấy từ biên bản, chưa có biên bản thì lấy từ chương trình họp. { $You } sửa rồi gửi duyệt như mọi thông báo.
