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

    #: Seen in one sample of the documentation; the Go client expects it
    cookies: Dict[str, str]
    #: Sent for some sites; must be reused on submit
    userAgent: str


class _RecaptchaV2EnterpriseSolutionRequired(TypedDict):
    #: Token for the field g-recaptcha-response, 500 to 2190 bytes
    gRecaptchaResponse: str


class RecaptchaV2EnterpriseSolution(_RecaptchaV2EnterpriseSolutionRequired, total=False):
    """The solution of a RecaptchaV2EnterpriseTask."""

    #: Only the Go client knows of it
    cookies: Dict[str, str]


class _RecaptchaV3SolutionRequired(TypedDict):
    #: Token for the field g-recaptcha-response, 500 to 2190 bytes
    gRecaptchaResponse: str


class RecaptchaV3Solution(_RecaptchaV3SolutionRequired, total=False):
    """The solution of a RecaptchaV3Task."""

    #: Seen in one sample of the documentation; the Go client expects it
    cookies: Dict[str, str]
    #: Sent for some sites; must be reused on submit
    userAgent: str


class _RecaptchaV3EnterpriseSolutionRequired(TypedDict):
    #: Token for the field g-recaptcha-response, 500 to 2190 bytes
    gRecaptchaResponse: str


class RecaptchaV3EnterpriseSolution(_RecaptchaV3EnterpriseSolutionRequired, total=False):
    """The solution of a RecaptchaV3EnterpriseTask."""

    #: Sent for some sites; must be reused on submit
    userAgent: str


class _TurnstileSolutionRequired(TypedDict):
    #: Value for form field or callback
    token: str


class TurnstileSolution(_TurnstileSolutionRequired, total=False):
    """The solution of a TurnstileTask."""

    #: User agent used while solving
    userAgent: str


class _TurnstileChallengeTokenSolutionRequired(TypedDict):
    #: Value for form field or callback
    token: str


class TurnstileChallengeTokenSolution(_TurnstileChallengeTokenSolutionRequired, total=False):
    """The solution of a TurnstileChallengeTokenTask."""

    #: User agent used while solving
    userAgent: str


class TurnstileCfClearanceSolution(TypedDict):
    """The solution of a TurnstileCfClearanceTask."""

    #: Clearance cookie value
    cf_clearance: str


class TurnstileWaitRoomSolution(TypedDict):
    """The solution of a TurnstileWaitRoomTask."""

    #: Clearance cookie value
    cf_clearance: str


class GeetestV3Solution(TypedDict):
    """The solution of a GeetestV3Task."""

    challenge: str
    #: Ends with |jordan in the sample
    seccode: str
    validate: str


class GeetestV4Solution(TypedDict):
    """The solution of a GeetestV4Task."""

    captcha_id: str
    captcha_output: str
    #: Unix time as string
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
    #: Recognised text
    text: str


class ImageToTextSolution(_ImageToTextSolutionRequired, total=False):
    """The solution of a ImageToTextTask."""

    #: Only the Go client knows of it
    cookies: Dict[str, str]


class ComplexImageRecaptchaSolution(TypedDict):
    """The solution of a ComplexImageRecaptchaTask."""

    #: True marks tiles to click, row-major order
    answer: List[bool]


class ComplexImageHcaptchaSolutionMetadata(TypedDict, total=False):
    """ComplexImageHcaptchaSolutionMetadata."""

    #: Grid or NumericArray, says the .NET client
    AnswerType: Literal["Grid", "NumericArray"]


class _ComplexImageHcaptchaSolutionRequired(TypedDict):
    #: Its form follows metadata.AnswerType, says the .NET client
    answer: Union[List[bool], List[float]]


class ComplexImageHcaptchaSolution(_ComplexImageHcaptchaSolutionRequired, total=False):
    """The solution of a ComplexImageHcaptchaTask."""

    metadata: ComplexImageHcaptchaSolutionMetadata


class ComplexImageFuncaptchaSolution(TypedDict):
    """The solution of a ComplexImageFuncaptchaTask."""

    #: True marks tiles to click, row-major order
    answer: List[bool]


class ComplexImageRecognitionSolutionMetadata(TypedDict):
    """ComplexImageRecognitionSolutionMetadata."""

    #: NumericArray, Grid, Coordinate or Text
    AnswerType: Literal["NumericArray", "Grid", "Coordinate", "Text"]


class ComplexImageRecognitionSolution(TypedDict):
    """The solution of a ComplexImageRecognitionTask."""

    #: Shape follows metadata.AnswerType
    answer: Union[List[float], List[bool], List[Dict[str, Any]], str]
    metadata: ComplexImageRecognitionSolutionMetadata


