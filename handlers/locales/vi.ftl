# Mọi câu người dùng đọc được. Hội viên là “bạn”, cán bộ là “anh/chị”.
# Mỗi câu tối đa một biểu tượng cảm xúc, chỉ khi nó giúp mắt tìm nhanh hơn.

### ---- Chung ----

trouble = Xin lỗi, hệ thống vừa gặp trục trặc nên chưa làm được việc này. Bạn thử lại sau ít phút nhé. (Mã: { $reference })
button-unknown = Nút này không còn dùng được. Bạn gõ /trogiup để xem có thể làm gì.
button-not-yours = Nút này không dành cho bạn.
command-unknown = Chưa có lệnh này. Bạn gõ /trogiup để xem các lệnh.
command-not-yours = Lệnh này dành cho cán bộ của câu lạc bộ.
members-only = Bạn cần là hội viên để dùng lệnh này. Nếu có mã mời, bạn gửi mã vào đây. Gõ /riengtu để xem câu lạc bộ giữ thông tin gì.
suspended = Tư cách hội viên của bạn đang tạm dừng nên chưa làm được việc này. Bạn vẫn có thể dùng /riengtu, /ngungnhan, /roiclb.
only-in-private = Để giữ riêng tư, mời bạn nhắn riêng với bot: { $link }
number-missing = Bạn ghi thêm con số sau lệnh nhé, ví dụ: /thongbao 12
cancelled = Đã dừng. Bạn gõ /trogiup bất cứ lúc nào.
cancel = Huỷ
back = ◀ Quay lại
menu-cancel = Dừng việc đang làm
introduction-about = Thông báo chính thức và lời giải đáp về tin nghi vấn, dành cho hội viên câu lạc bộ.
introduction-description =
    Bot của { $club }, do { $operator } vận hành.

    Hội viên nhận thông báo chính thức có nguồn kiểm chứng, và gửi vào đây những tin thấy ngờ ngợ để được trả lời.

    Bấm BẮT ĐẦU để xem câu lạc bộ giữ thông tin gì trước khi tham gia.

### ---- Trợ giúp ----

menu-help = Trợ giúp
help-stranger =
    Đây là bot của <b>{ $club }</b>: gửi thông báo chính thức và trả lời về tin nghi vấn.

    Có mã mời? Gửi mã vào đây để tham gia.
    /riengtu – câu lạc bộ giữ thông tin gì
    Liên hệ: { $contact }
help-member =
    Bạn có thể:
    • Chuyển tiếp vào đây một tin thấy ngờ ngợ – câu lạc bộ sẽ kiểm tra và trả lời
    /thongbao – đọc lại các thông báo còn hiệu lực
    /tindabao – xem kết quả những tin bạn đã báo
    /caidat – chọn nhận gì, ngôn ngữ, địa bàn
    /ngungnhan – ngừng nhận mọi tin
    /riengtu – câu lạc bộ giữ thông tin gì
    /roiclb – rời câu lạc bộ
    Liên hệ: { $contact }
help-officer =
    Anh/chị có thể:
    /soan – soạn thông báo
    /choduyet – thông báo chờ duyệt
    /hangdoi – tin nghi vấn chờ xử lý
    /thongke – số liệu các thông báo

    Như mọi hội viên: /thongbao, /tindabao, /caidat, /ngungnhan, /riengtu, /roiclb
    Chuyển tiếp một tin vào đây để báo tin nghi vấn.
help-owner =
    Anh/chị có thể:
    /soan – soạn thông báo
    /choduyet – thông báo chờ duyệt
    /hangdoi – tin nghi vấn chờ xử lý
    /thongke – số liệu các thông báo
    /moi – tạo lời mời hội viên, cán bộ

    Như mọi hội viên: /thongbao, /tindabao, /caidat, /ngungnhan, /riengtu, /roiclb
    Chuyển tiếp một tin vào đây để báo tin nghi vấn.

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

    Tham gia cần có lời mời của câu lạc bộ. Nếu đã có mã mời, bạn gửi mã vào đây.
    /riengtu – câu lạc bộ giữ thông tin gì
    Liên hệ: { $contact }
