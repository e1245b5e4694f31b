"""Headers in Chinese, Japanese and Korean, where the noun at the end tells what a column holds, and in five languages of Europe."""

import re

_DAY = r"(?:时间|日期|時間|日時|日|날짜|일시|일자|일|시점)(?:\s*[\uff08(].*[)\uff09])?"
_GONE = (
    r"(?:下线|下線|停服|停止服务|停用|退役|退市|提供終了|サービス終了|サポート終了|終了|廃止|停止|서비스\s*종료|지원\s*종료|종료|폐기|중지)"
)
_WARNED = r"(?:弃用|棄用|废弃|廢棄|公告|登记|通知|非推奨|사용\s*중단|지원\s*중단|공지)"
_BETTER = r"(?:替代|替换|替換|代替|切换|切換|迁移|遷移|推荐|推薦|建议|建議|(?<!非)推奨|移行先|後継|대체|권장|후속)"
_BORN = r"(?:发布|發布|上线|リリース|提供開始|公開|출시|배포)"
_MODEL = r"(?:模型|モデル|모델)"
_HEADERS = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        ("other", r"区域|地域|リージョン|리전|指导|说明|备注|備考|비고|价格|成本|料金|요금"),
        ("redirects", rf"{_BETTER}\s*{_DAY}$"),
        ("replacement", rf"{_BETTER}(?!.*{_DAY}$)"),
        ("released", rf"{_BORN}.*{_DAY}$"),
        ("retires", rf"{_GONE}.*{_DAY}$"),
        ("deprecated", rf"{_WARNED}.*{_DAY}$"),
        ("state", r"状态|狀態|ステータス|状態|상태"),
        ("model id", rf"{_MODEL}.*(?:ID|编码|代码|コード|코드)$|^ID$"),
        ("version", r"(?<!模型)版本(?:名称)?$|(?<!モデル)バージョン$|(?<!모델 )버전$"),
        ("model", rf"{_MODEL}"),
    )
)
_FOREIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LATIN = tuple(
    (role, re.compile(pattern, re.IGNORECASE))
    for role, pattern in (
        (
            "released",
            r"^(?:fecha|date|data)\s+d\S*\s*(?:de\s+)?(?:la\s+)?(?:lanzamiento|liberaci|publicaci|sortie|publication|lancement|lan.amento|rilascio)",
        ),
        ("released", r"^(?:ver.ffentlichung|freigabe|erscheinung)s?datum$"),
        (
            "deprecated",
            r"^(?:fecha|date|data)\s+d\S*\s*(?:de\s+)?(?:la\s+)?(?:obsol|d.pr.ciation|desuso|descontinua.{1,2}o anunciada|deprec)",
        ),
        ("deprecated", r"^(?:veraltet\s+(?:seit|ab)|abk.ndigungsdatum)"),
        (
            "retires",
            r"^(?:fecha|date|data)\s+d\S*\s*(?:de\s+)?(?:la\s+)?(?:baja|reti?ra|retir|arr.t|fin|cese|desativ|encerr|descontinu|mise\s+hors|dismiss|jubilaci)",
        ),
        (
            "retires",
            r"^(?:abschalt|einstellungs|abgangs|ausmusterungs|deaktivierungs|au.erbetriebnahme)\w*datum\b|^(?:datum\s+der\s+)?au.erbetriebnahme\b",
        ),
        ("replacement", r"reemplaz|sustituci|remplacement|substitui|sostitu|ersatz|alternativ|nachfolge"),
        ("model id", r"^(?:id|identifiant|identificador|kennung)\s+(?:del?|du|do|des)?\s*mod[e\u00e8]l\w*$|^modell-?id$"),
        ("model", r"^(?:nombre\s+del\s+|nom\s+du\s+|nome\s+d\S*\s+)?mod(?:elo|\u00e8le|ell|ello)s?$"),
    )
)
_ANY = re.compile(
    r"fecha|date d|data d|datum|remplac|reempla|sustit|sostit|substit|ersatz|mod\u00e8l|modelo|modell|nachfolge|veraltet|au\u00dferb",
    re.IGNORECASE,
)


def foreign_role(header: str) -> str | None:
    """The role of a column whose header is in one of these languages; None for any other."""
    patterns = _HEADERS if _FOREIGN.search(header) else _LATIN if _ANY.search(header) else ()
    return next((role for role, pattern in patterns if pattern.search(header)), None)