class RecognitionOoclRotateNewSolutionMetadata(TypedDict):
    """RecognitionOoclRotateNewSolutionMetadata."""

    #: NumericArray
    AnswerType: Literal["NumericArray"]


class RecognitionOoclRotateNewSolution(TypedDict):
    """The solution of a RecognitionOoclRotateNewTask."""

    #: Clockwise degrees for the circle
    answer: List[float]
    metadata: RecognitionOoclRotateNewSolutionMetadata


class RecognitionOoclRotateDoubleNewSolutionMetadata(TypedDict):
    """RecognitionOoclRotateDoubleNewSolutionMetadata."""

    #: NumericArray
    AnswerType: Literal["NumericArray"]


class RecognitionOoclRotateDoubleNewSolution(TypedDict):
    """The solution of a RecognitionOoclRotateDoubleNewTask."""

    #: Degrees: ring counterclockwise, circle clockwise
    answer: List[float]
    metadata: RecognitionOoclRotateDoubleNewSolutionMetadata


class RecognitionBetpunch3x3RotateSolutionMetadata(TypedDict):
    """RecognitionBetpunch3x3RotateSolutionMetadata."""

    #: NumericArray
    AnswerType: Literal["NumericArray"]


class RecognitionBetpunch3x3RotateSolution(TypedDict):
    """The solution of a RecognitionBetpunch3x3RotateTask."""

    #: Per tile 1-4; 4 none, else counterclockwise turns
    answer: List[float]
    metadata: RecognitionBetpunch3x3RotateSolutionMetadata


class RecognitionBaiduSolutionMetadata(TypedDict):
    """RecognitionBaiduSolutionMetadata."""

    #: NumericArray
    AnswerType: Literal["NumericArray"]


class RecognitionBaiduSolution(TypedDict):
    """The solution of a RecognitionBaiduTask."""

    #: Clockwise degrees
    answer: List[float]
    metadata: RecognitionBaiduSolutionMetadata


class RecognitionBls3x3SolutionMetadata(TypedDict):
    """RecognitionBls3x3SolutionMetadata."""

    #: Grid
    AnswerType: Literal["Grid"]


class RecognitionBls3x3Solution(TypedDict):
    """The solution of a RecognitionBls3x3Task."""

    #: True where tile matches
    answer: List[bool]
    metadata: RecognitionBls3x3SolutionMetadata


class RecognitionSheinSolutionMetadata(TypedDict):
    """RecognitionSheinSolutionMetadata."""

    #: Coordinate
    AnswerType: Literal["Coordinate"]


class RecognitionSheinSolution(TypedDict):
    """The solution of a RecognitionSheinTask."""

    #: Ordered click points with numeric X and Y
    answer: List[Dict[str, Any]]
    metadata: RecognitionSheinSolutionMetadata


class RecognitionBillsAudioSolutionMetadata(TypedDict):
    """RecognitionBillsAudioSolutionMetadata."""

    #: Text
    AnswerType: Literal["Text"]


class RecognitionBillsAudioSolution(TypedDict):
    """The solution of a RecognitionBillsAudioTask."""

    #: Digits heard
    answer: List[float]
    metadata: RecognitionBillsAudioSolutionMetadata


class RecognitionDliSolutionMetadata(TypedDict):
    """RecognitionDliSolutionMetadata."""

    #: Text
    AnswerType: Literal["Text"]


class RecognitionDliSolution(TypedDict):
    """The solution of a RecognitionDliTask."""

    #: Numeric result as string
    answer: str
    metadata: RecognitionDliSolutionMetadata


class RecognitionMathSumSolutionMetadata(TypedDict):
    """RecognitionMathSumSolutionMetadata."""

    #: Text
    AnswerType: Literal["Text"]


class RecognitionMathSumSolution(TypedDict):
    """The solution of a RecognitionMathSumTask."""

    #: Computed result as string
    answer: str
    metadata: RecognitionMathSumSolutionMetadata


class RecognitionPortugalTextFindIconSolutionMetadata(TypedDict):
    """RecognitionPortugalTextFindIconSolutionMetadata."""

    #: NumericArray
    AnswerType: Literal["NumericArray"]


class RecognitionPortugalTextFindIconSolution(TypedDict):
    """The solution of a RecognitionPortugalTextFindIconTask."""

    #: Icon index 1 to 5
    answer: List[float]
    metadata: RecognitionPortugalTextFindIconSolutionMetadata


class FuncaptchaSolution(TypedDict, total=False):
    """The solution of a FuncaptchaTask."""

    #: pipe-separated Arkose token
    Token: str
    #: Only the Go client knows of it
    cookies: Dict[str, str]
    #: pipe-separated Arkose token
    token: str
    #: User agent used while solving
    userAgent: str