joining-welcome =
    Chào bạn! <b>{ $club }</b> mời bạn tham gia. Bot này do { $operator } vận hành và chịu trách nhiệm.

    Nếu bạn tham gia, câu lạc bộ giữ:
    • Tên và mã cuộc trò chuyện này (được mã hoá) – để nhắn tin cho bạn
    • Những loại tin, ngôn ngữ, địa bàn bạn chọn – để gửi đúng điều bạn cần
    • Việc bạn làm ở đây: chia sẻ, báo tin – để trả lời bạn

    Chia sẻ là tự nguyện. Bạn rời đi lúc nào cũng được. Chưa đồng ý thì chưa có gì được lưu.
joining-as-officer = <b>Lời mời làm cán bộ.</b> Anh/chị sẽ soạn và duyệt thông báo, xử lý tin nghi vấn. Anh/chị không thấy ai đã báo tin hay ai chưa chia sẻ. Việc cán bộ làm được ghi vào nhật ký không sửa được.
joining-as-owner = <b>Lời mời làm chủ nhiệm.</b> Anh/chị làm mọi việc của cán bộ và mời thêm cán bộ. Anh/chị không thấy ai đã báo tin hay ai chưa chia sẻ. Việc cán bộ làm được ghi vào nhật ký không sửa được.
joining-agree = Tôi đồng ý, tham gia
joining-read-notice = Đọc đầy đủ
joining-decline = Không tham gia
joining-in-this-language = Tiếng Việt
joining-declined = Không sao, cảm ơn bạn đã xem. Câu lạc bộ không lưu gì về bạn. Khi nào đổi ý, bạn mở lại lời mời nhé.
joining-code-wrong = Mã mời này không dùng được. Bạn kiểm tra lại từng ký tự, hoặc xin lời mời mới từ người đã mời bạn. Liên hệ: { $contact }
joining-code-wait = Bạn đã thử nhiều mã chưa đúng. Mời bạn thử lại sau { $time }.
joining-hello-member =
    Chào bạn, bạn đang là hội viên của <b>{ $club }</b>.
    • Chuyển tiếp vào đây một tin thấy ngờ ngợ để câu lạc bộ kiểm tra
    /thongbao – đọc lại các thông báo
    /caidat – chọn nhận gì
    /trogiup – mọi việc có thể làm
joining-hello-officer =
    Chào anh/chị, anh/chị đang là cán bộ của <b>{ $club }</b>.
    /soan – soạn thông báo
    /choduyet – thông báo chờ duyệt
    /hangdoi – tin nghi vấn chờ xử lý
    /trogiup – mọi việc có thể làm
joining-raised-officer = Từ giờ anh/chị là cán bộ của câu lạc bộ. Gõ /trogiup để xem các việc. Muốn được báo khi có việc cần làm, anh/chị bật “Việc của cán bộ” bên dưới.
joining-raised-owner = Từ giờ anh/chị là chủ nhiệm của câu lạc bộ. Gõ /trogiup để xem các việc. Muốn được báo khi có việc cần làm, anh/chị bật “Việc của cán bộ” bên dưới.
joining-gets-announcements = • Thông báo chính thức, ngay khi có
joining-gets-digest = • Bản tin tổng hợp
joining-gets-duties = • Việc cần cán bộ xử lý
joining-digest-when = Bản tin: { $when }
joining-gets-nothing = Bạn chưa chọn nhận gì, nên bot sẽ không tự gửi gì. Bật lên lúc nào cũng được ở /caidat.
joining-can-member =
    • Chuyển tiếp vào đây một tin thấy ngờ ngợ – câu lạc bộ sẽ kiểm tra và trả lời
    /thongbao – đọc các thông báo còn hiệu lực
    /caidat – đổi các lựa chọn
    /ngungnhan – ngừng nhận mọi tin
