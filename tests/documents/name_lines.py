"""Names and places of neighbours in their own letters, as they stand on papers that cross a border.

Together with `LAO_LINES` more than 200 lines, each different.
"""

from itertools import product


def _names(first: str, second: str, between: str = " ") -> list[str]:
    """Return every pairing of two lists that are written with commas."""
    return [between.join(pair) for pair in product(first.split(","), second.split(","))]


THAI_LINES = (
    *_names(
        "นางสาวกัญญา,เด็กหญิงน้ำฝน,น.ส. ปิ่นแก้ว,สุภาพร,จันทร์เพ็ญ,ศิริลักษณ์",
        "ศรีสุวรรณ,แก้วก่ำ,พิทักษ์ธรรม,วงศ์ใหญ่,อินทรประเสริฐ",
    ),
    *("ศูนย์พึ่งได้ จังหวัดอุบลราชธานี", "บ้านเกร็ดตระการ ต.ปากเกร็ด", "พ.ศ. ๒๕๖๙ เวลา ๐๙.๓๐ น."),
)
KHMER_LINES = (
    *_names("សុខ,ចាន់,ស្រីពៅ,ហេង,គឹម", "ស្រីមុំ,បុប្ផា,ពិសិដ្ឋ,ធីតា,រតនៈ,វណ្ណារី"),
    *("ខេត្តស្ទឹងត្រែង", "ភូមិថ្មី ឃុំព្រែកពោធិ៍", "លេខ ០១២៣៤៥៦៧៨៩"),
)
BURMESE_LINES = (
    *_names("ဒေါ်,မ,ဦး", "ခင်မာလာ,သီတာအေး,ဖြူဖြူလွင်,နှင်းဆီ,ကြည်ကြည်ဝင်း", ""),
    *_names("ဒေါ်,မ,ဦး", "စန္ဒာမြင့်,ရွှေရည်,အိအိမွန်,မြတ်နိုး,ဇင်မာဦး", ""),
    *("တာချီလိတ်မြို့", "ရှမ်းပြည်နယ် ကျိုင်းတုံ", "အမှတ် ၁၂၃၄၅"),
)
VIETNAMESE_LINES = (
    *_names(
        "Nguyễn Thị,Trần Thị Mỹ,Đặng Quỳnh,Phạm Ngọc,Lương Thị Bích",
        "Hằng,Thảo,Ánh,Phượng,Xuyến,Ửng",
    ),
    *("Ủy ban nhân dân tỉnh Quảng Trị", "xã Lao Bảo, huyện Hướng Hóa", "đường Lê Lợi, số 12/3"),
)
CHINESE_LINES = (
    *_names("王,李,张,欧阳,黎", "小红,丽娟,美玲,雪梅,欣怡,佳琪", ""),
    *(
        "云南省西双版纳傣族自治州",
        "昆明市五华区\uff08妇女联合会\uff09",
        "磨憨口岸\uff1a二\u3007二六年十一月三日",
    ),
)

NAME_LINES = (*THAI_LINES, *KHMER_LINES, *BURMESE_LINES, *VIETNAMESE_LINES, *CHINESE_LINES)
