"""The solutions of the service's task types: ``answer.solution``, as a type checker sees it.

Generated (make generate). Do not edit.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, TypedDict, Union


class _RecaptchaV2SolutionRequired(TypedDict):
    #: Token for the field g-recaptcha-response, 500 to 2190 bytes
    gRecaptchaResponse: str


class RecaptchaV2Solution(_RecaptchaV2SolutionRequired, total=False):
    """The solution of a RecaptchaV2Task."""

    #: In one sample of the documentation; the Go client expects it
    cookies: Dict[str, str]
    #: Present for some sites; submit the token with this user agent
    userAgent: str


class _RecaptchaV2EnterpriseSolutionRequired(TypedDict):
    #: Token for the field g-recaptcha-response, 500 to 2190 bytes
    gRecaptchaResponse: str


class RecaptchaV2EnterpriseSolution(_RecaptchaV2EnterpriseSolutionRequired, total=False):
    """The solution of a RecaptchaV2EnterpriseTask."""

    #: Only the Go client has it
    cookies: Dict[str, str]


class _RecaptchaV3SolutionRequired(TypedDict):
    #: Token for the field g-recaptcha-response, 500 to 2190 bytes
    gRecaptchaResponse: str


class RecaptchaV3Solution(_RecaptchaV3SolutionRequired, total=False):
    """The solution of a RecaptchaV3Task."""

    #: In one sample of the documentation; the Go client expects it
    cookies: Dict[str, str]
    #: Present for some sites; submit the token with this user agent
    userAgent: str


class _RecaptchaV3EnterpriseSolutionRequired(TypedDict):
    #: Token for the field g-recaptcha-response, 500 to 2190 bytes
    gRecaptchaResponse: str


class RecaptchaV3EnterpriseSolution(_RecaptchaV3EnterpriseSolutionRequired, total=False):
    """The solution of a RecaptchaV3EnterpriseTask."""

    #: Present for some sites; submit the token with this user agent
    userAgent: str


class _TurnstileSolutionRequired(TypedDict):
    #: Value for the form field or the callback
    token: str


class TurnstileSolution(_TurnstileSolutionRequired, total=False):
    """The solution of a TurnstileTask."""

    #: User agent that the service used
    userAgent: str


class _TurnstileChallengeTokenSolutionRequired(TypedDict):
    #: Value for the form field or the callback
    token: str


class TurnstileChallengeTokenSolution(_TurnstileChallengeTokenSolutionRequired, total=False):
    """The solution of a TurnstileChallengeTokenTask."""

    #: User agent that the service used
    userAgent: str


class TurnstileCfClearanceSolution(TypedDict):
    """The solution of a TurnstileCfClearanceTask."""

    #: Value of the cookie cf_clearance
    cf_clearance: str


class TurnstileWaitRoomSolution(TypedDict):
    """The solution of a TurnstileWaitRoomTask."""

    #: Value of the cookie cf_clearance
    cf_clearance: str


class GeetestV3Solution(TypedDict):
    """The solution of a GeetestV3Task."""

    challenge: str
    #: Ends with |jordan in the documentation's sample
    seccode: str
    validate: str


class GeetestV4Solution(TypedDict):
    """The solution of a GeetestV4Task."""

    captcha_id: str
    captcha_output: str
    #: Unix time, as a string
    gen_time: str
    lot_number: str
    pass_token: str


class _GeetestV3OperationSiteSolutionRequired(TypedDict):
    captcha_output: str
    gen_time: str
    lot_number: str
    pass_token: str


class GeetestV3OperationSiteSolution(_GeetestV3OperationSiteSolutionRequired, total=False):
    """The solution of a GeetestV3OperationSiteTask."""

    #: Normally empty
    encryptedData: str


class _ImageToTextSolutionRequired(TypedDict):
    #: The text in the picture
    text: str


class ImageToTextSolution(_ImageToTextSolutionRequired, total=False):
    """The solution of a ImageToTextTask."""

    #: Only the Go client has it
    cookies: Dict[str, str]


class ComplexImageRecaptchaSolution(TypedDict):
    """The solution of a ComplexImageRecaptchaTask."""

    #: true for each tile to click, row by row
    answer: List[bool]


class ComplexImageHcaptchaSolutionMetadata(TypedDict, total=False):
    """ComplexImageHcaptchaSolutionMetadata."""

    #: Grid or NumericArray, according to the .NET client
    AnswerType: Literal["Grid", "NumericArray"]


class _ComplexImageHcaptchaSolutionRequired(TypedDict):
    #: metadata.AnswerType decides its form, according to the .NET client
    answer: Union[List[bool], List[float]]


class ComplexImageHcaptchaSolution(_ComplexImageHcaptchaSolutionRequired, total=False):
    """The solution of a ComplexImageHcaptchaTask."""

    metadata: ComplexImageHcaptchaSolutionMetadata


class ComplexImageFuncaptchaSolution(TypedDict):
    """The solution of a ComplexImageFuncaptchaTask."""

    #: true for each tile to click, row by row
    answer: List[bool]


class ComplexImageRecognitionSolutionMetadata(TypedDict):
    """ComplexImageRecognitionSolutionMetadata."""

    #: NumericArray, Grid, Coordinate or Text
    AnswerType: Literal["NumericArray", "Grid", "Coordinate", "Text"]


class ComplexImageRecognitionSolution(TypedDict):
    """The solution of a ComplexImageRecognitionTask."""

    #: metadata.AnswerType decides its form
    answer: Union[List[float], List[bool], List[Dict[str, Any]], str]
    metadata: ComplexImageRecognitionSolutionMetadata


class RecognitionOoclRotateNewSolutionMetadata(TypedDict):
    """RecognitionOoclRotateNewSolutionMetadata."""

    #: NumericArray
    AnswerType: Literal["NumericArray"]


class RecognitionOoclRotateNewSolution(TypedDict):
    """The solution of a RecognitionOoclRotateNewTask."""

    #: Degrees to turn the circle clockwise
    answer: List[float]
    metadata: RecognitionOoclRotateNewSolutionMetadata


class RecognitionOoclRotateDoubleNewSolutionMetadata(TypedDict):
    """RecognitionOoclRotateDoubleNewSolutionMetadata."""

    #: NumericArray
    AnswerType: Literal["NumericArray"]


class RecognitionOoclRotateDoubleNewSolution(TypedDict):
    """The solution of a RecognitionOoclRotateDoubleNewTask."""

    #: Degrees to turn the ring counterclockwise, and the circle clockwise
    answer: List[float]
    metadata: RecognitionOoclRotateDoubleNewSolutionMetadata


class RecognitionBetpunch3x3RotateSolutionMetadata(TypedDict):
    """RecognitionBetpunch3x3RotateSolutionMetadata."""

    #: NumericArray
    AnswerType: Literal["NumericArray"]


class RecognitionBetpunch3x3RotateSolution(TypedDict):
    """The solution of a RecognitionBetpunch3x3RotateTask."""

    #: For each tile the number of counterclockwise turns, 1 to 3; 4 for none
    answer: List[float]
    metadata: RecognitionBetpunch3x3RotateSolutionMetadata


class RecognitionBaiduSolutionMetadata(TypedDict):
    """RecognitionBaiduSolutionMetadata."""

    #: NumericArray
    AnswerType: Literal["NumericArray"]


class RecognitionBaiduSolution(TypedDict):
    """The solution of a RecognitionBaiduTask."""

    #: Degrees to turn the picture clockwise
    answer: List[float]
    metadata: RecognitionBaiduSolutionMetadata


class RecognitionBls3x3SolutionMetadata(TypedDict):
    """RecognitionBls3x3SolutionMetadata."""

    #: Grid
    AnswerType: Literal["Grid"]


class RecognitionBls3x3Solution(TypedDict):
    """The solution of a RecognitionBls3x3Task."""

    #: true for each tile with the number
    answer: List[bool]
    metadata: RecognitionBls3x3SolutionMetadata


class RecognitionSheinSolutionMetadata(TypedDict):
    """RecognitionSheinSolutionMetadata."""

    #: Coordinate
    AnswerType: Literal["Coordinate"]


class RecognitionSheinSolution(TypedDict):
    """The solution of a RecognitionSheinTask."""

    #: Points to click, in order: X and Y are numbers
    answer: List[Dict[str, Any]]
    metadata: RecognitionSheinSolutionMetadata


class RecognitionBillsAudioSolutionMetadata(TypedDict):
    """RecognitionBillsAudioSolutionMetadata."""

    #: Text
    AnswerType: Literal["Text"]


class RecognitionBillsAudioSolution(TypedDict):
    """The solution of a RecognitionBillsAudioTask."""

    #: The digits in the sound
    answer: List[float]
    metadata: RecognitionBillsAudioSolutionMetadata


class RecognitionDliSolutionMetadata(TypedDict):
    """RecognitionDliSolutionMetadata."""

    #: Text
    AnswerType: Literal["Text"]


class RecognitionDliSolution(TypedDict):
    """The solution of a RecognitionDliTask."""

    #: The number, as a string
    answer: str
    metadata: RecognitionDliSolutionMetadata


class RecognitionMathSumSolutionMetadata(TypedDict):
    """RecognitionMathSumSolutionMetadata."""

    #: Text
    AnswerType: Literal["Text"]


class RecognitionMathSumSolution(TypedDict):
    """The solution of a RecognitionMathSumTask."""

    #: The result, as a string
    answer: str
    metadata: RecognitionMathSumSolutionMetadata


class RecognitionPortugalTextFindIconSolutionMetadata(TypedDict):
    """RecognitionPortugalTextFindIconSolutionMetadata."""

    #: NumericArray
    AnswerType: Literal["NumericArray"]


class RecognitionPortugalTextFindIconSolution(TypedDict):
    """The solution of a RecognitionPortugalTextFindIconTask."""

    #: Number of the icon, 1 to 5
    answer: List[float]
    metadata: RecognitionPortugalTextFindIconSolutionMetadata


class FuncaptchaSolution(TypedDict, total=False):
    """The solution of a FuncaptchaTask."""

    #: Arkose token; its parts are separated by |
    Token: str
    #: Only the Go client has it
    cookies: Dict[str, str]
    #: Arkose token; its parts are separated by |
    token: str
    #: User agent that the service used
    userAgent: str


class _HcaptchaSolutionRequired(TypedDict):
    #: hCaptcha token, despite the member's name
    gRecaptchaResponse: str


class HcaptchaSolution(_HcaptchaSolutionRequired, total=False):
    """The solution of a HcaptchaTask."""

    #: Only the Go client has it
    cookies: Dict[str, str]
    #: Value of hcaptcha.getRespKey(), if there is one
    respKey: str
    #: Submit the token with this user agent
    userAgent: str


_AmazonCaptchaKeySolutionCookiesOdd = TypedDict(
    "_AmazonCaptchaKeySolutionCookiesOdd",
    {
        #: The cookie aws-waf-token (present if cookieSolution is true)
        "aws-waf-token": str,
    }, total=False,
)


class AmazonCaptchaKeySolutionCookies(_AmazonCaptchaKeySolutionCookiesOdd, total=False):
    """AmazonCaptchaKeySolutionCookies."""


class AmazonCaptchaKeySolution(TypedDict, total=False):
    """The solution of a AmazonCaptchaKeyTask."""

    #: The voucher (present if cookieSolution is false, or cookieSolution is absent)
    captcha_voucher: str
    cookies: AmazonCaptchaKeySolutionCookies
    #: The token that belongs to captcha_voucher (present if cookieSolution is false, or cookieSolution is absent)
    existing_token: str
    #: In a sample of the documentation and in the .NET client
    userAgent: str


_AmazonChallengeAndCaptchaSolutionCookiesOdd = TypedDict(
    "_AmazonChallengeAndCaptchaSolutionCookiesOdd",
    {
        #: The cookie aws-waf-token (present if cookieSolution is true)
        "aws-waf-token": str,
    }, total=False,
)


class AmazonChallengeAndCaptchaSolutionCookies(_AmazonChallengeAndCaptchaSolutionCookiesOdd, total=False):
    """AmazonChallengeAndCaptchaSolutionCookies."""


class AmazonChallengeAndCaptchaSolution(TypedDict, total=False):
    """The solution of a AmazonChallengeAndCaptchaTask."""

    #: The voucher (present if cookieSolution is false, or cookieSolution is absent)
    captcha_voucher: str
    cookies: AmazonChallengeAndCaptchaSolutionCookies
    #: The token that belongs to captcha_voucher (present if cookieSolution is false, or cookieSolution is absent)
    existing_token: str
    #: In a sample of the documentation and in the .NET client
    userAgent: str


_AmazonChallengeOnlySolutionCookiesOdd = TypedDict(
    "_AmazonChallengeOnlySolutionCookiesOdd",
    {
        #: The cookie aws-waf-token (present if cookieSolution is true)
        "aws-waf-token": str,
    }, total=False,
)


class AmazonChallengeOnlySolutionCookies(_AmazonChallengeOnlySolutionCookiesOdd, total=False):
    """AmazonChallengeOnlySolutionCookies."""


class AmazonChallengeOnlySolution(TypedDict, total=False):
    """The solution of a AmazonChallengeOnlyTask."""

    #: The voucher (present if cookieSolution is false, or cookieSolution is absent)
    captcha_voucher: str
    cookies: AmazonChallengeOnlySolutionCookies
    #: The token that belongs to captcha_voucher (present if cookieSolution is false, or cookieSolution is absent)
    existing_token: str
    #: In a sample of the documentation and in the .NET client
    userAgent: str


class _DatadomeSolutionDomainsValueRequired(TypedDict):
    #: Names of cookies and their values
    cookies: Dict[str, str]


class DatadomeSolutionDomainsValue(_DatadomeSolutionDomainsValueRequired, total=False):
    """DatadomeSolutionDomainsValue."""

    localStorage: Union[Dict[str, str], None]


class _DatadomeSolutionRequired(TypedDict):
    #: Host names, and the data of each
    domains: Dict[str, DatadomeSolutionDomainsValue]


class DatadomeSolution(_DatadomeSolutionRequired, total=False):
    """The solution of a DatadomeTask."""

    data: Union[Dict[str, Any], None]
    fingerprint: Union[Dict[str, Any], None]
    headers: Union[Dict[str, Any], None]
    url: Union[str, None]


class TendiSolutionData(TypedDict):
    """TendiSolutionData."""

    randstr: str
    ticket: str


_TendiSolutionHeadersOdd = TypedDict(
    "_TendiSolutionHeadersOdd",
    {
        "User-Agent": str,
    }, total=False,
)


class TendiSolutionHeaders(_TendiSolutionHeadersOdd, total=False):
    """TendiSolutionHeaders."""


class _TendiSolutionRequired(TypedDict):
    data: TendiSolutionData


class TendiSolution(_TendiSolutionRequired, total=False):
    """The solution of a TendiTask."""

    headers: TendiSolutionHeaders


class BasiliskSolutionData(TypedDict):
    """BasiliskSolutionData."""

    captcha_response: str


_BasiliskSolutionHeadersOdd = TypedDict(
    "_BasiliskSolutionHeadersOdd",
    {
        "User-Agent": str,
    }, total=False,
)


class BasiliskSolutionHeaders(_BasiliskSolutionHeadersOdd, total=False):
    """BasiliskSolutionHeaders."""


class _BasiliskSolutionRequired(TypedDict):
    data: BasiliskSolutionData


class BasiliskSolution(_BasiliskSolutionRequired, total=False):
    """The solution of a BasiliskTask."""

    headers: BasiliskSolutionHeaders


class ImpervaSolutionDomainsValue(TypedDict):
    """ImpervaSolutionDomainsValue."""

    #: ___utmvc, reese84; a value may have cookie attributes
    cookies: Dict[str, str]


class ImpervaSolution(TypedDict):
    """The solution of a ImpervaTask."""

    #: Origins (with scheme, in the documentation's sample), and the data of each
    domains: Dict[str, ImpervaSolutionDomainsValue]


class TemuSolutionDomainsValue(TypedDict):
    """TemuSolutionDomainsValue."""

    #: Names of cookies and their values; they replace those of the site
    cookies: Dict[str, str]


class TemuSolution(TypedDict):
    """The solution of a TemuTask."""

    #: Host names, and the data of each
    domains: Dict[str, TemuSolutionDomainsValue]


class AltchaSolutionData(TypedDict):
    """AltchaSolutionData."""

    #: The number of the proof
    number: int
    #: base64 of JSON with all fields of the proof
    token: str


class AltchaSolution(TypedDict):
    """The solution of a AltchaTask."""

    data: AltchaSolutionData


class CastleSolutionData(TypedDict):
    """CastleSolutionData."""

    #: Tokens of one __cuid session
    tokens: List[str]


class CastleSolutionDomainsValueCookies(TypedDict):
    """CastleSolutionDomainsValueCookies."""

    __cuid: str


class CastleSolutionDomainsValue(TypedDict):
    """CastleSolutionDomainsValue."""

    cookies: CastleSolutionDomainsValueCookies


class CastleSolution(TypedDict):
    """The solution of a CastleTask."""

    data: CastleSolutionData
    domains: Dict[str, CastleSolutionDomainsValue]


class TspdSolutionDomainsValue(TypedDict, total=False):
    """TspdSolutionDomainsValue."""

    #: Names of cookies and their values; the documentation's sample writes Cookies, and TSPD_101_DID may be absent
    Cookies: Dict[str, str]
    #: Names of cookies and their values; the documentation's sample writes Cookies, and TSPD_101_DID may be absent
    cookies: Dict[str, str]


class TspdSolutionDomainsValueOther(TypedDict, total=False):
    """TspdSolutionDomainsValueOther."""

    #: Names of cookies and their values; the documentation's sample writes Cookies, and TSPD_101_DID may be absent
    Cookies: Dict[str, str]
    #: Names of cookies and their values; the documentation's sample writes Cookies, and TSPD_101_DID may be absent
    cookies: Dict[str, str]


class TspdSolution(TypedDict, total=False):
    """The solution of a TspdTask."""

    #: Host names, and the data of each; the documentation's sample writes Domains
    Domains: Dict[str, TspdSolutionDomainsValue]
    #: Host names, and the data of each; the documentation's sample writes Domains
    domains: Dict[str, TspdSolutionDomainsValueOther]


class HuntXhdSolutionData(TypedDict, total=False):
    """HuntXhdSolutionData."""

    #: X-HD, or the captcha token
    token: str


class HuntXhdSolution(TypedDict, total=False):
    """The solution of a HuntXhdTask."""

    data: HuntXhdSolutionData
    #: X-HD, or the captcha token
    token: str


class HuntMetaTokenSolutionData(TypedDict, total=False):
    """HuntMetaTokenSolutionData."""

    #: X-HD, or the captcha token
    token: str


class HuntMetaTokenSolution(TypedDict, total=False):
    """The solution of a HuntMetaTokenTask."""

    data: HuntMetaTokenSolutionData
    #: X-HD, or the captcha token
    token: str


class HuntWidgetSolutionData(TypedDict, total=False):
    """HuntWidgetSolutionData."""

    #: X-HD, or the captcha token
    token: str


class HuntWidgetSolution(TypedDict, total=False):
    """The solution of a HuntWidgetTask."""

    data: HuntWidgetSolutionData
    #: X-HD, or the captcha token
    token: str


class AlibabaSolutionData(TypedDict, total=False):
    """AlibabaSolutionData."""

    #: JSON text with sceneId, certifyId, deviceToken and data
    tokens: str


class AlibabaSolutionDomainsValue(TypedDict, total=False):
    """AlibabaSolutionDomainsValue."""

    #: Names of cookies and their values (present if metadata.cookieRequired is true)
    cookies: Dict[str, str]


class AlibabaSolution(TypedDict, total=False):
    """The solution of a AlibabaTask."""

    data: AlibabaSolutionData
    domains: Dict[str, AlibabaSolutionDomainsValue]


class AlibabaPunishSolutionData(TypedDict, total=False):
    """AlibabaPunishSolutionData."""

    #: JSON text with sceneId, certifyId, deviceToken and data
    tokens: str


class AlibabaPunishSolutionDomainsValue(TypedDict, total=False):
    """AlibabaPunishSolutionDomainsValue."""

    #: Names of cookies and their values (present if metadata.cookieRequired is true)
    cookies: Dict[str, str]


class AlibabaPunishSolution(TypedDict, total=False):
    """The solution of a AlibabaPunishTask."""

    data: AlibabaPunishSolutionData
    domains: Dict[str, AlibabaPunishSolutionDomainsValue]


class FriendlySolutionData(TypedDict):
    """FriendlySolutionData."""

    #: Value for frc-captcha-solution (v1) or frc-captcha-response (v2)
    token: str


class FriendlySolution(TypedDict):
    """The solution of a FriendlyTask."""

    data: FriendlySolutionData


class _BinanceSolutionRequired(TypedDict):
    #: Begins with captcha#
    token: str


class BinanceSolution(_BinanceSolutionRequired, total=False):
    """The solution of a BinanceTask."""

    #: Only the .NET client has it
    cookies: Dict[str, str]
    userAgent: str


class ProsopoSolution(TypedDict):
    """The solution of a ProsopoTask."""

    #: Hexadecimal, begins with 0x
    token: str


class YidunSolution(TypedDict):
    """The solution of a YidunTask."""

    token: str


class YidunEnterpriseSolution(TypedDict):
    """The solution of a YidunEnterpriseTask."""

    token: str


class MtcaptchaSolution(TypedDict):
    """The solution of a MtcaptchaTask."""

    #: Written v1(...)
    token: str
