"""The service's task types. A type checker finds members that are misspelt, missing or of another type.

Generated (make generate). Do not edit.
"""

from __future__ import annotations

from typing import List, Literal, Sequence, TypedDict, Union

from ._pictures import Picture


class _RecaptchaV2TaskRequired(TypedDict):
    type: Literal["RecaptchaV2Task", "NoCaptchaTask", "NoCaptchaTaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Value of data-sitekey
    websiteKey: str


class RecaptchaV2Task(_RecaptchaV2TaskRequired, total=False):
    """reCAPTCHA v2, checkbox or invisible (RecaptchaV2Task)."""

    #: one-time data-s attribute; fetch anew per task
    recaptchaDataSValue: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Cookies as name1=value1; name2=value2
    cookies: str
    #: True when widget has no checkbox
    isInvisible: bool
    #: true asks for a token that was not given out before
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class RecaptchaV2EnterpriseTaskEnterprisePayload(TypedDict, total=False):
    """enterprisePayload of RecaptchaV2EnterpriseTask."""

    #: per-render s value
    s: str


class _RecaptchaV2EnterpriseTaskRequired(TypedDict):
    type: Literal["RecaptchaV2EnterpriseTask", "RecaptchaV2EnterpriseTaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: data-sitekey or k query value of the iframe
    websiteKey: str


class RecaptchaV2EnterpriseTask(_RecaptchaV2EnterpriseTaskRequired, total=False):
    """reCAPTCHA v2 Enterprise (RecaptchaV2EnterpriseTask)."""

    #: Send only when site uses another action
    pageAction: str
    #: Extra arguments of grecaptcha.enterprise.render
    enterprisePayload: Union[RecaptchaV2EnterpriseTaskEnterprisePayload, str]
    #: Script host, e.g. www.google.com or www.recaptcha.net
    apiDomain: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Cookies as name1=value1; name2=value2
    cookies: str
    #: One-time data-s attribute; fetch anew per task
    recaptchaDataSValue: str
    #: true asks for a token that was not given out before; documented for reCAPTCHA v2 and v3 only
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _RecaptchaV3TaskRequired(TypedDict):
    type: Literal["RecaptchaV3TaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Render query value of api.js
    websiteKey: str


class RecaptchaV3Task(_RecaptchaV3TaskRequired, total=False):
    """reCAPTCHA v3 (RecaptchaV3TaskProxyless)."""

    #: True routes to Enterprise solving; integers 1/0 also accepted
    isEnterprise: Literal[True, False, 1, 0]
    #: Requested score; recommended by documentation
    minScore: float
    #: Action passed to grecaptcha.execute
    pageAction: str
    #: true asks for a token that was not given out before
    nocache: bool


class _RecaptchaV3EnterpriseTaskRequired(TypedDict):
    type: Literal["RecaptchaV3EnterpriseTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Render query value of enterprise.js
    websiteKey: str


class RecaptchaV3EnterpriseTask(_RecaptchaV3EnterpriseTaskRequired, total=False):
    """reCAPTCHA v3 Enterprise (RecaptchaV3EnterpriseTask)."""

    #: Requested score
    minScore: float
    #: Send only when site uses another action
    pageAction: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class _TurnstileTaskRequired(TypedDict):
    type: Literal["TurnstileTask", "TurnstileTaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Turnstile key, usually starting 0x4
    websiteKey: str


class TurnstileTask(_TurnstileTaskRequired, total=False):
    """Cloudflare Turnstile widget (TurnstileTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Action from the render call
    pageAction: str
    #: Another spelling of pageAction.
    PageAction: str
    #: cData from the render call
    data: str
    #: Another spelling of data.
    Data: str
    #: URL of the script
    apiJsUrl: str
    #: true asks for a token that was not given out before; documented for reCAPTCHA v2 and v3 only
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _TurnstileChallengeTokenTaskRequired(TypedDict):
    type: Literal["TurnstileTask", "TurnstileTaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: challenge page sitekey
    websiteKey: str
    #: Chooses this form of the task
    cloudflareTaskType: Literal["token"]
    #: Usually managed or non-interactive
    pageAction: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: cData from render arguments
    data: str
    #: chlPageData from render arguments
    pageData: str


class TurnstileChallengeTokenTask(_TurnstileChallengeTokenTaskRequired, total=False):
    """Cloudflare challenge page, answered with a token (TurnstileTask)."""

    #: Another spelling of pageAction.
    PageAction: str
    #: Another spelling of data.
    Data: str
    #: Another spelling of pageData.
    PageData: str
    #: URL of the challenge script
    apiJsUrl: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _TurnstileCfClearanceTaskRequired(TypedDict):
    type: Literal["TurnstileTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Any text will do
    websiteKey: str
    #: Chooses this form of the task
    cloudflareTaskType: Literal["cf_clearance"]
    #: base64 of the 403 interstitial page
    htmlPageBase64: Picture
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class TurnstileCfClearanceTask(_TurnstileCfClearanceTaskRequired, total=False):
    """Cloudflare challenge page, answered with the cf_clearance cookie (TurnstileTask)."""

    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class _TurnstileWaitRoomTaskRequired(TypedDict):
    type: Literal["TurnstileTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Any text will do
    websiteKey: str
    #: Chooses this form of the task
    cloudflareTaskType: Literal["wait_room"]
    #: base64 of the Waiting Room page
    htmlPageBase64: Picture
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class TurnstileWaitRoomTask(_TurnstileWaitRoomTaskRequired, total=False):
    """Cloudflare Waiting Room (TurnstileTask)."""

    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class _GeetestV3TaskRequired(TypedDict):
    type: Literal["GeeTestTask", "GeeTestTaskProxyless"]
    #: Page that initialises the widget (Referer of gettype.php)
    websiteURL: str
    #: Static domain identifier
    gt: str
    #: single-use; obtain fresh before every task; only on the site of geetest_v3_operation_site may it be left out
    challenge: str


class GeetestV3Task(_GeetestV3TaskRequired, total=False):
    """GeeTest v3 (GeeTestTask)."""

    #: Protocol version; documentation wants it, some official clients leave it out
    version: Literal[3, "3"]
    #: Needed by some sites; differs from api.geetest.com
    geetestApiServerSubdomain: str
    #: Captcha script path, JSON passed as string
    geetestGetLib: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class GeetestV4TaskInitParameters(TypedDict, total=False):
    """initParameters of GeetestV4Task."""

    #: challenge style, e.g. slide
    riskType: str


class _GeetestV4TaskRequired(TypedDict):
    type: Literal["GeeTestTask", "GeeTestTaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: site's captcha_id
    gt: str
    #: Protocol version
    version: Literal[4, "4"]


class GeetestV4Task(_GeetestV4TaskRequired, total=False):
    """GeeTest v4 (GeeTestTask)."""

    #: Needed by some sites; differs from api.geetest.com
    geetestApiServerSubdomain: str
    #: Captcha script path, JSON passed as string
    geetestGetLib: str
    #: Extra init values for v4
    initParameters: GeetestV4TaskInitParameters
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _GeetestV3OperationSiteTaskRequired(TypedDict):
    type: Literal["GeeTestTask", "GeeTestTaskProxyless"]
    #: One specific site only (name masked in documentation)
    websiteURL: str
    #: Fixed constant for that site
    gt: str


class GeetestV3OperationSiteTask(_GeetestV3OperationSiteTaskRequired, total=False):
    """GeeTest v3 on the one site where challenge is the name of an operation (GeeTestTask)."""

    #: Operation name instead of a dynamic key
    challenge: str
    #: Protocol version
    version: Literal[3, "3"]
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _ImageToTextTaskRequired(TypedDict):
    type: Literal["ImageToTextTask"]
    #: base64 image, single line, no data: prefix
    body: Picture


class ImageToTextTask(_ImageToTextTaskRequired, total=False):
    """Text in a picture (ImageToTextTask)."""

    #: Recognition module; private modules have names of their own, so the list is open
    capMonsterModule: str
    #: Another spelling of capMonsterModule.
    CapMonsterModule: str
    #: Lower confidence yields ERROR_CAPTCHA_UNSOLVABLE, free of charge
    recognizingThreshold: int
    #: True makes recognition case-sensitive
    case: bool
    #: Another spelling of case.
    Case: bool
    #: 1 means digits only
    numeric: Literal[0, 1]
    #: True evaluates expression; not with captcha_math module
    math: bool
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class _ComplexImageRecaptchaTaskMetadataRequired(TypedDict):
    #: Grid size; 1x1 for a replaced tile
    Grid: Literal["4x4", "3x3", "1x1"]


class ComplexImageRecaptchaTaskMetadata(_ComplexImageRecaptchaTaskMetadataRequired, total=False):
    """metadata of ComplexImageRecaptchaTask."""

    #: Code such as /m/015qff from reload/userverify response
    TaskDefinition: str
    #: English instruction text
    Task: str


_ComplexImageRecaptchaTaskRequiredOdd = TypedDict(
    "_ComplexImageRecaptchaTaskRequiredOdd",
    {
        "class": Literal["recaptcha"],
    },
)


class _ComplexImageRecaptchaTaskRequired(_ComplexImageRecaptchaTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Holds what the kind of challenge needs
    metadata: ComplexImageRecaptchaTaskMetadata


class ComplexImageRecaptchaTask(_ComplexImageRecaptchaTaskRequired, total=False):
    """Tiles of a reCAPTCHA grid (ComplexImageTask)."""

    #: Image links; give this or imagesBase64
    imageUrls: List[str]
    #: base64 images without data: prefix
    imagesBase64: Sequence[Picture]
    #: Used when downloading imageUrls
    userAgent: str
    #: Page where captcha is shown
    websiteURL: str
    #: Another spelling of websiteURL.
    websiteUrl: str
    #: Seen only in samples for the extension (60)
    recognizingThreshold: int
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class ComplexImageHcaptchaTaskMetadata(TypedDict):
    """metadata of ComplexImageHcaptchaTask."""

    #: English instruction text
    Task: str


_ComplexImageHcaptchaTaskRequiredOdd = TypedDict(
    "_ComplexImageHcaptchaTaskRequiredOdd",
    {
        "class": Literal["hcaptcha"],
    },
)


class _ComplexImageHcaptchaTaskRequired(_ComplexImageHcaptchaTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Holds what the kind of challenge needs
    metadata: ComplexImageHcaptchaTaskMetadata


class ComplexImageHcaptchaTask(_ComplexImageHcaptchaTaskRequired, total=False):
    """Tiles of an hCaptcha grid (ComplexImageTask)."""

    #: Image links; give this or imagesBase64
    imageUrls: List[str]
    #: base64 images without data: prefix
    imagesBase64: Sequence[Picture]
    #: Sample image; exclusive with exampleImagesBase64
    exampleImageUrls: List[str]
    #: Sample image; exclusive with exampleImageUrls
    exampleImagesBase64: Sequence[Picture]
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Page where captcha is shown
    websiteURL: str
    #: Another spelling of websiteURL.
    websiteUrl: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class ComplexImageFuncaptchaTaskMetadata(TypedDict):
    """metadata of ComplexImageFuncaptchaTask."""

    #: English instruction text
    Task: str


_ComplexImageFuncaptchaTaskRequiredOdd = TypedDict(
    "_ComplexImageFuncaptchaTaskRequiredOdd",
    {
        "class": Literal["funcaptcha"],
    },
)


class _ComplexImageFuncaptchaTaskRequired(_ComplexImageFuncaptchaTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Holds what the kind of challenge needs
    metadata: ComplexImageFuncaptchaTaskMetadata


class ComplexImageFuncaptchaTask(_ComplexImageFuncaptchaTaskRequired, total=False):
    """Tiles of a FunCaptcha (ComplexImageTask)."""

    #: Image links; give this or imagesBase64
    imageUrls: List[str]
    #: base64 images without data: prefix
    imagesBase64: Sequence[Picture]
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Page where captcha is shown
    websiteURL: str
    #: Another spelling of websiteURL.
    websiteUrl: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class _ComplexImageRecognitionTaskMetadataRequired(TypedDict):
    #: Open set; documented values have own entries
    Task: str


class ComplexImageRecognitionTaskMetadata(_ComplexImageRecognitionTaskMetadataRequired, total=False):
    """metadata of ComplexImageRecognitionTask."""

    #: Search target
    TaskArgument: str
    #: Payload kind
    PayloadType: Literal["Audio"]


_ComplexImageRecognitionTaskRequiredOdd = TypedDict(
    "_ComplexImageRecognitionTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _ComplexImageRecognitionTaskRequired(_ComplexImageRecognitionTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Holds what the kind of challenge needs
    metadata: ComplexImageRecognitionTaskMetadata


class ComplexImageRecognitionTask(_ComplexImageRecognitionTaskRequired, total=False):
    """Pictures for a recognition module named by metadata.Task (ComplexImageTask)."""

    #: count and order depend on metadata.Task
    imagesBase64: Sequence[Picture]
    #: Links instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: Page where the challenge is shown
    websiteURL: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class RecognitionOoclRotateNewTaskMetadata(TypedDict):
    """metadata of RecognitionOoclRotateNewTask."""

    #: Names the recognition module
    Task: Literal["oocl_rotate_new"]


_RecognitionOoclRotateNewTaskRequiredOdd = TypedDict(
    "_RecognitionOoclRotateNewTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionOoclRotateNewTaskRequired(_RecognitionOoclRotateNewTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Holds what the kind of challenge needs
    metadata: RecognitionOoclRotateNewTaskMetadata


class RecognitionOoclRotateNewTask(_RecognitionOoclRotateNewTaskRequired, total=False):
    """Recognition module oocl_rotate_new: turn one circle (ComplexImageTask)."""

    #: Order: background, circle
    imagesBase64: Sequence[Picture]
    #: Links instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class RecognitionOoclRotateDoubleNewTaskMetadata(TypedDict):
    """metadata of RecognitionOoclRotateDoubleNewTask."""

    #: Names the recognition module
    Task: Literal["oocl_rotate_double_new"]


_RecognitionOoclRotateDoubleNewTaskRequiredOdd = TypedDict(
    "_RecognitionOoclRotateDoubleNewTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionOoclRotateDoubleNewTaskRequired(_RecognitionOoclRotateDoubleNewTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Holds what the kind of challenge needs
    metadata: RecognitionOoclRotateDoubleNewTaskMetadata


class RecognitionOoclRotateDoubleNewTask(_RecognitionOoclRotateDoubleNewTaskRequired, total=False):
    """Recognition module oocl_rotate_double_new: turn ring and circle (ComplexImageTask)."""

    #: Order: background, ring, circle
    imagesBase64: Sequence[Picture]
    #: Links instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class RecognitionBetpunch3x3RotateTaskMetadata(TypedDict):
    """metadata of RecognitionBetpunch3x3RotateTask."""

    #: Names the recognition module
    Task: Literal["betpunch_3x3_rotate"]


_RecognitionBetpunch3x3RotateTaskRequiredOdd = TypedDict(
    "_RecognitionBetpunch3x3RotateTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionBetpunch3x3RotateTaskRequired(_RecognitionBetpunch3x3RotateTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Holds what the kind of challenge needs
    metadata: RecognitionBetpunch3x3RotateTaskMetadata


class RecognitionBetpunch3x3RotateTask(_RecognitionBetpunch3x3RotateTaskRequired, total=False):
    """Recognition module betpunch_3x3_rotate: turn nine tiles (ComplexImageTask)."""

    #: Nine tiles in pictured order
    imagesBase64: Sequence[Picture]
    #: Links instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class RecognitionBaiduTaskMetadata(TypedDict):
    """metadata of RecognitionBaiduTask."""

    #: Names the recognition module
    Task: Literal["baidu"]


_RecognitionBaiduTaskRequiredOdd = TypedDict(
    "_RecognitionBaiduTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionBaiduTaskRequired(_RecognitionBaiduTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Holds what the kind of challenge needs
    metadata: RecognitionBaiduTaskMetadata


class RecognitionBaiduTask(_RecognitionBaiduTaskRequired, total=False):
    """Recognition module baidu: turn a picture upright (ComplexImageTask)."""

    #: One image
    imagesBase64: Sequence[Picture]
    #: Links instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class RecognitionBls3x3TaskMetadata(TypedDict):
    """metadata of RecognitionBls3x3Task."""

    #: Names the recognition module
    Task: Literal["bls_3x3"]
    #: Number to look for, as string
    TaskArgument: str


_RecognitionBls3x3TaskRequiredOdd = TypedDict(
    "_RecognitionBls3x3TaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionBls3x3TaskRequired(_RecognitionBls3x3TaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Holds what the kind of challenge needs
    metadata: RecognitionBls3x3TaskMetadata


class RecognitionBls3x3Task(_RecognitionBls3x3TaskRequired, total=False):
    """Recognition module bls_3x3: tiles with a number (ComplexImageTask)."""

    #: Nine tiles
    imagesBase64: Sequence[Picture]
    #: Links instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class RecognitionSheinTaskMetadata(TypedDict):
    """metadata of RecognitionSheinTask."""

    #: Names the recognition module
    Task: Literal["shein"]


_RecognitionSheinTaskRequiredOdd = TypedDict(
    "_RecognitionSheinTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionSheinTaskRequired(_RecognitionSheinTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Holds what the kind of challenge needs
    metadata: RecognitionSheinTaskMetadata


class RecognitionSheinTask(_RecognitionSheinTaskRequired, total=False):
    """Recognition module shein: points to click (ComplexImageTask)."""

    #: One image
    imagesBase64: Sequence[Picture]
    #: Links instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class RecognitionBillsAudioTaskMetadata(TypedDict):
    """metadata of RecognitionBillsAudioTask."""

    #: Names the recognition module
    Task: Literal["bills_audio"]
    #: Marks audio payload
    PayloadType: Literal["Audio"]


_RecognitionBillsAudioTaskRequiredOdd = TypedDict(
    "_RecognitionBillsAudioTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionBillsAudioTaskRequired(_RecognitionBillsAudioTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: base64 WAV audio despite field name
    imagesBase64: Sequence[Picture]
    #: Holds what the kind of challenge needs
    metadata: RecognitionBillsAudioTaskMetadata


class RecognitionBillsAudioTask(_RecognitionBillsAudioTaskRequired, total=False):
    """Recognition module bills_audio: digits in a sound (ComplexImageTask)."""

    #: Official clients send it
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class RecognitionDliTaskMetadata(TypedDict):
    """metadata of RecognitionDliTask."""

    #: Names the recognition module
    Task: Literal["dli"]


_RecognitionDliTaskRequiredOdd = TypedDict(
    "_RecognitionDliTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionDliTaskRequired(_RecognitionDliTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Holds what the kind of challenge needs
    metadata: RecognitionDliTaskMetadata


class RecognitionDliTask(_RecognitionDliTaskRequired, total=False):
    """Recognition module dli: a number from a picture (ComplexImageTask)."""

    #: One image including its text
    imagesBase64: Sequence[Picture]
    #: Links instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class RecognitionMathSumTaskMetadata(TypedDict):
    """metadata of RecognitionMathSumTask."""

    #: Names the recognition module
    Task: Literal["MathSum"]


_RecognitionMathSumTaskRequiredOdd = TypedDict(
    "_RecognitionMathSumTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionMathSumTaskRequired(_RecognitionMathSumTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Holds what the kind of challenge needs
    metadata: RecognitionMathSumTaskMetadata


class RecognitionMathSumTask(_RecognitionMathSumTaskRequired, total=False):
    """Recognition module MathSum: the result of a sum (ComplexImageTask)."""

    #: One image
    imagesBase64: Sequence[Picture]
    #: Links instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class RecognitionPortugalTextFindIconTaskMetadata(TypedDict):
    """metadata of RecognitionPortugalTextFindIconTask."""

    #: Names the recognition module
    Task: Literal["portugal_text_find_icon"]
    #: Instruction text; non-ASCII written as literal \uXXXX
    TaskArgument: str


_RecognitionPortugalTextFindIconTaskRequiredOdd = TypedDict(
    "_RecognitionPortugalTextFindIconTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionPortugalTextFindIconTaskRequired(_RecognitionPortugalTextFindIconTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Holds what the kind of challenge needs
    metadata: RecognitionPortugalTextFindIconTaskMetadata


class RecognitionPortugalTextFindIconTask(_RecognitionPortugalTextFindIconTaskRequired, total=False):
    """Recognition module portugal_text_find_icon: which of five icons (ComplexImageTask)."""

    #: Five icons merged horizontally into one image
    imagesBase64: Sequence[Picture]
    #: Links instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool


class _FuncaptchaTaskRequired(TypedDict):
    type: Literal["FunCaptchaTask", "FunCaptchaTaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Arkose public key (pk)
    websitePublicKey: str
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int


class FuncaptchaTask(_FuncaptchaTaskRequired, total=False):
    """FunCaptcha (Arkose Labs) (FunCaptchaTask)."""

    #: JSON text such as {"blob":"..."}; needed when Site uses data[blob]
    data: str
    #: surl host without scheme; only when non-default
    funcaptchaApiJSSubdomain: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Cookies as name1=value1; name2=value2
    cookies: str
    #: true asks for a token that was not given out before; documented for reCAPTCHA v2 and v3 only
    nocache: bool
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _HcaptchaTaskRequired(TypedDict):
    type: Literal["HCaptchaTask", "HCaptchaTaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: hCaptcha sitekey
    websiteKey: str


class HcaptchaTask(_HcaptchaTaskRequired, total=False):
    """hCaptcha (HCaptchaTask)."""

    #: Invisible widget
    isInvisible: bool
    #: rqdata or gid; single use, mostly with invisible
    data: str
    #: Windows user agent; see fallbackToActualUA
    userAgent: str
    #: Cookies as name1=value1; name2=value2
    cookies: str
    #: True: service user agent returned; false: yours, else ERROR_WRONG_USERAGENT
    fallbackToActualUA: Union[bool, None]
    #: true asks for a token that was not given out before; the documentation no longer says so for hCaptcha
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _AmazonCaptchaKeyTaskRequired(TypedDict):
    type: Literal["AmazonTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: apiKey of the rendered widget
    websiteKey: str
    #: Link to jsapi.js
    captchaScript: str


class AmazonCaptchaKeyTask(_AmazonCaptchaKeyTaskRequired, total=False):
    """Amazon WAF, widget with an API key (AmazonTask)."""

    #: True yields aws-waf-token cookie; false voucher pair
    cookieSolution: bool
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _AmazonChallengeAndCaptchaTaskRequired(TypedDict):
    type: Literal["AmazonTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Link to challenge.js
    challengeScript: str
    #: gokuProps.key
    websiteKey: str
    #: gokuProps.context
    context: str
    #: gokuProps.iv
    iv: str


class AmazonChallengeAndCaptchaTask(_AmazonChallengeAndCaptchaTaskRequired, total=False):
    """Amazon WAF, page with challenge and captcha (AmazonTask)."""

    #: Link to captcha.js; absent for challenge-only pages, where older documentation wanted any string
    captchaScript: str
    #: True yields aws-waf-token cookie; false voucher pair
    cookieSolution: bool
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _AmazonChallengeOnlyTaskRequired(TypedDict):
    type: Literal["AmazonTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Link to challenge.js
    challengeScript: str
    #: Empty string allowed and expected
    context: str
    #: Empty string allowed and expected
    iv: str


class AmazonChallengeOnlyTask(_AmazonChallengeOnlyTaskRequired, total=False):
    """Amazon WAF, page with a challenge only (AmazonTask)."""

    #: True yields aws-waf-token cookie; false voucher pair
    cookieSolution: bool
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _DatadomeTaskMetadataRequired(TypedDict):
    #: Form datadome=VALUE
    datadomeCookie: str


class DatadomeTaskMetadata(_DatadomeTaskMetadataRequired, total=False):
    """metadata of DatadomeTask."""

    #: Full captcha-delivery URL; t=bv means proxy blocked
    captchaUrl: str
    #: new takes i.js and c.js; without it i.js alone
    datadomeVersion: str
    #: 403 page; alternative to captchaUrl
    htmlPageBase64: Picture


_DatadomeTaskRequiredOdd = TypedDict(
    "_DatadomeTaskRequiredOdd",
    {
        "class": Literal["DataDome"],
    },
)


class _DatadomeTaskRequired(_DatadomeTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Holds what the kind of challenge needs
    metadata: DatadomeTaskMetadata
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int


class DatadomeTask(_DatadomeTaskRequired, total=False):
    """DataDome (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class TendiTaskMetadata(TypedDict, total=False):
    """metadata of TendiTask."""

    #: TCaptcha*.js, TJNCaptcha*.js or TJCaptcha*.js link
    captchaUrl: str
    #: Aid of the site, good for one task; only where the site uses Aid
    aidEncrypted: str


_TendiTaskRequiredOdd = TypedDict(
    "_TendiTaskRequiredOdd",
    {
        "class": Literal["TenDI"],
    },
)


class _TendiTaskRequired(_TendiTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: captchaAppId (aid) as string
    websiteKey: str


class TendiTask(_TendiTaskRequired, total=False):
    """TenDI (Tencent) (CustomTask)."""

    #: Holds captchaUrl and aidEncrypted
    metadata: TendiTaskMetadata
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


_BasiliskTaskRequiredOdd = TypedDict(
    "_BasiliskTaskRequiredOdd",
    {
        "class": Literal["Basilisk"],
    },
)


class _BasiliskTaskRequired(_BasiliskTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: data-sitekey or site_key of check-site
    websiteKey: str


class BasiliskTask(_BasiliskTaskRequired, total=False):
    """Basilisk (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _ImpervaTaskMetadataRequired(TypedDict):
    #: _Incapsula_Resource script name with query
    incapsulaScriptUrl: str
    #: incap_sess_* and visid_incap_* pairs joined by ;
    incapsulaCookies: str


class ImpervaTaskMetadata(_ImpervaTaskMetadataRequired, total=False):
    """metadata of ImpervaTask."""

    #: Another spelling of incapsulaScriptUrl.
    incapsulaScriptBase64: str
    #: Another spelling of incapsulaCookies.
    incapsulaCookie: str
    #: Another spelling of incapsulaCookies.
    incapsulaSessionCookie: str
    #: Endpoint receiving reese84 fingerprint
    reese84UrlEndpoint: str


_ImpervaTaskRequiredOdd = TypedDict(
    "_ImpervaTaskRequiredOdd",
    {
        "class": Literal["Imperva"],
    },
)


class _ImpervaTaskRequired(_ImpervaTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Holds what the kind of challenge needs
    metadata: ImpervaTaskMetadata
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int


class ImpervaTask(_ImpervaTaskRequired, total=False):
    """Imperva (Incapsula) (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class TemuTaskMetadata(TypedDict):
    """metadata of TemuTask."""

    #: document.cookie of the challenge page
    cookie: str


_TemuTaskRequiredOdd = TypedDict(
    "_TemuTaskRequiredOdd",
    {
        "class": Literal["Temu"],
    },
)


class _TemuTaskRequired(_TemuTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: Full bgn_verification.html URL
    websiteURL: str
    #: Holds what the kind of challenge needs
    metadata: TemuTaskMetadata


class TemuTask(_TemuTaskRequired, total=False):
    """Temu (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class AltchaTaskMetadata(TypedDict):
    """metadata of AltchaTask."""

    #: challenge hash
    challenge: str
    #: site's maxnumber, sent as string
    iterations: str
    #: Complete salt including query part
    salt: str
    #: challenge signature
    signature: str


_AltchaTaskRequiredOdd = TypedDict(
    "_AltchaTaskRequiredOdd",
    {
        "class": Literal["altcha"],
    },
)


class _AltchaTaskRequired(_AltchaTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Holds what the kind of challenge needs
    metadata: AltchaTaskMetadata


class AltchaTask(_AltchaTaskRequired, total=False):
    """ALTCHA (CustomTask)."""

    #: May be an empty string; the documentation wants it, JavaScript client 2.6.1 leaves it out
    websiteKey: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _CastleTaskMetadataRequired(TypedDict):
    #: Link to cw.js
    wUrl: str
    #: Link to csw.js
    swUrl: str


class CastleTaskMetadata(_CastleTaskMetadataRequired, total=False):
    """metadata of CastleTask."""

    #: Tokens wanted; larger values clamp to 49
    count: int


_CastleTaskRequiredOdd = TypedDict(
    "_CastleTaskRequiredOdd",
    {
        "class": Literal["Castle"],
    },
)


class _CastleTaskRequired(_CastleTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Publishable key pk_...
    websiteKey: str
    #: Holds what the kind of challenge needs
    metadata: CastleTaskMetadata


class CastleTask(_CastleTaskRequired, total=False):
    """Castle (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class TspdTaskMetadata(TypedDict):
    """metadata of TspdTask."""

    #: TS* cookies joined by ;
    tspdCookie: str
    #: base64 of whole challenge page
    htmlPageBase64: Picture


_TspdTaskRequiredOdd = TypedDict(
    "_TspdTaskRequiredOdd",
    {
        "class": Literal["tspd"],
    },
)


class _TspdTaskRequired(_TspdTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Holds what the kind of challenge needs
    metadata: TspdTaskMetadata
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class TspdTask(_TspdTaskRequired, total=False):
    """TSPD (F5) (CustomTask)."""

    #: Another spelling of websiteURL.
    websiteUrl: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]


class HuntXhdTaskMetadata(TypedDict):
    """metadata of HuntXhdTask."""

    #: Full hd-api api.js URL
    apiGetLib: str


_HuntXhdTaskRequiredOdd = TypedDict(
    "_HuntXhdTaskRequiredOdd",
    {
        "class": Literal["HUNT"],
    },
)


class _HuntXhdTaskRequired(_HuntXhdTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Holds what the kind of challenge needs
    metadata: HuntXhdTaskMetadata
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class HuntXhdTask(_HuntXhdTaskRequired, total=False):
    """HUNT, X-HD value (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]


class HuntMetaTokenTaskMetadata(TypedDict):
    """metadata of HuntMetaTokenTask."""

    #: Full hd-api api.js URL
    apiGetLib: str
    #: Site meta.token; exclusive with widgetUrl
    data: str


_HuntMetaTokenTaskRequiredOdd = TypedDict(
    "_HuntMetaTokenTaskRequiredOdd",
    {
        "class": Literal["HUNT"],
    },
)


class _HuntMetaTokenTaskRequired(_HuntMetaTokenTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Holds what the kind of challenge needs
    metadata: HuntMetaTokenTaskMetadata
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class HuntMetaTokenTask(_HuntMetaTokenTaskRequired, total=False):
    """HUNT, by the meta.token of the site (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]


class HuntWidgetTaskMetadata(TypedDict):
    """metadata of HuntWidgetTask."""

    #: Full hd-api api.js URL
    apiGetLib: str
    #: Complete widget URL; exclusive with data
    widgetUrl: str


_HuntWidgetTaskRequiredOdd = TypedDict(
    "_HuntWidgetTaskRequiredOdd",
    {
        "class": Literal["HUNT"],
    },
)


class _HuntWidgetTaskRequired(_HuntWidgetTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Holds what the kind of challenge needs
    metadata: HuntWidgetTaskMetadata
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class HuntWidgetTask(_HuntWidgetTaskRequired, total=False):
    """HUNT, by the URL of the widget (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]


class _AlibabaTaskMetadataRequired(TypedDict):
    #: Scenario id
    sceneId: str
    #: First label of captcha-open host
    prefix: str


class AlibabaTaskMetadata(_AlibabaTaskMetadataRequired, total=False):
    """metadata of AlibabaTask."""

    #: Only if site exposes it
    userId: str
    #: Secondary id
    userUserId: str
    #: e.g. 1.0
    verifyType: str
    #: Region of the server; it decides the token: cn gives WEB#, sgp gives SG_WEB#
    region: str
    #: Site traceid; capital U
    UserCertifyId: str
    #: Dynamic AliyunCaptcha.js link
    apiGetLib: str
    #: true adds cookies (ssxmod_itna, ssxmod_itna2); for sites behind Alibaba's own WAF
    cookieRequired: bool


_AlibabaTaskRequiredOdd = TypedDict(
    "_AlibabaTaskRequiredOdd",
    {
        "class": Literal["alibaba"],
    },
)


class _AlibabaTaskRequired(_AlibabaTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Holds what the kind of challenge needs
    metadata: AlibabaTaskMetadata


class AlibabaTask(_AlibabaTaskRequired, total=False):
    """Alibaba (TRACELESS or checkbox), standard and extended (CustomTask)."""

    #: Samples send the word customTask
    websiteKey: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _AlibabaPunishTaskMetadataRequired(TypedDict):
    #: Full _____tmd_____/punish URL with port and query
    punishUrl: str


class AlibabaPunishTaskMetadata(_AlibabaPunishTaskMetadataRequired, total=False):
    """metadata of AlibabaPunishTask."""

    #: Scenario id
    sceneId: str
    #: First label of captcha-open host
    prefix: str
    #: Only if site exposes it
    userId: str
    #: Secondary id
    userUserId: str
    #: e.g. 1.0
    verifyType: str
    #: Region of the server; it decides the token: cn gives WEB#, sgp gives SG_WEB#
    region: str
    #: Site traceid; capital U
    UserCertifyId: str
    #: Dynamic AliyunCaptcha.js link
    apiGetLib: str
    #: true adds cookies (ssxmod_itna, ssxmod_itna2); for sites behind Alibaba's own WAF
    cookieRequired: bool


_AlibabaPunishTaskRequiredOdd = TypedDict(
    "_AlibabaPunishTaskRequiredOdd",
    {
        "class": Literal["alibaba"],
    },
)


class _AlibabaPunishTaskRequired(_AlibabaPunishTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Holds what the kind of challenge needs
    metadata: AlibabaPunishTaskMetadata


class AlibabaPunishTask(_AlibabaPunishTaskRequired, total=False):
    """Alibaba, by punishUrl (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class FriendlyTaskMetadata(TypedDict):
    """metadata of FriendlyTask."""

    #: v1 widget.module.min.js or v2 site.min.js URL
    apiGetLib: str


_FriendlyTaskRequiredOdd = TypedDict(
    "_FriendlyTaskRequiredOdd",
    {
        "class": Literal["friendly"],
    },
)


class _FriendlyTaskRequired(_FriendlyTaskRequiredOdd):
    type: Literal["CustomTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Friendly Captcha sitekey
    websiteKey: str
    #: Holds what the kind of challenge needs
    metadata: FriendlyTaskMetadata


class FriendlyTask(_FriendlyTaskRequired, total=False):
    """Friendly Captcha (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Only cookies of these hosts come back
    domains: Union[List[str], None]
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _BinanceTaskRequired(TypedDict):
    type: Literal["BinanceTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: bizId, bizType or bizCode
    websiteKey: str
    #: Dynamic validateId/securityId value
    validateId: str


class BinanceTask(_BinanceTaskRequired, total=False):
    """Binance login (BinanceTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _ProsopoTaskRequired(TypedDict):
    type: Literal["ProsopoTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Prosopo-Site-Key header value
    websiteKey: str


class ProsopoTask(_ProsopoTaskRequired, total=False):
    """Prosopo Procaptcha (ProsopoTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _YidunTaskRequired(TypedDict):
    type: Literal["YidunTask"]
    #: Referer value of get/check request
    websiteURL: str
    #: id value of get/check request
    websiteKey: str


class YidunTask(_YidunTaskRequired, total=False):
    """Yidun (NetEase) (YidunTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Full https URL of load.min.js
    yidunGetLib: str
    #: Custom API host without scheme
    yidunApiServerSubdomain: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _YidunEnterpriseTaskRequired(TypedDict):
    type: Literal["YidunTask"]
    #: Referer value of get/check request
    websiteURL: str
    #: id value of get/check request
    websiteKey: str


class YidunEnterpriseTask(_YidunEnterpriseTaskRequired, total=False):
    """Yidun (NetEase) Enterprise (YidunTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Full https URL of load.min.js; recommended with challenge, hcg and hct
    yidunGetLib: str
    #: Host only; not c.dun.163.com or c-v6.dun.163.com; needed when Custom API server in use
    yidunApiServerSubdomain: str
    #: From cscPreprocess request
    challenge: str
    #: Hash paired with challenge
    hcg: str
    #: Millisecond timestamp; needs 64 bits
    hct: int
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


class _MtcaptchaTaskRequired(TypedDict):
    type: Literal["MTCaptchaTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: sk value, MTPublic-...
    websiteKey: str


class MtcaptchaTask(_MtcaptchaTaskRequired, total=False):
    """MTCaptcha (MTCaptchaTask)."""

    #: act value; send only when non-default
    pageAction: str
    #: Invisible widget
    isInvisible: bool
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true asks for a token that was not given out before; the JavaScript client sends it with every type
    nocache: bool
    #: Try https only where http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: Name at the proxy; no percent sign
    proxyLogin: str
    #: Password at the proxy; no percent sign
    proxyPassword: str


#: Any of the tasks that the catalogue knows.
AnyTask = Union[
    RecaptchaV2Task,
    RecaptchaV2EnterpriseTask,
    RecaptchaV3Task,
    RecaptchaV3EnterpriseTask,
    TurnstileTask,
    TurnstileChallengeTokenTask,
    TurnstileCfClearanceTask,
    TurnstileWaitRoomTask,
    GeetestV3Task,
    GeetestV4Task,
    GeetestV3OperationSiteTask,
    ImageToTextTask,
    ComplexImageRecaptchaTask,
    ComplexImageHcaptchaTask,
    ComplexImageFuncaptchaTask,
    ComplexImageRecognitionTask,
    RecognitionOoclRotateNewTask,
    RecognitionOoclRotateDoubleNewTask,
    RecognitionBetpunch3x3RotateTask,
    RecognitionBaiduTask,
    RecognitionBls3x3Task,
    RecognitionSheinTask,
    RecognitionBillsAudioTask,
    RecognitionDliTask,
    RecognitionMathSumTask,
    RecognitionPortugalTextFindIconTask,
    FuncaptchaTask,
    HcaptchaTask,
    AmazonCaptchaKeyTask,
    AmazonChallengeAndCaptchaTask,
    AmazonChallengeOnlyTask,
    DatadomeTask,
    TendiTask,
    BasiliskTask,
    ImpervaTask,
    TemuTask,
    AltchaTask,
    CastleTask,
    TspdTask,
    HuntXhdTask,
    HuntMetaTokenTask,
    HuntWidgetTask,
    AlibabaTask,
    AlibabaPunishTask,
    FriendlyTask,
    BinanceTask,
    ProsopoTask,
    YidunTask,
    YidunEnterpriseTask,
    MtcaptchaTask,
]
