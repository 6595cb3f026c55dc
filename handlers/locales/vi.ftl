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
reading-not-sent = Thông báo này chưa được gửi đi nên các nút chưa dùng được.

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