joining-can-officer =
    /soan – soạn thông báo
    /choduyet – thông báo chờ duyệt
    /hangdoi – tin nghi vấn chờ xử lý
    /caidat – đổi các lựa chọn
    /trogiup – mọi việc có thể làm
joining-done =
    Xong rồi, mừng bạn tham gia! 🌱

    <b>Bạn sẽ nhận</b>
    { $gets }

    <b>Bây giờ bạn có thể</b>
    { $can }

menu-settings = Chọn nhận gì, ngôn ngữ, địa bàn
preferences-title = <b>Cài đặt của bạn</b>
preferences-line-purposes = Đang nhận: { $purposes }
preferences-line-nothing = Đang nhận: chưa chọn gì, bot không tự gửi gì
preferences-line-digest = Bản tin gửi: { $when }
preferences-line-language = Ngôn ngữ: { $language }
preferences-line-area = Địa bàn: { $area }
preferences-purpose-announcements = Thông báo
preferences-purpose-digest = Bản tin tổng hợp
preferences-purpose-duties = Việc của cán bộ
preferences-language-name = Tiếng Việt
preferences-open-language = Ngôn ngữ
preferences-open-area = Địa bàn
preferences-open-digest = Ngày giờ nhận bản tin
preferences-ask-purposes =
    Bạn đã là hội viên. Bạn muốn nhận gì? Bấm để bật từng mục; chưa bật thì bot không gửi.

    • <b>Thông báo</b>: tin chính thức, khi có
    • <b>Bản tin tổng hợp</b>: một tin gọn vào ngày giờ bạn chọn
preferences-ask-purposes-officer =
    Anh/chị đã vào câu lạc bộ với vai trò cán bộ. Anh/chị muốn nhận gì? Bấm để bật từng mục; chưa bật thì bot không gửi.

    • <b>Thông báo</b>: tin chính thức, khi có
    • <b>Bản tin tổng hợp</b>: một tin gọn vào ngày giờ anh/chị chọn
    • <b>Việc của cán bộ</b>: thông báo chờ duyệt, bản tin hằng ngày cho cán bộ
preferences-ask-language = Bạn muốn dùng ngôn ngữ nào?
preferences-ask-area = Bạn muốn nhận thông báo của địa bàn nào? Thông báo chung của tỉnh thì ai cũng nhận được.
preferences-ask-digest =
    Bản tin tổng hợp gửi vào ngày nào, lúc mấy giờ?
    Đang chọn: <b>{ $when }</b>
preferences-digest-no-day = chưa chọn ngày nào nên chưa gửi
preferences-digest-daily = hằng ngày, { $time }
preferences-digest-days = { $days }, { $time }
preferences-every-day = Hằng ngày
preferences-once-a-week = Mỗi Chủ Nhật
preferences-other-hour = Giờ khác…
preferences-ask-hour = Bạn gõ giờ muốn nhận, ví dụ: 19h30
preferences-hour-unclear = Bot chưa đọc được giờ này. Bạn gõ như 19h30 hoặc 7 giờ sáng nhé. Gõ /huy để thôi.
preferences-go-on = Tiếp tục ▶

menu-stop = Ngừng nhận mọi tin
leaving-stop-button = Ngừng nhận mọi tin
leaving-stop-ask = Bạn muốn ngừng nhận mọi tin? Bấm nút dưới đây, hoặc gõ đúng /ngungnhan.
leaving-stopped =
    Đã ngừng. Từ lúc này bot không tự gửi gì cho bạn nữa: không thông báo, bản tin, lời nhắc, kể cả câu trả lời cho những tin bạn đã báo.

    Bạn vẫn là hội viên: /tindabao xem kết quả tin đã báo, /caidat để nhận lại, /roiclb để rời câu lạc bộ.
leaving-stranger = Bạn không phải hội viên: bot không gửi gì cho bạn và không có gì để dừng.
menu-leave = Rời câu lạc bộ
leaving-ask =
    Rời câu lạc bộ nghĩa là mọi tin đều dừng, và tên, cuộc trò chuyện, minh chứng cùng những tin bạn đã báo được xoá khỏi hồ sơ ngay.
    Muốn trở lại, bạn cần một lời mời mới.