class _HcaptchaSolutionRequired(TypedDict):
    #: hCaptcha token despite name
    gRecaptchaResponse: str


class HcaptchaSolution(_HcaptchaSolutionRequired, total=False):
    """The solution of a HcaptchaTask."""

    #: Only the Go client knows of it
    cookies: Dict[str, str]
    #: hcaptcha.getRespKey() value when available
    respKey: str
    #: Reuse on submit
    userAgent: str


_AmazonCaptchaKeySolutionCookiesOdd = TypedDict(
    "_AmazonCaptchaKeySolutionCookiesOdd",
    {
        #: When cookieSolution is true (there when cookieSolution is true)
        "aws-waf-token": str,
    }, total=False,
)


class AmazonCaptchaKeySolutionCookies(_AmazonCaptchaKeySolutionCookiesOdd, total=False):
    """AmazonCaptchaKeySolutionCookies."""


class AmazonCaptchaKeySolution(TypedDict, total=False):
    """The solution of a AmazonCaptchaKeyTask."""

    #: When cookieSolution is false (there when cookieSolution is false, or cookieSolution is absent)
    captcha_voucher: str
    cookies: AmazonCaptchaKeySolutionCookies
    #: When cookieSolution is false (there when cookieSolution is false, or cookieSolution is absent)
    existing_token: str
    #: In a sample of the documentation and in the .NET client
    userAgent: str


_AmazonChallengeAndCaptchaSolutionCookiesOdd = TypedDict(
    "_AmazonChallengeAndCaptchaSolutionCookiesOdd",
    {
        #: When cookieSolution is true (there when cookieSolution is true)
        "aws-waf-token": str,
    }, total=False,
)


class AmazonChallengeAndCaptchaSolutionCookies(_AmazonChallengeAndCaptchaSolutionCookiesOdd, total=False):
    """AmazonChallengeAndCaptchaSolutionCookies."""


class AmazonChallengeAndCaptchaSolution(TypedDict, total=False):
    """The solution of a AmazonChallengeAndCaptchaTask."""

    #: When cookieSolution is false (there when cookieSolution is false, or cookieSolution is absent)
    captcha_voucher: str
    cookies: AmazonChallengeAndCaptchaSolutionCookies
    #: When cookieSolution is false (there when cookieSolution is false, or cookieSolution is absent)
    existing_token: str
    #: In a sample of the documentation and in the .NET client
    userAgent: str


_AmazonChallengeOnlySolutionCookiesOdd = TypedDict(
    "_AmazonChallengeOnlySolutionCookiesOdd",
    {
        #: When cookieSolution is true (there when cookieSolution is true)
        "aws-waf-token": str,
    }, total=False,
)


class AmazonChallengeOnlySolutionCookies(_AmazonChallengeOnlySolutionCookiesOdd, total=False):
    """AmazonChallengeOnlySolutionCookies."""


class AmazonChallengeOnlySolution(TypedDict, total=False):
    """The solution of a AmazonChallengeOnlyTask."""

    #: When cookieSolution is false (there when cookieSolution is false, or cookieSolution is absent)
    captcha_voucher: str
    cookies: AmazonChallengeOnlySolutionCookies
    #: When cookieSolution is false (there when cookieSolution is false, or cookieSolution is absent)
    existing_token: str
    #: In a sample of the documentation and in the .NET client
    userAgent: str


class _DatadomeSolutionDomainsValueRequired(TypedDict):
    #: Cookie name to value
    cookies: Dict[str, str]


class DatadomeSolutionDomainsValue(_DatadomeSolutionDomainsValueRequired, total=False):
    """DatadomeSolutionDomainsValue."""

    localStorage: Union[Dict[str, str], None]


class _DatadomeSolutionRequired(TypedDict):
    #: Host name to data map
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

    #: ___utmvc, reese84; values may carry cookie attributes
    cookies: Dict[str, str]


class ImpervaSolution(TypedDict):
    """The solution of a ImpervaTask."""

    #: Keyed by origin with scheme in sample
    domains: Dict[str, ImpervaSolutionDomainsValue]


class TemuSolutionDomainsValue(TypedDict):
    """TemuSolutionDomainsValue."""

    #: Cookie name to value; they replace those of the site
    cookies: Dict[str, str]


class TemuSolution(TypedDict):
    """The solution of a TemuTask."""

    #: Host name to data map
    domains: Dict[str, TemuSolutionDomainsValue]


