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

    #: One-time data-s attribute; fetch a new one for each task
    recaptchaDataSValue: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Cookies, written name1=value1; name2=value2
    cookies: str
    #: true if the widget has no checkbox
    isInvisible: bool
    #: true requests a token that no other task received
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class RecaptchaV2EnterpriseTaskEnterprisePayload(TypedDict, total=False):
    """enterprisePayload of RecaptchaV2EnterpriseTask."""

    #: Value of s; new for each rendering
    s: str


class _RecaptchaV2EnterpriseTaskRequired(TypedDict):
    type: Literal["RecaptchaV2EnterpriseTask", "RecaptchaV2EnterpriseTaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Value of data-sitekey, or of k in the iframe's URL
    websiteKey: str


class RecaptchaV2EnterpriseTask(_RecaptchaV2EnterpriseTaskRequired, total=False):
    """reCAPTCHA v2 Enterprise (RecaptchaV2EnterpriseTask)."""

    #: Send it only if the site uses another action
    pageAction: str
    #: More arguments of grecaptcha.enterprise.render
    enterprisePayload: Union[RecaptchaV2EnterpriseTaskEnterprisePayload, str]
    #: Host of the script, such as www.google.com or www.recaptcha.net
    apiDomain: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Cookies, written name1=value1; name2=value2
    cookies: str
    #: One-time data-s attribute; fetch a new one for each task
    recaptchaDataSValue: str
    #: true requests a token that no other task received; documented for reCAPTCHA v2 and v3 only
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _RecaptchaV3TaskRequired(TypedDict):
    type: Literal["RecaptchaV3TaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Value of render in the URL of api.js
    websiteKey: str


class RecaptchaV3Task(_RecaptchaV3TaskRequired, total=False):
    """reCAPTCHA v3 (RecaptchaV3TaskProxyless)."""

    #: true for reCAPTCHA Enterprise; the service also accepts 1 and 0
    isEnterprise: Literal[True, False, 1, 0]
    #: Requested score; the documentation recommends it
    minScore: float
    #: Action passed to grecaptcha.execute
    pageAction: str
    #: true requests a token that no other task received
    nocache: bool


class _RecaptchaV3EnterpriseTaskRequired(TypedDict):
    type: Literal["RecaptchaV3EnterpriseTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Value of render in the URL of enterprise.js
    websiteKey: str


class RecaptchaV3EnterpriseTask(_RecaptchaV3EnterpriseTaskRequired, total=False):
    """reCAPTCHA v3 Enterprise (RecaptchaV3EnterpriseTask)."""

    #: Requested score
    minScore: float
    #: Send it only if the site uses another action
    pageAction: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class _TurnstileTaskRequired(TypedDict):
    type: Literal["TurnstileTask", "TurnstileTaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Turnstile site key; usually begins with 0x4
    websiteKey: str


class TurnstileTask(_TurnstileTaskRequired, total=False):
    """Cloudflare Turnstile widget (TurnstileTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Action in the render call
    pageAction: str
    #: Another spelling of pageAction.
    PageAction: str
    #: cData in the render call
    data: str
    #: Another spelling of data.
    Data: str
    #: URL of the script
    apiJsUrl: str
    #: true requests a token that no other task received; documented for reCAPTCHA v2 and v3 only
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _TurnstileChallengeTokenTaskRequired(TypedDict):
    type: Literal["TurnstileTask", "TurnstileTaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Site key of the challenge page
    websiteKey: str
    #: Selects this form of the task
    cloudflareTaskType: Literal["token"]
    #: Usually managed or non-interactive
    pageAction: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: cData in the render call
    data: str
    #: chlPageData in the render call
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
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _TurnstileCfClearanceTaskRequired(TypedDict):
    type: Literal["TurnstileTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Any text
    websiteKey: str
    #: Selects this form of the task
    cloudflareTaskType: Literal["cf_clearance"]
    #: base64 of the page that came with status 403
    htmlPageBase64: Picture
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class TurnstileCfClearanceTask(_TurnstileCfClearanceTaskRequired, total=False):
    """Cloudflare challenge page, answered with the cf_clearance cookie (TurnstileTask)."""

    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class _TurnstileWaitRoomTaskRequired(TypedDict):
    type: Literal["TurnstileTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Any text
    websiteKey: str
    #: Selects this form of the task
    cloudflareTaskType: Literal["wait_room"]
    #: base64 of the Waiting Room page
    htmlPageBase64: Picture
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class TurnstileWaitRoomTask(_TurnstileWaitRoomTaskRequired, total=False):
    """Cloudflare Waiting Room (TurnstileTask)."""

    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class _GeetestV3TaskRequired(TypedDict):
    type: Literal["GeeTestTask", "GeeTestTaskProxyless"]
    #: URL of the page that initialises the widget (the Referer of gettype.php)
    websiteURL: str
    #: Identifier of the site; does not change
    gt: str
    #: Valid once; fetch a new one just before each task. Only the site of geetest_v3_operation_site needs none
    challenge: str


class GeetestV3Task(_GeetestV3TaskRequired, total=False):
    """GeeTest v3 (GeeTestTask)."""

    #: Version of GeeTest; the documentation requires it, some official clients omit it
    version: Literal[3, "3"]
    #: Host of the API, if the site uses another than api.geetest.com
    geetestApiServerSubdomain: str
    #: Path of the script: JSON in a string
    geetestGetLib: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class GeetestV4TaskInitParameters(TypedDict, total=False):
    """initParameters of GeetestV4Task."""

    #: Kind of challenge, such as slide
    riskType: str


class _GeetestV4TaskRequired(TypedDict):
    type: Literal["GeeTestTask", "GeeTestTaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: captcha_id of the site
    gt: str
    #: Version of GeeTest
    version: Literal[4, "4"]


class GeetestV4Task(_GeetestV4TaskRequired, total=False):
    """GeeTest v4 (GeeTestTask)."""

    #: Host of the API, if the site uses another than api.geetest.com
    geetestApiServerSubdomain: str
    #: Path of the script: JSON in a string
    geetestGetLib: str
    #: More initialisation values
    initParameters: GeetestV4TaskInitParameters
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _GeetestV3OperationSiteTaskRequired(TypedDict):
    type: Literal["GeeTestTask", "GeeTestTaskProxyless"]
    #: URL on the one site that this form is for; the documentation masks its name
    websiteURL: str
    #: The same value for the whole site
    gt: str


class GeetestV3OperationSiteTask(_GeetestV3OperationSiteTaskRequired, total=False):
    """GeeTest v3 on the one site where challenge is the name of an operation (GeeTestTask)."""

    #: Name of an operation, not a key that changes
    challenge: str
    #: Version of GeeTest
    version: Literal[3, "3"]
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _ImageToTextTaskRequired(TypedDict):
    type: Literal["ImageToTextTask"]
    #: The picture as base64, on one line, without the prefix data:
    body: Picture


class ImageToTextTask(_ImageToTextTaskRequired, total=False):
    """Text in a picture (ImageToTextTask)."""

    #: Recognition module; private modules have other names, so any value is accepted
    capMonsterModule: str
    #: Another spelling of capMonsterModule.
    CapMonsterModule: str
    #: Least confidence in percent; below it the task fails with ERROR_CAPTCHA_UNSOLVABLE and costs nothing
    recognizingThreshold: int
    #: true if upper and lower case differ
    case: bool
    #: Another spelling of case.
    Case: bool
    #: 1 if the text has digits only
    numeric: Literal[0, 1]
    #: true to calculate the expression in the picture; not with the module captcha_math
    math: bool
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class _ComplexImageRecaptchaTaskMetadataRequired(TypedDict):
    #: Size of the grid; 1x1 for a single new tile
    Grid: Literal["4x4", "3x3", "1x1"]


class ComplexImageRecaptchaTaskMetadata(_ComplexImageRecaptchaTaskMetadataRequired, total=False):
    """metadata of ComplexImageRecaptchaTask."""

    #: Code such as /m/015qff, from the response to reload or userverify
    TaskDefinition: str
    #: The instruction, in English
    Task: str


_ComplexImageRecaptchaTaskRequiredOdd = TypedDict(
    "_ComplexImageRecaptchaTaskRequiredOdd",
    {
        "class": Literal["recaptcha"],
    },
)


class _ComplexImageRecaptchaTaskRequired(_ComplexImageRecaptchaTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Data for this kind of challenge
    metadata: ComplexImageRecaptchaTaskMetadata


class ComplexImageRecaptchaTask(_ComplexImageRecaptchaTaskRequired, total=False):
    """Tiles of a reCAPTCHA grid (ComplexImageTask)."""

    #: URLs of the pictures; give this or imagesBase64
    imageUrls: List[str]
    #: The pictures as base64, without the prefix data:
    imagesBase64: Sequence[Picture]
    #: User agent for downloading imageUrls
    userAgent: str
    #: URL of the page that shows the challenge
    websiteURL: str
    #: Another spelling of websiteURL.
    websiteUrl: str
    #: Only in samples of the browser extension, with the value 60
    recognizingThreshold: int
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class ComplexImageHcaptchaTaskMetadata(TypedDict):
    """metadata of ComplexImageHcaptchaTask."""

    #: The instruction, in English
    Task: str


_ComplexImageHcaptchaTaskRequiredOdd = TypedDict(
    "_ComplexImageHcaptchaTaskRequiredOdd",
    {
        "class": Literal["hcaptcha"],
    },
)


class _ComplexImageHcaptchaTaskRequired(_ComplexImageHcaptchaTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Data for this kind of challenge
    metadata: ComplexImageHcaptchaTaskMetadata


class ComplexImageHcaptchaTask(_ComplexImageHcaptchaTaskRequired, total=False):
    """Tiles of an hCaptcha grid (ComplexImageTask)."""

    #: URLs of the pictures; give this or imagesBase64
    imageUrls: List[str]
    #: The pictures as base64, without the prefix data:
    imagesBase64: Sequence[Picture]
    #: URL of the sample picture; not together with exampleImagesBase64
    exampleImageUrls: List[str]
    #: The sample picture as base64; not together with exampleImageUrls
    exampleImagesBase64: Sequence[Picture]
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: URL of the page that shows the challenge
    websiteURL: str
    #: Another spelling of websiteURL.
    websiteUrl: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class ComplexImageFuncaptchaTaskMetadata(TypedDict):
    """metadata of ComplexImageFuncaptchaTask."""

    #: The instruction, in English
    Task: str


_ComplexImageFuncaptchaTaskRequiredOdd = TypedDict(
    "_ComplexImageFuncaptchaTaskRequiredOdd",
    {
        "class": Literal["funcaptcha"],
    },
)


class _ComplexImageFuncaptchaTaskRequired(_ComplexImageFuncaptchaTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Data for this kind of challenge
    metadata: ComplexImageFuncaptchaTaskMetadata


class ComplexImageFuncaptchaTask(_ComplexImageFuncaptchaTaskRequired, total=False):
    """Tiles of a FunCaptcha (ComplexImageTask)."""

    #: URLs of the pictures; give this or imagesBase64
    imageUrls: List[str]
    #: The pictures as base64, without the prefix data:
    imagesBase64: Sequence[Picture]
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: URL of the page that shows the challenge
    websiteURL: str
    #: Another spelling of websiteURL.
    websiteUrl: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class _ComplexImageRecognitionTaskMetadataRequired(TypedDict):
    #: Name of the recognition module; any value is accepted, and each documented one has an entry of its own
    Task: str


class ComplexImageRecognitionTaskMetadata(_ComplexImageRecognitionTaskMetadataRequired, total=False):
    """metadata of ComplexImageRecognitionTask."""

    #: What to look for
    TaskArgument: str
    #: Kind of the data
    PayloadType: Literal["Audio"]


_ComplexImageRecognitionTaskRequiredOdd = TypedDict(
    "_ComplexImageRecognitionTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _ComplexImageRecognitionTaskRequired(_ComplexImageRecognitionTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Data for this kind of challenge
    metadata: ComplexImageRecognitionTaskMetadata


class ComplexImageRecognitionTask(_ComplexImageRecognitionTaskRequired, total=False):
    """Pictures for the recognition module that metadata.Task names (ComplexImageTask)."""

    #: The pictures as base64; metadata.Task decides how many, and in which order
    imagesBase64: Sequence[Picture]
    #: URLs of the pictures, instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: URL of the page that shows the challenge
    websiteURL: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class RecognitionOoclRotateNewTaskMetadata(TypedDict):
    """metadata of RecognitionOoclRotateNewTask."""

    #: Name of the recognition module
    Task: Literal["oocl_rotate_new"]


_RecognitionOoclRotateNewTaskRequiredOdd = TypedDict(
    "_RecognitionOoclRotateNewTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionOoclRotateNewTaskRequired(_RecognitionOoclRotateNewTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Data for this kind of challenge
    metadata: RecognitionOoclRotateNewTaskMetadata


class RecognitionOoclRotateNewTask(_RecognitionOoclRotateNewTaskRequired, total=False):
    """Recognition module oocl_rotate_new: turn one circle (ComplexImageTask)."""

    #: The pictures as base64, in the order background, circle
    imagesBase64: Sequence[Picture]
    #: URLs of the pictures, instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class RecognitionOoclRotateDoubleNewTaskMetadata(TypedDict):
    """metadata of RecognitionOoclRotateDoubleNewTask."""

    #: Name of the recognition module
    Task: Literal["oocl_rotate_double_new"]


_RecognitionOoclRotateDoubleNewTaskRequiredOdd = TypedDict(
    "_RecognitionOoclRotateDoubleNewTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionOoclRotateDoubleNewTaskRequired(_RecognitionOoclRotateDoubleNewTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Data for this kind of challenge
    metadata: RecognitionOoclRotateDoubleNewTaskMetadata


class RecognitionOoclRotateDoubleNewTask(_RecognitionOoclRotateDoubleNewTaskRequired, total=False):
    """Recognition module oocl_rotate_double_new: turn ring and circle (ComplexImageTask)."""

    #: The pictures as base64, in the order background, ring, circle
    imagesBase64: Sequence[Picture]
    #: URLs of the pictures, instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class RecognitionBetpunch3x3RotateTaskMetadata(TypedDict):
    """metadata of RecognitionBetpunch3x3RotateTask."""

    #: Name of the recognition module
    Task: Literal["betpunch_3x3_rotate"]


_RecognitionBetpunch3x3RotateTaskRequiredOdd = TypedDict(
    "_RecognitionBetpunch3x3RotateTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionBetpunch3x3RotateTaskRequired(_RecognitionBetpunch3x3RotateTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Data for this kind of challenge
    metadata: RecognitionBetpunch3x3RotateTaskMetadata


class RecognitionBetpunch3x3RotateTask(_RecognitionBetpunch3x3RotateTaskRequired, total=False):
    """Recognition module betpunch_3x3_rotate: turn nine tiles (ComplexImageTask)."""

    #: The nine tiles as base64, in the order of the picture
    imagesBase64: Sequence[Picture]
    #: URLs of the pictures, instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class RecognitionBaiduTaskMetadata(TypedDict):
    """metadata of RecognitionBaiduTask."""

    #: Name of the recognition module
    Task: Literal["baidu"]


_RecognitionBaiduTaskRequiredOdd = TypedDict(
    "_RecognitionBaiduTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionBaiduTaskRequired(_RecognitionBaiduTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Data for this kind of challenge
    metadata: RecognitionBaiduTaskMetadata


class RecognitionBaiduTask(_RecognitionBaiduTaskRequired, total=False):
    """Recognition module baidu: turn a picture upright (ComplexImageTask)."""

    #: The picture as base64
    imagesBase64: Sequence[Picture]
    #: URLs of the pictures, instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class RecognitionBls3x3TaskMetadata(TypedDict):
    """metadata of RecognitionBls3x3Task."""

    #: Name of the recognition module
    Task: Literal["bls_3x3"]
    #: Number to look for, as a string
    TaskArgument: str


_RecognitionBls3x3TaskRequiredOdd = TypedDict(
    "_RecognitionBls3x3TaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionBls3x3TaskRequired(_RecognitionBls3x3TaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Data for this kind of challenge
    metadata: RecognitionBls3x3TaskMetadata


class RecognitionBls3x3Task(_RecognitionBls3x3TaskRequired, total=False):
    """Recognition module bls_3x3: tiles with a number (ComplexImageTask)."""

    #: The nine tiles as base64
    imagesBase64: Sequence[Picture]
    #: URLs of the pictures, instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class RecognitionSheinTaskMetadata(TypedDict):
    """metadata of RecognitionSheinTask."""

    #: Name of the recognition module
    Task: Literal["shein"]


_RecognitionSheinTaskRequiredOdd = TypedDict(
    "_RecognitionSheinTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionSheinTaskRequired(_RecognitionSheinTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Data for this kind of challenge
    metadata: RecognitionSheinTaskMetadata


class RecognitionSheinTask(_RecognitionSheinTaskRequired, total=False):
    """Recognition module shein: points to click (ComplexImageTask)."""

    #: The picture as base64
    imagesBase64: Sequence[Picture]
    #: URLs of the pictures, instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class RecognitionBillsAudioTaskMetadata(TypedDict):
    """metadata of RecognitionBillsAudioTask."""

    #: Name of the recognition module
    Task: Literal["bills_audio"]
    #: Kind of the data
    PayloadType: Literal["Audio"]


_RecognitionBillsAudioTaskRequiredOdd = TypedDict(
    "_RecognitionBillsAudioTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionBillsAudioTaskRequired(_RecognitionBillsAudioTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: The sound (WAV) as base64, despite the member's name
    imagesBase64: Sequence[Picture]
    #: Data for this kind of challenge
    metadata: RecognitionBillsAudioTaskMetadata


class RecognitionBillsAudioTask(_RecognitionBillsAudioTaskRequired, total=False):
    """Recognition module bills_audio: digits in a sound (ComplexImageTask)."""

    #: Official clients send it
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class RecognitionDliTaskMetadata(TypedDict):
    """metadata of RecognitionDliTask."""

    #: Name of the recognition module
    Task: Literal["dli"]


_RecognitionDliTaskRequiredOdd = TypedDict(
    "_RecognitionDliTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionDliTaskRequired(_RecognitionDliTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Data for this kind of challenge
    metadata: RecognitionDliTaskMetadata


class RecognitionDliTask(_RecognitionDliTaskRequired, total=False):
    """Recognition module dli: a number from a picture (ComplexImageTask)."""

    #: The picture as base64, with its text
    imagesBase64: Sequence[Picture]
    #: URLs of the pictures, instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class RecognitionMathSumTaskMetadata(TypedDict):
    """metadata of RecognitionMathSumTask."""

    #: Name of the recognition module
    Task: Literal["MathSum"]


_RecognitionMathSumTaskRequiredOdd = TypedDict(
    "_RecognitionMathSumTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionMathSumTaskRequired(_RecognitionMathSumTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Data for this kind of challenge
    metadata: RecognitionMathSumTaskMetadata


class RecognitionMathSumTask(_RecognitionMathSumTaskRequired, total=False):
    """Recognition module MathSum: the result of a sum (ComplexImageTask)."""

    #: The picture as base64
    imagesBase64: Sequence[Picture]
    #: URLs of the pictures, instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class RecognitionPortugalTextFindIconTaskMetadata(TypedDict):
    """metadata of RecognitionPortugalTextFindIconTask."""

    #: Name of the recognition module
    Task: Literal["portugal_text_find_icon"]
    #: The instruction; write characters outside ASCII as the literal text \uXXXX
    TaskArgument: str


_RecognitionPortugalTextFindIconTaskRequiredOdd = TypedDict(
    "_RecognitionPortugalTextFindIconTaskRequiredOdd",
    {
        "class": Literal["recognition"],
    },
)


class _RecognitionPortugalTextFindIconTaskRequired(_RecognitionPortugalTextFindIconTaskRequiredOdd):
    type: Literal["ComplexImageTask"]
    #: Data for this kind of challenge
    metadata: RecognitionPortugalTextFindIconTaskMetadata


class RecognitionPortugalTextFindIconTask(_RecognitionPortugalTextFindIconTaskRequired, total=False):
    """Recognition module portugal_text_find_icon: which of five icons (ComplexImageTask)."""

    #: One picture as base64, with the five icons side by side
    imagesBase64: Sequence[Picture]
    #: URLs of the pictures, instead of imagesBase64
    imageUrls: List[str]
    #: Official clients send it
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool


class _FuncaptchaTaskRequired(TypedDict):
    type: Literal["FunCaptchaTask", "FunCaptchaTaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Arkose public key (pk)
    websitePublicKey: str
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int


class FuncaptchaTask(_FuncaptchaTaskRequired, total=False):
    """FunCaptcha (Arkose Labs) (FunCaptchaTask)."""

    #: JSON text such as {"blob":"..."}; needed if the site uses data[blob]
    data: str
    #: Host of surl, without scheme; send it only if the site uses another than the default
    funcaptchaApiJSSubdomain: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Cookies, written name1=value1; name2=value2
    cookies: str
    #: true requests a token that no other task received; documented for reCAPTCHA v2 and v3 only
    nocache: bool
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _HcaptchaTaskRequired(TypedDict):
    type: Literal["HCaptchaTask", "HCaptchaTaskProxyless"]
    #: URL of the page with the challenge
    websiteURL: str
    #: hCaptcha site key
    websiteKey: str


class HcaptchaTask(_HcaptchaTaskRequired, total=False):
    """hCaptcha (HCaptchaTask)."""

    #: true if the widget is invisible
    isInvisible: bool
    #: rqdata or gid; valid once, mostly for invisible widgets
    data: str
    #: A Windows user agent; see fallbackToActualUA
    userAgent: str
    #: Cookies, written name1=value1; name2=value2
    cookies: str
    #: true: the service may use and return its own user agent; false: it uses yours, or answers ERROR_WRONG_USERAGENT
    fallbackToActualUA: Union[bool, None]
    #: true requests a token that no other task received; no longer documented for hCaptcha
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _AmazonCaptchaKeyTaskRequired(TypedDict):
    type: Literal["AmazonTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: apiKey of the rendered widget
    websiteKey: str
    #: URL of jsapi.js
    captchaScript: str


class AmazonCaptchaKeyTask(_AmazonCaptchaKeyTaskRequired, total=False):
    """Amazon WAF, widget with an API key (AmazonTask)."""

    #: true for the cookie aws-waf-token, false for captcha_voucher and existing_token
    cookieSolution: bool
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _AmazonChallengeAndCaptchaTaskRequired(TypedDict):
    type: Literal["AmazonTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: URL of challenge.js
    challengeScript: str
    #: gokuProps.key
    websiteKey: str
    #: gokuProps.context
    context: str
    #: gokuProps.iv
    iv: str


class AmazonChallengeAndCaptchaTask(_AmazonChallengeAndCaptchaTaskRequired, total=False):
    """Amazon WAF, page with challenge and captcha (AmazonTask)."""

    #: URL of captcha.js; a page with a challenge only has none, and older documentation asks for any string there
    captchaScript: str
    #: true for the cookie aws-waf-token, false for captcha_voucher and existing_token
    cookieSolution: bool
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _AmazonChallengeOnlyTaskRequired(TypedDict):
    type: Literal["AmazonTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: URL of challenge.js
    challengeScript: str
    #: An empty string
    context: str
    #: An empty string
    iv: str


class AmazonChallengeOnlyTask(_AmazonChallengeOnlyTaskRequired, total=False):
    """Amazon WAF, page with a challenge only (AmazonTask)."""

    #: true for the cookie aws-waf-token, false for captcha_voucher and existing_token
    cookieSolution: bool
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _DatadomeTaskMetadataRequired(TypedDict):
    #: The cookie, written datadome=VALUE
    datadomeCookie: str


class DatadomeTaskMetadata(_DatadomeTaskMetadataRequired, total=False):
    """metadata of DatadomeTask."""

    #: Whole captcha-delivery URL; t=bv in it means that the proxy is blocked
    captchaUrl: str
    #: new if the page loads i.js and c.js; none if it loads i.js only
    datadomeVersion: str
    #: base64 of the page that came with status 403; an alternative to captchaUrl
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
    #: Data for this kind of challenge
    metadata: DatadomeTaskMetadata
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int


class DatadomeTask(_DatadomeTaskRequired, total=False):
    """DataDome (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class TendiTaskMetadata(TypedDict, total=False):
    """metadata of TendiTask."""

    #: URL of TCaptcha*.js, TJNCaptcha*.js or TJCaptcha*.js
    captchaUrl: str
    #: Encrypted aid, valid for one task; only for sites that use it
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
    #: captchaAppId (aid), as a string
    websiteKey: str


class TendiTask(_TendiTaskRequired, total=False):
    """TenDI (Tencent) (CustomTask)."""

    #: captchaUrl and aidEncrypted
    metadata: TendiTaskMetadata
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
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
    #: Value of data-sitekey, or site_key of check-site
    websiteKey: str


class BasiliskTask(_BasiliskTaskRequired, total=False):
    """Basilisk (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _ImpervaTaskMetadataRequired(TypedDict):
    #: Name of the script _Incapsula_Resource, with its query
    incapsulaScriptUrl: str
    #: The cookies incap_sess_* and visid_incap_*, joined by ;
    incapsulaCookies: str


class ImpervaTaskMetadata(_ImpervaTaskMetadataRequired, total=False):
    """metadata of ImpervaTask."""

    #: Another spelling of incapsulaScriptUrl.
    incapsulaScriptBase64: str
    #: Another spelling of incapsulaCookies.
    incapsulaCookie: str
    #: Another spelling of incapsulaCookies.
    incapsulaSessionCookie: str
    #: Endpoint that receives the reese84 fingerprint
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
    #: Data for this kind of challenge
    metadata: ImpervaTaskMetadata
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int


class ImpervaTask(_ImpervaTaskRequired, total=False):
    """Imperva (Incapsula) (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
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
    #: Whole URL of bgn_verification.html
    websiteURL: str
    #: Data for this kind of challenge
    metadata: TemuTaskMetadata


class TemuTask(_TemuTaskRequired, total=False):
    """Temu (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class AltchaTaskMetadata(TypedDict):
    """metadata of AltchaTask."""

    #: Hash of the challenge
    challenge: str
    #: maxnumber of the site, as a string
    iterations: str
    #: Whole salt, with its query
    salt: str
    #: Signature of the challenge
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
    #: Data for this kind of challenge
    metadata: AltchaTaskMetadata


class AltchaTask(_AltchaTaskRequired, total=False):
    """ALTCHA (CustomTask)."""

    #: May be an empty string; the documentation requires it, JavaScript client 2.6.1 omits it
    websiteKey: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _CastleTaskMetadataRequired(TypedDict):
    #: URL of cw.js
    wUrl: str
    #: URL of csw.js
    swUrl: str


class CastleTaskMetadata(_CastleTaskMetadataRequired, total=False):
    """metadata of CastleTask."""

    #: Number of tokens; the service takes a larger value as 49
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
    #: Publishable key, pk_...
    websiteKey: str
    #: Data for this kind of challenge
    metadata: CastleTaskMetadata


class CastleTask(_CastleTaskRequired, total=False):
    """Castle (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class TspdTaskMetadata(TypedDict):
    """metadata of TspdTask."""

    #: The cookies TS*, joined by ;
    tspdCookie: str
    #: base64 of the whole challenge page
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
    #: Data for this kind of challenge
    metadata: TspdTaskMetadata
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class TspdTask(_TspdTaskRequired, total=False):
    """TSPD (F5) (CustomTask)."""

    #: Another spelling of websiteURL.
    websiteUrl: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]


class HuntXhdTaskMetadata(TypedDict):
    """metadata of HuntXhdTask."""

    #: Whole URL of the api.js of hd-api
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
    #: Data for this kind of challenge
    metadata: HuntXhdTaskMetadata
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class HuntXhdTask(_HuntXhdTaskRequired, total=False):
    """HUNT, X-HD value (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]


class HuntMetaTokenTaskMetadata(TypedDict):
    """metadata of HuntMetaTokenTask."""

    #: Whole URL of the api.js of hd-api
    apiGetLib: str
    #: meta.token of the site; not together with widgetUrl
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
    #: Data for this kind of challenge
    metadata: HuntMetaTokenTaskMetadata
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class HuntMetaTokenTask(_HuntMetaTokenTaskRequired, total=False):
    """HUNT, with the meta.token of the site (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]


class HuntWidgetTaskMetadata(TypedDict):
    """metadata of HuntWidgetTask."""

    #: Whole URL of the api.js of hd-api
    apiGetLib: str
    #: Whole URL of the widget; not together with data
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
    #: Data for this kind of challenge
    metadata: HuntWidgetTaskMetadata
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class HuntWidgetTask(_HuntWidgetTaskRequired, total=False):
    """HUNT, with the URL of the widget (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]


class _AlibabaTaskMetadataRequired(TypedDict):
    #: Id of the scenario
    sceneId: str
    #: First label of the captcha-open host
    prefix: str


class AlibabaTaskMetadata(_AlibabaTaskMetadataRequired, total=False):
    """metadata of AlibabaTask."""

    #: User id; only if the site shows it
    userId: str
    #: Second user id
    userUserId: str
    #: Kind of verification, such as 1.0
    verifyType: str
    #: Region of the server; with cn the token begins with WEB#, with sgp with SG_WEB#
    region: str
    #: traceid of the site; the U is a capital letter
    UserCertifyId: str
    #: URL of AliyunCaptcha.js; it changes
    apiGetLib: str
    #: true adds the cookies ssxmod_itna and ssxmod_itna2, for sites behind Alibaba's WAF
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
    #: Data for this kind of challenge
    metadata: AlibabaTaskMetadata


class AlibabaTask(_AlibabaTaskRequired, total=False):
    """Alibaba (TRACELESS or checkbox), standard and extended (CustomTask)."""

    #: Samples send the word customTask
    websiteKey: str
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _AlibabaPunishTaskMetadataRequired(TypedDict):
    #: Whole URL of _____tmd_____/punish, with port and query
    punishUrl: str


class AlibabaPunishTaskMetadata(_AlibabaPunishTaskMetadataRequired, total=False):
    """metadata of AlibabaPunishTask."""

    #: Id of the scenario
    sceneId: str
    #: First label of the captcha-open host
    prefix: str
    #: User id; only if the site shows it
    userId: str
    #: Second user id
    userUserId: str
    #: Kind of verification, such as 1.0
    verifyType: str
    #: Region of the server; with cn the token begins with WEB#, with sgp with SG_WEB#
    region: str
    #: traceid of the site; the U is a capital letter
    UserCertifyId: str
    #: URL of AliyunCaptcha.js; it changes
    apiGetLib: str
    #: true adds the cookies ssxmod_itna and ssxmod_itna2, for sites behind Alibaba's WAF
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
    #: Data for this kind of challenge
    metadata: AlibabaPunishTaskMetadata


class AlibabaPunishTask(_AlibabaPunishTaskRequired, total=False):
    """Alibaba, with punishUrl (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class FriendlyTaskMetadata(TypedDict):
    """metadata of FriendlyTask."""

    #: URL of widget.module.min.js (v1) or site.min.js (v2)
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
    #: Friendly Captcha site key
    websiteKey: str
    #: Data for this kind of challenge
    metadata: FriendlyTaskMetadata


class FriendlyTask(_FriendlyTaskRequired, total=False):
    """Friendly Captcha (CustomTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: The solution has only the cookies of these hosts
    domains: Union[List[str], None]
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _BinanceTaskRequired(TypedDict):
    type: Literal["BinanceTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: bizId, bizType or bizCode
    websiteKey: str
    #: Value of validateId or securityId; it changes
    validateId: str


class BinanceTask(_BinanceTaskRequired, total=False):
    """Binance login (BinanceTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _ProsopoTaskRequired(TypedDict):
    type: Literal["ProsopoTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Value of the header Prosopo-Site-Key
    websiteKey: str


class ProsopoTask(_ProsopoTaskRequired, total=False):
    """Prosopo Procaptcha (ProsopoTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _YidunTaskRequired(TypedDict):
    type: Literal["YidunTask"]
    #: Referer of the get or check request
    websiteURL: str
    #: id in the get or check request
    websiteKey: str


class YidunTask(_YidunTaskRequired, total=False):
    """Yidun (NetEase) (YidunTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Whole https URL of load.min.js
    yidunGetLib: str
    #: Host of the site's own API, without scheme
    yidunApiServerSubdomain: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _YidunEnterpriseTaskRequired(TypedDict):
    type: Literal["YidunTask"]
    #: Referer of the get or check request
    websiteURL: str
    #: id in the get or check request
    websiteKey: str


class YidunEnterpriseTask(_YidunEnterpriseTaskRequired, total=False):
    """Yidun (NetEase) Enterprise (YidunTask)."""

    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: Whole https URL of load.min.js; recommended with challenge, hcg and hct
    yidunGetLib: str
    #: Host of the site's own API, without scheme; needed if it is not c.dun.163.com or c-v6.dun.163.com
    yidunApiServerSubdomain: str
    #: From the cscPreprocess request
    challenge: str
    #: Hash that belongs to challenge
    hcg: str
    #: Time in milliseconds; needs 64 bits
    hct: int
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
    proxyPassword: str


class _MtcaptchaTaskRequired(TypedDict):
    type: Literal["MTCaptchaTask"]
    #: URL of the page with the challenge
    websiteURL: str
    #: Value of sk, MTPublic-...
    websiteKey: str


class MtcaptchaTask(_MtcaptchaTaskRequired, total=False):
    """MTCaptcha (MTCaptchaTask)."""

    #: Value of act; send it only if it is not the default
    pageAction: str
    #: true if the widget is invisible
    isInvisible: bool
    #: A Windows user agent; getUserAgent returns the current one
    userAgent: str
    #: true requests a token that no other task received; the JavaScript client sends it with every type
    nocache: bool
    #: Use https only if http fails
    proxyType: Literal["http", "https", "socks4", "socks5"]
    #: IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
    #: proxies do not work
    proxyAddress: str
    #: Port of the proxy
    proxyPort: int
    #: User name for the proxy, without a percent sign
    proxyLogin: str
    #: Password for the proxy, without a percent sign
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
