"""Tables whose headers are in other languages, or in words of their own: who ends, when, and what replaces it."""

import pytest

from monitor.parsing.dates import absent, read_date
from monitor.parsing.tables.columns import Role, role_of


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("下线时间", Role.RETIRES),
        ("预计下线日期", Role.RETIRES),
        ("模型退役日期", Role.RETIRES),
        ("已下线模型", Role.MODEL),
        ("下线模型服务名称", Role.MODEL),
        ("退役模型版本", Role.MODEL),
        ("模型ID", Role.MODEL_ID),
        ("到期自动切换模型", Role.REPLACEMENT),
        ("建议替换模型服务名称", Role.REPLACEMENT),
        ("系统替换时间", Role.REDIRECTS),
        ("下线版本", Role.VERSION),
        ("下线区域", Role.OTHER),
        ("登记日期", Role.DEPRECATED),
        ("类别", Role.OTHER),
        ("非推奨日", Role.DEPRECATED),
        ("提供終了日", Role.RETIRES),
        ("モデル ID", Role.MODEL_ID),
        ("推奨代替モデル", Role.REPLACEMENT),
        ("사용 중단 날짜", Role.DEPRECATED),
        ("서비스 종료 날짜", Role.RETIRES),
        ("모델 ID", Role.MODEL_ID),
        ("권장 대체 모델", Role.REPLACEMENT),
        ("Régions", Role.OTHER),
        ("Fecha de liberación", Role.RELEASED),
        ("Fecha de baja en modo dedicado", Role.RETIRES),
        ("Opciones de sustitución sugeridas", Role.REPLACEMENT),
        ("Modelo", Role.MODEL),
        ("Date d'obsolescence", Role.DEPRECATED),
        ("Date de retrait", Role.RETIRES),
        ("ID du modèle", Role.MODEL_ID),
        ("Abschaltdatum", Role.RETIRES),
        ("Veröffentlichungsdatum", Role.RELEASED),
        ("Auto-Switch Model at Expiry", Role.REPLACEMENT),
        ("Move to", Role.REPLACEMENT),
    ],
)
def test_a_header_means(header: str, role: Role) -> None:
    assert role_of(header) is role


def test_a_clock_of_beijing_and_the_words_for_no_day() -> None:
    assert str(read_date("2026/09/30 24:00\uff08北京时间\uff09").at) == "2026-09-30 16:00:00+00:00"
    assert all(absent(text) for text in ("待定", "なし", "미정", "No date yet"))