class AltchaSolutionData(TypedDict):
    """AltchaSolutionData."""

    #: Found number
    number: int
    #: base64 JSON with all proof fields
    token: str


class AltchaSolution(TypedDict):
    """The solution of a AltchaTask."""

    data: AltchaSolutionData


class CastleSolutionData(TypedDict):
    """CastleSolutionData."""

    #: Same __cuid session
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

    #: Spelled Cookies in sample; TSPD_101_DID may be absent
    Cookies: Dict[str, str]
    #: Spelled Cookies in sample; TSPD_101_DID may be absent
    cookies: Dict[str, str]


class TspdSolutionDomainsValueOther(TypedDict, total=False):
    """TspdSolutionDomainsValueOther."""

    #: Spelled Cookies in sample; TSPD_101_DID may be absent
    Cookies: Dict[str, str]
    #: Spelled Cookies in sample; TSPD_101_DID may be absent
    cookies: Dict[str, str]


class TspdSolution(TypedDict, total=False):
    """The solution of a TspdTask."""

    #: Host to data; spelled Domains in sample
    Domains: Dict[str, TspdSolutionDomainsValue]
    #: Host to data; spelled Domains in sample
    domains: Dict[str, TspdSolutionDomainsValueOther]


class HuntXhdSolutionData(TypedDict, total=False):
    """HuntXhdSolutionData."""

    #: X-HD or captcha token depending on scenario
    token: str


class HuntXhdSolution(TypedDict, total=False):
    """The solution of a HuntXhdTask."""

    data: HuntXhdSolutionData
    #: X-HD or captcha token depending on scenario
    token: str


class HuntMetaTokenSolutionData(TypedDict, total=False):
    """HuntMetaTokenSolutionData."""

    #: X-HD or captcha token depending on scenario
    token: str


class HuntMetaTokenSolution(TypedDict, total=False):
    """The solution of a HuntMetaTokenTask."""

    data: HuntMetaTokenSolutionData
    #: X-HD or captcha token depending on scenario
    token: str


class HuntWidgetSolutionData(TypedDict, total=False):
    """HuntWidgetSolutionData."""

    #: X-HD or captcha token depending on scenario
    token: str


class HuntWidgetSolution(TypedDict, total=False):
    """The solution of a HuntWidgetTask."""

    data: HuntWidgetSolutionData
    #: X-HD or captcha token depending on scenario
    token: str


class AlibabaSolutionData(TypedDict, total=False):
    """AlibabaSolutionData."""

    #: JSON text: sceneId, certifyId, deviceToken, data
    tokens: str


class AlibabaSolutionDomainsValue(TypedDict, total=False):
    """AlibabaSolutionDomainsValue."""

    #: When cookieRequired is true (there when metadata.cookieRequired is true)
    cookies: Dict[str, str]


class AlibabaSolution(TypedDict, total=False):
    """The solution of a AlibabaTask."""

    data: AlibabaSolutionData
    domains: Dict[str, AlibabaSolutionDomainsValue]


class AlibabaPunishSolutionData(TypedDict, total=False):
    """AlibabaPunishSolutionData."""

    #: JSON text: sceneId, certifyId, deviceToken, data
    tokens: str


class AlibabaPunishSolutionDomainsValue(TypedDict, total=False):
    """AlibabaPunishSolutionDomainsValue."""

    #: When cookieRequired is true (there when metadata.cookieRequired is true)
    cookies: Dict[str, str]


class AlibabaPunishSolution(TypedDict, total=False):
    """The solution of a AlibabaPunishTask."""

    data: AlibabaPunishSolutionData
    domains: Dict[str, AlibabaPunishSolutionDomainsValue]


class FriendlySolutionData(TypedDict):
    """FriendlySolutionData."""

    #: v1 frc-captcha-solution, v2 frc-captcha-response
    token: str


class FriendlySolution(TypedDict):
    """The solution of a FriendlyTask."""

    data: FriendlySolutionData


class _BinanceSolutionRequired(TypedDict):
    #: Starts with captcha#
    token: str


class BinanceSolution(_BinanceSolutionRequired, total=False):
    """The solution of a BinanceTask."""

    #: Only the .NET client knows of it
    cookies: Dict[str, str]
    userAgent: str


class ProsopoSolution(TypedDict):
    """The solution of a ProsopoTask."""

    #: Hex string starting 0x
    token: str


class YidunSolution(TypedDict):
    """The solution of a YidunTask."""

    token: str


class YidunEnterpriseSolution(TypedDict):
    """The solution of a YidunEnterpriseTask."""

    token: str


class MtcaptchaSolution(TypedDict):
    """The solution of a MtcaptchaTask."""

    #: Form v1(...)
    token: str