leaving-leave-button = Rời câu lạc bộ
leaving-stay = Ở lại
leaving-stayed = Cảm ơn bạn ở lại. Mọi thứ vẫn như cũ.
leaving-left = Bạn đã rời câu lạc bộ. Tên và cuộc trò chuyện này đã được xoá khỏi hồ sơ, bot sẽ không nhắn nữa. Cảm ơn bạn đã đồng hành.
leaving-last-owner = Anh/chị là chủ nhiệm duy nhất. Trước khi rời, anh/chị mời thêm một chủ nhiệm bằng /moi nhé.

menu-privacy = Câu lạc bộ giữ thông tin gì
privacy-who = <b>Quyền riêng tư của bạn</b>
    Bot này của { $club }, do { $operator } vận hành và chịu trách nhiệm. Liên hệ: { $contact }
privacy-kept = <b>Giữ gì, để làm gì</b>
    • Tên và mã cuộc trò chuyện của bạn: để nhắn tin cho bạn
    • Loại tin, ngôn ngữ, địa bàn, giờ bạn chọn; lúc bạn đồng ý và lúc rút lại: để gửi đúng điều bạn muốn
    • Thông báo đã gửi cho bạn; việc bạn bấm “Tôi đã chia sẻ”, “Không hợp với tôi”; liên kết, ảnh bạn tự thêm; lời nhắc bạn đặt: để không gửi lặp và để có số liệu chung
    • Tin bạn báo và ngày báo: để trả lời bạn
    Tên, mã cuộc trò chuyện, bài bạn báo, liên kết và ảnh được mã hoá; khoá để ngoài cơ sở dữ liệu. Người chưa tham gia: không giữ gì, trừ số lần gõ sai mã mời (không kèm tên, 1 ngày) và dấu để không xử lý một tin hai lần (48 giờ).
privacy-how-long = <b>Giữ bao lâu</b>
    • Bài bạn báo: 90 ngày sau khi có kết luận; nếu ngoài phạm vi thì xoá ngay
    • Liên kết, ảnh chia sẻ: 90 ngày. Lượt gửi: 1 năm. Việc đang làm dở: 14 ngày
    • Còn lại: đến khi bạn rời. Khi rời, tên, cuộc trò chuyện, địa bàn, minh chứng và việc bạn đã báo tin bị xoá ngay; những dòng không tên để tính số liệu chung (đã gửi, đã chia sẻ, đã đồng ý) còn lại. Bài đã báo ở lại với vụ việc, không ghi ai báo
    • Nhật ký việc cán bộ làm được giữ lại, không có thông tin của hội viên
privacy-who-sees = <b>Ai thấy gì</b>
    • Cán bộ thấy bài được báo, loại, số người báo và ngày; không thấy ai báo
    • Cán bộ chỉ thấy tổng số đã chia sẻ; không thấy ai chưa chia sẻ hay ai chọn “Không hợp với tôi”
    • Ứng dụng nhắn tin bạn dùng (như Telegram) chuyển tin nhắn theo chính sách riêng của họ
privacy-rights = <b>Quyền của bạn</b>
    Bạn có quyền xem, sửa, xoá và phản đối. /caidat để đổi, /ngungnhan để ngừng mọi tin, /roiclb để rời. Việc khác: { $contact }
privacy-never = <b>Câu lạc bộ không làm</b>
    • Không gửi gì khi bạn chưa bật mục đó; rời đi dễ như tham gia
    • Không chỉ tiêu, xếp hạng, phạt hay nhắc ai chưa chia sẻ; không đăng bài thay bạn
    • Không vận động cho hay chống ứng viên nào; thông báo luôn ghi nơi phát hành và chỗ kiểm chứng
    • Không nhận báo ý kiến, phê bình; không ghi lại ai viết bài bị báo; không mở liên kết bạn gửi
    • Kết luận luôn có lý do và nguồn, và được báo lại cho người đã báo tin
    • Việc cán bộ làm luôn vào nhật ký không sửa được

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

    Bấm để đổi, rồi bấm <b>Tạo lời mời</b>.
