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

### ---- Báo tin nghi vấn (flagging) ----

### ---- Xử lý vụ việc (deciding) ----

### ---- Bản tin tổng hợp (digests) ----
