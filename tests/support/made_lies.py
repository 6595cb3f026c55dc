"""A hundred lies as they go round in chats: twenty-five kinds, each with four sets of particulars."""

_KINDS = (
    "Công an {place} yêu cầu mỗi hộ nộp {amount} để cập nhật VNeID trước ngày {date}, ai không nộp sẽ bị khoá căn cước.",
    "Từ ngày {date} cử tri {place} phải nộp {amount} mới được nhận thẻ cử tri, chuyển khoản trước cho tổ trưởng.",
    "Điểm bỏ phiếu ở {place} dời sang ngày {date} vì thiếu hòm phiếu, bà con ở nhà chờ loa gọi.",
    "Ai chụp ảnh lá phiếu gửi cho nhóm {place} sẽ được thưởng {amount}, hạn cuối là {date}.",
    "Trạm y tế {place} tiêm vắc xin quá hạn cho trẻ em, ba cháu phải nhập viện hôm {date}, gia đình được đền {amount}.",
    "Ngân hàng sẽ xoá tài khoản của người dân {place} nếu không xác thực khuôn mặt qua đường dây lạ trước {date}, phí {amount}.",
    "Nước máy ở {place} nhiễm chất độc từ hôm {date}, nhà máy giấu dân và bán bình lọc giá {amount}.",
    "Đập thuỷ điện phía trên {place} sắp vỡ, đêm {date} nước về, mỗi nhà nộp {amount} để thuê xe chạy.",
    "Bắt được nhóm người vào {place} bắt cóc trẻ em bằng kẹo tẩm thuốc mê, hôm {date} đòi chuộc {amount}.",
    "Chính phủ cho mỗi người dân {place} nhận {amount} tiền hỗ trợ, bấm vào đường dẫn đăng ký trước ngày {date}.",
    "Sở giáo dục cho học sinh {place} nghỉ đến hết {date} vì dịch, phụ huynh đóng {amount} tiền học trực tuyến.",
    "Xăng sẽ lên giá gấp đôi từ {date}, cây xăng ở {place} bán nốt mỗi người {amount}.",
    "Uống nước lá đu đủ chữa khỏi ung thư, thầy thuốc ở {place} bán mỗi thang {amount}, khai trương ngày {date}.",
    "Điện lực {place} thu thêm {amount} tiền thay công tơ từ ngày {date}, ai không đóng bị cắt điện ngay.",
    "Sổ hộ khẩu giấy ở {place} sẽ bị phạt {amount} nếu không đem nộp lại trước ngày {date}.",
    "Sân bay gần {place} đóng cửa từ ngày {date} vì phát hiện bom, hãng hoàn lại {amount} cho mỗi vé.",
    "Người trên sáu mươi tuổi ở {place} bị cắt lương hưu nếu không gửi mã OTP và {amount} trước ngày {date}.",
    "Cá chết trắng sông ở {place} do nhà máy xả thải đêm {date}, ai ăn phải đều cấp cứu, viện phí {amount}.",
    "Muối sẽ khan hiếm cả năm, chợ {place} bán mỗi cân {amount}, bà con mua trữ trước ngày {date}.",
    "Ứng cử viên ở {place} phát phong bì {amount} cho từng nhà vào tối {date}, ai nhận thì ký tên vào sổ.",
    "Thẻ bảo hiểm y tế của người {place} hết giá trị từ {date}, đổi thẻ mới mất {amount} qua số điện thoại lạ.",
    "Đường về {place} sạt lở hoàn toàn, từ {date} xe nào đi qua phải trả {amount} cho đội cứu hộ tư nhân.",
    "Cây cầu ở {place} nứt đôi, hôm {date} có xe rơi xuống sông mà báo không đăng, nhà thầu ăn bớt {amount}.",
    "Bệnh viện {place} hết thuốc giải độc rắn, bệnh nhân phải tự mua giá {amount}, tin chắc chắn hôm {date}.",
    "Tổng đài gọi đến người {place} báo nợ cước {amount}, không trả trước ngày {date} thì bị bắt giam.",
)
_PARTICULARS = (
    ("xã Hòa Bình", "500.000 đồng", "15/3/2026"),
    ("phường Lê Lợi", "200.000 đồng", "22/3/2026"),
    ("huyện Đức Cơ", "1.500.000 đồng", "4/4/2026"),
    ("thị trấn Nam Phước", "750.000 đồng", "30/4/2026"),
)
LIES = tuple(
    kind.format(place=place, amount=amount, date=date)
    for kind in _KINDS
    for place, amount, date in _PARTICULARS
)
COMMENTS = (
    "Có thật không mọi người?",
    "Bà con cẩn thận nha",
    "Chia sẻ cho gia đình biết đi ạ",
    "Ai xác nhận giúp với, nghe ghê quá",
    "Nhà em hôm qua cũng có người gọi",
    "Chiều nay 5 giờ họp tổ dân phố nha bà con",
    "Đừng tin, lừa đảo đó",
    "Admin duyệt bài kiểu gì vậy",
    "Cho em xin nguồn với",
)
"""What others write below a post."""


def comments(number: int) -> tuple[str, ...]:
    """Three comments below the post of this number."""
    return tuple(COMMENTS[(3 * number + at) % len(COMMENTS)] for at in range(3))