inviting-ask-area = Người được mời thuộc địa bàn nào? Họ vẫn tự đổi được.
inviting-make = Tạo lời mời
inviting-made = Đã tạo. Anh/chị chuyển tiếp tin dưới đây cho người được mời. Mã chỉ hiện một lần này.
inviting-card-member =
    Mời bạn tham gia <b>{ $club }</b> để nhận thông báo chính thức và kiểm tra tin nghi vấn.

    Mở liên kết hoặc quét mã: { $link }
    Hoặc gửi cho bot mã: <code>{ $code }</code>
    Hiệu lực đến { $until }, cho { $uses } người.
inviting-card-officer =
    Mời anh/chị làm <b>cán bộ</b> của <b>{ $club }</b>.

    Mở liên kết hoặc quét mã: { $link }
    Hoặc gửi cho bot mã: <code>{ $code }</code>
    Hiệu lực đến { $until }, cho { $uses } người. Chỉ gửi riêng cho người được mời.
inviting-card-owner =
    Mời anh/chị làm <b>chủ nhiệm</b> của <b>{ $club }</b>.

    Mở liên kết hoặc quét mã: { $link }
    Hoặc gửi cho bot mã: <code>{ $code }</code>
    Hiệu lực đến { $until }, cho { $uses } người. Chỉ gửi riêng cho người được mời.

### ---- Soạn và duyệt thông báo (announcing) ----

announcement-head = <b>{ $title }</b>
announcement-head-urgent = 🔴 <b>KHẨN: { $title }</b>
announcement-fact = • { $fact }
announcement-issuer = Nơi phát hành: { $issuer }
announcement-source-url = Kiểm chứng tại: { $url }
announcement-source-ref = Văn bản số: { $ref }
announcement-valid-until = Có giá trị đến: { $when }
announcement-number = Thông báo số { $number }

### ---- Gửi đi: tiến độ (delivery) ----

progress-filling = Thông báo số { $number }: đang gửi, danh sách người nhận còn đang lập
progress-sending = Thông báo số { $number }: đang gửi
progress-paused = Thông báo số { $number }: tạm dừng gửi
progress-done = ✅ Thông báo số { $number }: đã gửi xong
progress-cancelled = Thông báo số { $number }: đã ngừng gửi
progress-nobody = Hiện chưa có hội viên nào nhận thông báo thuộc diện này.
progress-sent = Đã tới { $sent }/{ $total } người
progress-gone = Không liên lạc được (đã chặn bot hoặc không còn dùng tài khoản): { $count }
progress-failed = Gửi không thành công: { $count }
progress-uncertain = Chưa rõ đã tới hay chưa: { $count }

### ---- Chia sẻ (sharing) ----

share-button = Chia sẻ
shared-button = Tôi đã chia sẻ
not-for-me-button = Không hợp với tôi
remind-button = Nhắc tôi sau

share-over = Thông báo số { $number } đã hết giá trị nên không cần chia sẻ nữa. Cảm ơn bạn.
share-disclosure = Chia sẻ bởi hội viên { $club }, kênh thông tin của { $operator }.
share-document = Văn bản số { $ref } – { $issuer }
share-own-words =
    Bạn viết vài lời của chính mình, rồi để nguyên phần này ở cuối bài (chạm để sao chép):
    <code>{ $paste }</code>
share-on-facebook = Facebook
share-on-telegram = Telegram
share-copy = Sao chép để dán vào Zalo, nơi khác
share-thanks = Cảm ơn bạn đã chia sẻ thông báo số { $number }. Bạn muốn thêm liên kết bài đăng hoặc ảnh chụp màn hình không? Không bắt buộc.
share-thanks-toast = Đã ghi nhận. Cảm ơn bạn!
share-add-proof = Thêm liên kết hoặc ảnh
share-take-back = Rút lại
share-taken-back = Đã rút lại xác nhận chia sẻ thông báo số { $number }. Liên kết và ảnh bạn gửi kèm cũng đã xoá.
share-not-for-me = Cảm ơn bạn đã cho biết.

proof-prompt = Bạn gửi vào đây liên kết bài đăng (một hoặc nhiều liên kết) hoặc ảnh chụp màn hình nhé.
proof-needs-link-or-picture = Tin này chưa có liên kết hay ảnh. Bạn gửi liên kết bài đăng, ví dụ https://…, hoặc ảnh chụp màn hình; nếu không muốn nữa, bạn bấm Huỷ.
proof-forwarded = Bài chuyển tiếp thì chưa nhận làm minh chứng được. Bạn gửi liên kết hoặc ảnh chụp màn hình; còn nếu muốn báo tin nghi vấn, bạn bấm Huỷ rồi chuyển tiếp lại.
proof-added = Đã thêm. Cảm ơn bạn!
proof-known = Minh chứng này bạn đã gửi rồi, chỉ tính một lần.
proof-more = Thêm nữa
proof-enough = Mỗi thông báo nhận tối đa { $most } minh chứng. Bạn gửi vậy là đủ rồi, cảm ơn bạn.
proof-without-share = Bạn chưa xác nhận chia sẻ thông báo này, hoặc đã rút lại.

remind-when = Bạn muốn được nhắc lúc nào?
remind-already = Bạn đang hẹn nhắc lúc { $when }. Bạn muốn đổi sang lúc khác?
remind-hour = Sau 1 giờ
remind-tonight = Tối nay, 19:30
remind-morning = Sáng mai, 7:00
remind-off = Bỏ nhắc
remind-set = Sẽ nhắc bạn về thông báo số { $number } lúc { $when }.
remind-dropped = Đã bỏ nhắc về thông báo số { $number }.
remind-past = Giờ này đã qua hoặc thông báo khi đó đã hết giá trị. Bạn bấm lại “Nhắc tôi sau” để chọn giờ khác nhé.
remind-too-late = Thông báo số { $number } đã hoặc sắp hết giá trị nên không còn giờ nào để nhắc.
remind-head = 🔔 Bạn nhờ nhắc:

menu-announcements = Đọc lại thông báo
reading-list = Có { $count } thông báo còn hiệu lực. Bạn chọn một thông báo để đọc lại:
reading-none = Hiện chưa có thông báo nào còn hiệu lực. Khi có, câu lạc bộ sẽ gửi đến những ai đã chọn nhận.
reading-open = { $number }. { $title }
reading-open-urgent = 🔴 { $number }. { $title }
reading-newer = ◀ Mới hơn
reading-older = Cũ hơn ▶
reading-over = Thông báo số { $number } đã hết giá trị. Bạn gõ /thongbao để xem các thông báo còn hiệu lực.
reading-unknown = Không tìm thấy thông báo này. Bạn gõ /thongbao để xem các thông báo còn hiệu lực.

menu-statistics = Số liệu các thông báo
statistics-none = Chưa có thông báo nào được gửi đi.
statistics-head = <b>Các thông báo gần đây</b>
statistics-line =
    <b>{ $number }. { $title }</b>
    Đã gửi: { $sent } · Đã chia sẻ: { $shared } người
statistics-open = Số { $number }
statistics-full =
    <b>Thông báo số { $number }: { $title }</b>

    Đã gửi: { $sent }
    Đang chờ gửi: { $waiting }
    Không còn liên lạc được: { $gone }
    Gửi không thành công: { $failed }
    Chưa rõ đã đến hay chưa: { $uncertain }

    Xác nhận đã chia sẻ: { $shared } người
    Minh chứng gửi kèm: { $links } liên kết, { $pictures } ảnh
statistics-unknown = Không có thông báo nào đã gửi mang số này. Anh/chị gõ /thongke để xem các thông báo gần đây.

### ---- Báo tin nghi vấn (flagging) ----

### ---- Xử lý vụ việc (deciding) ----

### ---- Bản tin tổng hợp (digests) ----
