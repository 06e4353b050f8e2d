// The service's task types and their solutions.
// Generated (make generate). Do not edit.

/** reCAPTCHA v2, checkbox or invisible (RecaptchaV2Task). */
export interface RecaptchaV2Task {
  type: 'RecaptchaV2Task' | 'NoCaptchaTask' | 'NoCaptchaTaskProxyless';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Value of data-sitekey */
  websiteKey: string;
  /** one-time data-s attribute; fetch anew per task */
  recaptchaDataSValue?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Cookies as name1=value1; name2=value2 */
  cookies?: string | undefined;
  /** True when widget has no checkbox */
  isInvisible?: boolean | undefined;
  /** true asks for a token that was not given out before */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of RecaptchaV2Task. */
export interface RecaptchaV2Solution {
  /** Seen in one sample of the documentation; the Go client expects it */
  cookies?: { [name: string]: string } | undefined;
  /** Token for the field g-recaptcha-response, 500 to 2190 bytes */
  gRecaptchaResponse: string;
  /** Sent for some sites; must be reused on submit */
  userAgent?: string | undefined;
}

/** enterprisePayload of RecaptchaV2EnterpriseTask. */
export interface RecaptchaV2EnterpriseTaskEnterprisePayload {
  /** per-render s value */
  s?: string | undefined;
}

/** reCAPTCHA v2 Enterprise (RecaptchaV2EnterpriseTask). */
export interface RecaptchaV2EnterpriseTask {
  type: 'RecaptchaV2EnterpriseTask' | 'RecaptchaV2EnterpriseTaskProxyless';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** data-sitekey or k query value of the iframe */
  websiteKey: string;
  /** Send only when site uses another action */
  pageAction?: string | undefined;
  /** Extra arguments of grecaptcha.enterprise.render */
  enterprisePayload?: RecaptchaV2EnterpriseTaskEnterprisePayload | string | undefined;
  /** Script host, e.g. www.google.com or www.recaptcha.net */
  apiDomain?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Cookies as name1=value1; name2=value2 */
  cookies?: string | undefined;
  /** One-time data-s attribute; fetch anew per task */
  recaptchaDataSValue?: string | undefined;
  /** true asks for a token that was not given out before; documented for reCAPTCHA v2 and v3 only */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of RecaptchaV2EnterpriseTask. */
export interface RecaptchaV2EnterpriseSolution {
  /** Only the Go client knows of it */
  cookies?: { [name: string]: string } | undefined;
  /** Token for the field g-recaptcha-response, 500 to 2190 bytes */
  gRecaptchaResponse: string;
}

/** reCAPTCHA v3 (RecaptchaV3TaskProxyless). */
export interface RecaptchaV3Task {
  type: 'RecaptchaV3TaskProxyless';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Render query value of api.js */
  websiteKey: string;
  /** True routes to Enterprise solving; integers 1/0 also accepted */
  isEnterprise?: true | false | 1 | 0 | undefined;
  /** Requested score; recommended by documentation */
  minScore?: number | undefined;
  /** Action passed to grecaptcha.execute */
  pageAction?: string | undefined;
  /** true asks for a token that was not given out before */
  nocache?: boolean | undefined;
}

/** The solution of RecaptchaV3Task. */
export interface RecaptchaV3Solution {
  /** Seen in one sample of the documentation; the Go client expects it */
  cookies?: { [name: string]: string } | undefined;
  /** Token for the field g-recaptcha-response, 500 to 2190 bytes */
  gRecaptchaResponse: string;
  /** Sent for some sites; must be reused on submit */
  userAgent?: string | undefined;
}

/** reCAPTCHA v3 Enterprise (RecaptchaV3EnterpriseTask). */
export interface RecaptchaV3EnterpriseTask {
  type: 'RecaptchaV3EnterpriseTask';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Render query value of enterprise.js */
  websiteKey: string;
  /** Requested score */
  minScore?: number | undefined;
  /** Send only when site uses another action */
  pageAction?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

/** The solution of RecaptchaV3EnterpriseTask. */
export interface RecaptchaV3EnterpriseSolution {
  /** Token for the field g-recaptcha-response, 500 to 2190 bytes */
  gRecaptchaResponse: string;
  /** Sent for some sites; must be reused on submit */
  userAgent?: string | undefined;
}

/** Cloudflare Turnstile widget (TurnstileTask). */
export interface TurnstileTask {
  type: 'TurnstileTask' | 'TurnstileTaskProxyless';
  class?: undefined;
  cloudflareTaskType?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Turnstile key, usually starting 0x4 */
  websiteKey: string;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Action from the render call */
  pageAction?: string | undefined;
  /** Another spelling of pageAction. */
  PageAction?: string | undefined;
  /** cData from the render call */
  data?: string | undefined;
  /** Another spelling of data. */
  Data?: string | undefined;
  /** URL of the script */
  apiJsUrl?: string | undefined;
  /** true asks for a token that was not given out before; documented for reCAPTCHA v2 and v3 only */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of TurnstileTask. */
export interface TurnstileSolution {
  /** Value for form field or callback */
  token: string;
  /** User agent used while solving */
  userAgent?: string | undefined;
}

/** Cloudflare challenge page, answered with a token (TurnstileTask). */
export interface TurnstileChallengeTokenTask {
  type: 'TurnstileTask' | 'TurnstileTaskProxyless';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** challenge page sitekey */
  websiteKey: string;
  /** Chooses this form of the task */
  cloudflareTaskType: 'token';
  /** Usually managed or non-interactive */
  pageAction: string;
  /** Another spelling of pageAction. */
  PageAction?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent: string;
  /** cData from render arguments */
  data: string;
  /** Another spelling of data. */
  Data?: string | undefined;
  /** chlPageData from render arguments */
  pageData: string;
  /** Another spelling of pageData. */
  PageData?: string | undefined;
  /** URL of the challenge script */
  apiJsUrl?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of TurnstileChallengeTokenTask. */
export interface TurnstileChallengeTokenSolution {
  /** Value for form field or callback */
  token: string;
  /** User agent used while solving */
  userAgent?: string | undefined;
}

/** Cloudflare challenge page, answered with the cf_clearance cookie (TurnstileTask). */
export interface TurnstileCfClearanceTask {
  type: 'TurnstileTask';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Any text will do */
  websiteKey: string;
  /** Chooses this form of the task */
  cloudflareTaskType: 'cf_clearance';
  /** base64 of the 403 interstitial page */
  htmlPageBase64: string | Uint8Array;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent: string;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** Name at the proxy; no percent sign */
  proxyLogin: string;
  /** Password at the proxy; no percent sign */
  proxyPassword: string;
}

/** The solution of TurnstileCfClearanceTask. */
export interface TurnstileCfClearanceSolution {
  /** Clearance cookie value */
  cf_clearance: string;
}

/** Cloudflare Waiting Room (TurnstileTask). */
export interface TurnstileWaitRoomTask {
  type: 'TurnstileTask';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Any text will do */
  websiteKey: string;
  /** Chooses this form of the task */
  cloudflareTaskType: 'wait_room';
  /** base64 of the Waiting Room page */
  htmlPageBase64: string | Uint8Array;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent: string;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** Name at the proxy; no percent sign */
  proxyLogin: string;
  /** Password at the proxy; no percent sign */
  proxyPassword: string;
}

/** The solution of TurnstileWaitRoomTask. */
export interface TurnstileWaitRoomSolution {
  /** Clearance cookie value */
  cf_clearance: string;
}

/** GeeTest v3 (GeeTestTask). */
export interface GeetestV3Task {
  type: 'GeeTestTask' | 'GeeTestTaskProxyless';
  class?: undefined;
  /** Page that initialises the widget (Referer of gettype.php) */
  websiteURL: string;
  /** Static domain identifier */
  gt: string;
  /** single-use; obtain fresh before every task; only on the site of geetest_v3_operation_site may it be left out */
  challenge: string;
  /** Protocol version; documentation wants it, some official clients leave it out */
  version?: 3 | '3' | undefined;
  /** Needed by some sites; differs from api.geetest.com */
  geetestApiServerSubdomain?: string | undefined;
  /** Captcha script path, JSON passed as string */
  geetestGetLib?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of GeetestV3Task. */
export interface GeetestV3Solution {
  challenge: string;
  /** Ends with |jordan in the sample */
  seccode: string;
  validate: string;
}

/** initParameters of GeetestV4Task. */
export interface GeetestV4TaskInitParameters {
  /** challenge style, e.g. slide */
  riskType?: string | undefined;
}

/** GeeTest v4 (GeeTestTask). */
export interface GeetestV4Task {
  type: 'GeeTestTask' | 'GeeTestTaskProxyless';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** site's captcha_id */
  gt: string;
  /** Protocol version */
  version: 4 | '4';
  /** Needed by some sites; differs from api.geetest.com */
  geetestApiServerSubdomain?: string | undefined;
  /** Captcha script path, JSON passed as string */
  geetestGetLib?: string | undefined;
  /** Extra init values for v4 */
  initParameters?: GeetestV4TaskInitParameters | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of GeetestV4Task. */
export interface GeetestV4Solution {
  captcha_id: string;
  captcha_output: string;
  /** Unix time as string */
  gen_time: string;
  lot_number: string;
  pass_token: string;
}

/** GeeTest v3 on the one site where challenge is the name of an operation (GeeTestTask). */
export interface GeetestV3OperationSiteTask {
  type: 'GeeTestTask' | 'GeeTestTaskProxyless';
  class?: undefined;
  /** One specific site only (name masked in documentation) */
  websiteURL: string;
  /** Fixed constant for that site */
  gt: string;
  /** Operation name instead of a dynamic key */
  challenge?: 'SendEmailCode' | 'SendVerifyCode' | 'ClaimUserTask' | 'OpenMysteryBox' | 'BuyGGShop' | 'PrepareBuyGGRaffleTickets' | 'AddTypedCredentialItems' | 'CreateReportTicket' | 'PrepareParticipate' | 'RefreshCredentialValue' | 'SyncCredentialValue' | 'GetSocialAuthUrl' | (string & {}) | undefined;
  /** Protocol version */
  version?: 3 | '3' | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of GeetestV3OperationSiteTask. */
export interface GeetestV3OperationSiteSolution {
  captcha_output: string;
  /** Normally empty */
  encryptedData?: string | undefined;
  gen_time: string;
  lot_number: string;
  pass_token: string;
}

/** Text in a picture (ImageToTextTask). */
export interface ImageToTextTask {
  type: 'ImageToTextTask';
  class?: undefined;
  /** base64 image, single line, no data: prefix */
  body: string | Uint8Array;
  /** Recognition module; private modules have names of their own, so the list is open */
  capMonsterModule?: 'amazon' | 'apple' | 'botdetect' | 'facebook' | 'gmx' | 'google' | 'hotmail' | 'mailru' | 'okeng' | 'okrus' | 'partiallyblur' | 'ramblerrus' | 'ramblerrusnew' | 'solvemedia' | 'steam' | 'vk' | 'whatsapp' | 'wikimedia_paddle_ensemble' | 'yandex' | 'yandexnew' | 'yandexwave' | 'yandexwavelatin' | 'captcha_math' | 'sat' | 'bls_text' | 'universal' | 'ok' | 'oknew' | 'special' | (string & {}) | undefined;
  /** Another spelling of capMonsterModule. */
  CapMonsterModule?: 'amazon' | 'apple' | 'botdetect' | 'facebook' | 'gmx' | 'google' | 'hotmail' | 'mailru' | 'okeng' | 'okrus' | 'partiallyblur' | 'ramblerrus' | 'ramblerrusnew' | 'solvemedia' | 'steam' | 'vk' | 'whatsapp' | 'wikimedia_paddle_ensemble' | 'yandex' | 'yandexnew' | 'yandexwave' | 'yandexwavelatin' | 'captcha_math' | 'sat' | 'bls_text' | 'universal' | 'ok' | 'oknew' | 'special' | (string & {}) | undefined;
  /** Lower confidence yields ERROR_CAPTCHA_UNSOLVABLE, free of charge */
  recognizingThreshold?: number | undefined;
  /** True makes recognition case-sensitive */
  case?: boolean | undefined;
  /** Another spelling of case. */
  Case?: boolean | undefined;
  /** 1 means digits only */
  numeric?: 0 | 1 | undefined;
  /** True evaluates expression; not with captcha_math module */
  math?: boolean | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

/** The solution of ImageToTextTask. */
export interface ImageToTextSolution {
  /** Only the Go client knows of it */
  cookies?: { [name: string]: string } | undefined;
  /** Recognised text */
  text: string;
}

/** metadata of ComplexImageRecaptchaTask. */
export interface ComplexImageRecaptchaTaskMetadata {
  /** Grid size; 1x1 for a replaced tile */
  Grid: '4x4' | '3x3' | '1x1';
  /** Code such as /m/015qff from reload/userverify response */
  TaskDefinition?: string | undefined;
  /** English instruction text */
  Task?: string | undefined;
}

/** Tiles of a reCAPTCHA grid (ComplexImageTask). */
export interface ComplexImageRecaptchaTask {
  type: 'ComplexImageTask';
  class: 'recaptcha';
  /** Image links; give this or imagesBase64 */
  imageUrls?: string[] | undefined;
  /** base64 images without data: prefix */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Holds what the kind of challenge needs */
  metadata: ComplexImageRecaptchaTaskMetadata;
  /** Used when downloading imageUrls */
  userAgent?: string | undefined;
  /** Page where captcha is shown */
  websiteURL?: string | undefined;
  /** Another spelling of websiteURL. */
  websiteUrl?: string | undefined;
  /** Seen only in samples for the extension (60) */
  recognizingThreshold?: number | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

/** The solution of ComplexImageRecaptchaTask. */
export interface ComplexImageRecaptchaSolution {
  /** True marks tiles to click, row-major order */
  answer: boolean[];
}

/** metadata of ComplexImageHcaptchaTask. */
export interface ComplexImageHcaptchaTaskMetadata {
  /** English instruction text */
  Task: string;
}

/** Tiles of an hCaptcha grid (ComplexImageTask). */
export interface ComplexImageHcaptchaTask {
  type: 'ComplexImageTask';
  class: 'hcaptcha';
  /** Image links; give this or imagesBase64 */
  imageUrls?: string[] | undefined;
  /** base64 images without data: prefix */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Sample image; exclusive with exampleImagesBase64 */
  exampleImageUrls?: string[] | undefined;
  /** Sample image; exclusive with exampleImageUrls */
  exampleImagesBase64?: Array<string | Uint8Array> | undefined;
  /** Holds what the kind of challenge needs */
  metadata: ComplexImageHcaptchaTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Page where captcha is shown */
  websiteURL?: string | undefined;
  /** Another spelling of websiteURL. */
  websiteUrl?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface ComplexImageHcaptchaSolutionMetadata {
  /** Grid or NumericArray, says the .NET client */
  AnswerType?: 'Grid' | 'NumericArray' | undefined;
}

/** The solution of ComplexImageHcaptchaTask. */
export interface ComplexImageHcaptchaSolution {
  /** Its form follows metadata.AnswerType, says the .NET client */
  answer: boolean[] | number[];
  metadata?: ComplexImageHcaptchaSolutionMetadata | undefined;
}

/** metadata of ComplexImageFuncaptchaTask. */
export interface ComplexImageFuncaptchaTaskMetadata {
  /** English instruction text */
  Task: string;
}

/** Tiles of a FunCaptcha (ComplexImageTask). */
export interface ComplexImageFuncaptchaTask {
  type: 'ComplexImageTask';
  class: 'funcaptcha';
  /** Image links; give this or imagesBase64 */
  imageUrls?: string[] | undefined;
  /** base64 images without data: prefix */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Holds what the kind of challenge needs */
  metadata: ComplexImageFuncaptchaTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Page where captcha is shown */
  websiteURL?: string | undefined;
  /** Another spelling of websiteURL. */
  websiteUrl?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

/** The solution of ComplexImageFuncaptchaTask. */
export interface ComplexImageFuncaptchaSolution {
  /** True marks tiles to click, row-major order */
  answer: boolean[];
}

/** metadata of ComplexImageRecognitionTask. */
export interface ComplexImageRecognitionTaskMetadata {
  /** Open set; documented values have own entries */
  Task: 'oocl_rotate_new' | 'oocl_rotate_double_new' | 'betpunch_3x3_rotate' | 'baidu' | 'bls_3x3' | 'shein' | 'bills_audio' | 'dli' | 'MathSum' | 'portugal_text_find_icon' | (string & {});
  /** Search target */
  TaskArgument?: string | undefined;
  /** Payload kind */
  PayloadType?: 'Audio' | undefined;
}

/** Pictures for a recognition module named by metadata.Task (ComplexImageTask). */
export interface ComplexImageRecognitionTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** count and order depend on metadata.Task */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Links instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Holds what the kind of challenge needs */
  metadata: ComplexImageRecognitionTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** Page where the challenge is shown */
  websiteURL?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface ComplexImageRecognitionSolutionMetadata {
  /** NumericArray, Grid, Coordinate or Text */
  AnswerType: 'NumericArray' | 'Grid' | 'Coordinate' | 'Text';
}

/** The solution of ComplexImageRecognitionTask. */
export interface ComplexImageRecognitionSolution {
  /** Shape follows metadata.AnswerType */
  answer: number[] | boolean[] | Array<{ [name: string]: unknown }> | string;
  metadata: ComplexImageRecognitionSolutionMetadata;
}

/** metadata of RecognitionOoclRotateNewTask. */
export interface RecognitionOoclRotateNewTaskMetadata {
  /** Names the recognition module */
  Task: 'oocl_rotate_new';
}

/** Recognition module oocl_rotate_new: turn one circle (ComplexImageTask). */
export interface RecognitionOoclRotateNewTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** Order: background, circle */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Links instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Holds what the kind of challenge needs */
  metadata: RecognitionOoclRotateNewTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionOoclRotateNewSolutionMetadata {
  /** NumericArray */
  AnswerType: 'NumericArray';
}

/** The solution of RecognitionOoclRotateNewTask. */
export interface RecognitionOoclRotateNewSolution {
  /** Clockwise degrees for the circle */
  answer: number[];
  metadata: RecognitionOoclRotateNewSolutionMetadata;
}

/** metadata of RecognitionOoclRotateDoubleNewTask. */
export interface RecognitionOoclRotateDoubleNewTaskMetadata {
  /** Names the recognition module */
  Task: 'oocl_rotate_double_new';
}

/** Recognition module oocl_rotate_double_new: turn ring and circle (ComplexImageTask). */
export interface RecognitionOoclRotateDoubleNewTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** Order: background, ring, circle */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Links instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Holds what the kind of challenge needs */
  metadata: RecognitionOoclRotateDoubleNewTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionOoclRotateDoubleNewSolutionMetadata {
  /** NumericArray */
  AnswerType: 'NumericArray';
}

/** The solution of RecognitionOoclRotateDoubleNewTask. */
export interface RecognitionOoclRotateDoubleNewSolution {
  /** Degrees: ring counterclockwise, circle clockwise */
  answer: number[];
  metadata: RecognitionOoclRotateDoubleNewSolutionMetadata;
}

/** metadata of RecognitionBetpunch3x3RotateTask. */
export interface RecognitionBetpunch3x3RotateTaskMetadata {
  /** Names the recognition module */
  Task: 'betpunch_3x3_rotate';
}

/** Recognition module betpunch_3x3_rotate: turn nine tiles (ComplexImageTask). */
export interface RecognitionBetpunch3x3RotateTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** Nine tiles in pictured order */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Links instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Holds what the kind of challenge needs */
  metadata: RecognitionBetpunch3x3RotateTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionBetpunch3x3RotateSolutionMetadata {
  /** NumericArray */
  AnswerType: 'NumericArray';
}

/** The solution of RecognitionBetpunch3x3RotateTask. */
export interface RecognitionBetpunch3x3RotateSolution {
  /** Per tile 1-4; 4 none, else counterclockwise turns */
  answer: number[];
  metadata: RecognitionBetpunch3x3RotateSolutionMetadata;
}

/** metadata of RecognitionBaiduTask. */
export interface RecognitionBaiduTaskMetadata {
  /** Names the recognition module */
  Task: 'baidu';
}

/** Recognition module baidu: turn a picture upright (ComplexImageTask). */
export interface RecognitionBaiduTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** One image */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Links instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Holds what the kind of challenge needs */
  metadata: RecognitionBaiduTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionBaiduSolutionMetadata {
  /** NumericArray */
  AnswerType: 'NumericArray';
}

/** The solution of RecognitionBaiduTask. */
export interface RecognitionBaiduSolution {
  /** Clockwise degrees */
  answer: number[];
  metadata: RecognitionBaiduSolutionMetadata;
}

/** metadata of RecognitionBls3x3Task. */
export interface RecognitionBls3x3TaskMetadata {
  /** Names the recognition module */
  Task: 'bls_3x3';
  /** Number to look for, as string */
  TaskArgument: string;
}

/** Recognition module bls_3x3: tiles with a number (ComplexImageTask). */
export interface RecognitionBls3x3Task {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** Nine tiles */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Links instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Holds what the kind of challenge needs */
  metadata: RecognitionBls3x3TaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionBls3x3SolutionMetadata {
  /** Grid */
  AnswerType: 'Grid';
}

/** The solution of RecognitionBls3x3Task. */
export interface RecognitionBls3x3Solution {
  /** True where tile matches */
  answer: boolean[];
  metadata: RecognitionBls3x3SolutionMetadata;
}

/** metadata of RecognitionSheinTask. */
export interface RecognitionSheinTaskMetadata {
  /** Names the recognition module */
  Task: 'shein';
}

/** Recognition module shein: points to click (ComplexImageTask). */
export interface RecognitionSheinTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** One image */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Links instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Holds what the kind of challenge needs */
  metadata: RecognitionSheinTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionSheinSolutionMetadata {
  /** Coordinate */
  AnswerType: 'Coordinate';
}

/** The solution of RecognitionSheinTask. */
export interface RecognitionSheinSolution {
  /** Ordered click points with numeric X and Y */
  answer: Array<{ [name: string]: unknown }>;
  metadata: RecognitionSheinSolutionMetadata;
}

/** metadata of RecognitionBillsAudioTask. */
export interface RecognitionBillsAudioTaskMetadata {
  /** Names the recognition module */
  Task: 'bills_audio';
  /** Marks audio payload */
  PayloadType: 'Audio';
}

/** Recognition module bills_audio: digits in a sound (ComplexImageTask). */
export interface RecognitionBillsAudioTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** base64 WAV audio despite field name */
  imagesBase64: Array<string | Uint8Array>;
  /** Holds what the kind of challenge needs */
  metadata: RecognitionBillsAudioTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionBillsAudioSolutionMetadata {
  /** Text */
  AnswerType: 'Text';
}

/** The solution of RecognitionBillsAudioTask. */
export interface RecognitionBillsAudioSolution {
  /** Digits heard */
  answer: number[];
  metadata: RecognitionBillsAudioSolutionMetadata;
}

/** metadata of RecognitionDliTask. */
export interface RecognitionDliTaskMetadata {
  /** Names the recognition module */
  Task: 'dli';
}

/** Recognition module dli: a number from a picture (ComplexImageTask). */
export interface RecognitionDliTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** One image including its text */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Links instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Holds what the kind of challenge needs */
  metadata: RecognitionDliTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionDliSolutionMetadata {
  /** Text */
  AnswerType: 'Text';
}

/** The solution of RecognitionDliTask. */
export interface RecognitionDliSolution {
  /** Numeric result as string */
  answer: string;
  metadata: RecognitionDliSolutionMetadata;
}

/** metadata of RecognitionMathSumTask. */
export interface RecognitionMathSumTaskMetadata {
  /** Names the recognition module */
  Task: 'MathSum';
}

/** Recognition module MathSum: the result of a sum (ComplexImageTask). */
export interface RecognitionMathSumTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** One image */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Links instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Holds what the kind of challenge needs */
  metadata: RecognitionMathSumTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionMathSumSolutionMetadata {
  /** Text */
  AnswerType: 'Text';
}

/** The solution of RecognitionMathSumTask. */
export interface RecognitionMathSumSolution {
  /** Computed result as string */
  answer: string;
  metadata: RecognitionMathSumSolutionMetadata;
}

/** metadata of RecognitionPortugalTextFindIconTask. */
export interface RecognitionPortugalTextFindIconTaskMetadata {
  /** Names the recognition module */
  Task: 'portugal_text_find_icon';
  /** Instruction text; non-ASCII written as literal \uXXXX */
  TaskArgument: string;
}

/** Recognition module portugal_text_find_icon: which of five icons (ComplexImageTask). */
export interface RecognitionPortugalTextFindIconTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** Five icons merged horizontally into one image */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Links instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Holds what the kind of challenge needs */
  metadata: RecognitionPortugalTextFindIconTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionPortugalTextFindIconSolutionMetadata {
  /** NumericArray */
  AnswerType: 'NumericArray';
}

/** The solution of RecognitionPortugalTextFindIconTask. */
export interface RecognitionPortugalTextFindIconSolution {
  /** Icon index 1 to 5 */
  answer: number[];
  metadata: RecognitionPortugalTextFindIconSolutionMetadata;
}

/** FunCaptcha (Arkose Labs) (FunCaptchaTask). */
export interface FuncaptchaTask {
  type: 'FunCaptchaTask' | 'FunCaptchaTaskProxyless';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Arkose public key (pk) */
  websitePublicKey: string;
  /** JSON text such as {"blob":"..."}; needed when Site uses data[blob] */
  data?: string | undefined;
  /** surl host without scheme; only when non-default */
  funcaptchaApiJSSubdomain?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Cookies as name1=value1; name2=value2 */
  cookies?: string | undefined;
  /** true asks for a token that was not given out before; documented for reCAPTCHA v2 and v3 only */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of FuncaptchaTask. */
export interface FuncaptchaSolution {
  /** pipe-separated Arkose token */
  Token?: string | undefined;
  /** Only the Go client knows of it */
  cookies?: { [name: string]: string } | undefined;
  /** pipe-separated Arkose token */
  token?: string | undefined;
  /** User agent used while solving */
  userAgent?: string | undefined;
}

/** hCaptcha (HCaptchaTask). */
export interface HcaptchaTask {
  type: 'HCaptchaTask' | 'HCaptchaTaskProxyless';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** hCaptcha sitekey */
  websiteKey: string;
  /** Invisible widget */
  isInvisible?: boolean | undefined;
  /** rqdata or gid; single use, mostly with invisible */
  data?: string | undefined;
  /** Windows user agent; see fallbackToActualUA */
  userAgent?: string | undefined;
  /** Cookies as name1=value1; name2=value2 */
  cookies?: string | undefined;
  /** True: service user agent returned; false: yours, else ERROR_WRONG_USERAGENT */
  fallbackToActualUA?: boolean | null | undefined;
  /** true asks for a token that was not given out before; the documentation no longer says so for hCaptcha */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of HcaptchaTask. */
export interface HcaptchaSolution {
  /** Only the Go client knows of it */
  cookies?: { [name: string]: string } | undefined;
  /** hCaptcha token despite name */
  gRecaptchaResponse: string;
  /** hcaptcha.getRespKey() value when available */
  respKey?: string | undefined;
  /** Reuse on submit */
  userAgent?: string | undefined;
}

/** Amazon WAF, widget with an API key (AmazonTask). */
export interface AmazonCaptchaKeyTask {
  type: 'AmazonTask';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** apiKey of the rendered widget */
  websiteKey: string;
  /** Link to jsapi.js */
  captchaScript: string;
  /** True yields aws-waf-token cookie; false voucher pair */
  cookieSolution?: boolean | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

export interface AmazonCaptchaKeySolutionCookies {
  /** When cookieSolution is true (there when cookieSolution is true) */
  'aws-waf-token'?: string | undefined;
}

/** The solution of AmazonCaptchaKeyTask. */
export interface AmazonCaptchaKeySolution {
  /** When cookieSolution is false (there when cookieSolution is false, or cookieSolution is absent) */
  captcha_voucher?: string | undefined;
  cookies?: AmazonCaptchaKeySolutionCookies | undefined;
  /** When cookieSolution is false (there when cookieSolution is false, or cookieSolution is absent) */
  existing_token?: string | undefined;
  /** In a sample of the documentation and in the .NET client */
  userAgent?: string | undefined;
}

/** Amazon WAF, page with challenge and captcha (AmazonTask). */
export interface AmazonChallengeAndCaptchaTask {
  type: 'AmazonTask';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Link to challenge.js */
  challengeScript: string;
  /** gokuProps.key */
  websiteKey: string;
  /** gokuProps.context */
  context: string;
  /** gokuProps.iv */
  iv: string;
  /** Link to captcha.js; absent for challenge-only pages, where older documentation wanted any string */
  captchaScript?: string | undefined;
  /** True yields aws-waf-token cookie; false voucher pair */
  cookieSolution?: boolean | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

export interface AmazonChallengeAndCaptchaSolutionCookies {
  /** When cookieSolution is true (there when cookieSolution is true) */
  'aws-waf-token'?: string | undefined;
}

/** The solution of AmazonChallengeAndCaptchaTask. */
export interface AmazonChallengeAndCaptchaSolution {
  /** When cookieSolution is false (there when cookieSolution is false, or cookieSolution is absent) */
  captcha_voucher?: string | undefined;
  cookies?: AmazonChallengeAndCaptchaSolutionCookies | undefined;
  /** When cookieSolution is false (there when cookieSolution is false, or cookieSolution is absent) */
  existing_token?: string | undefined;
  /** In a sample of the documentation and in the .NET client */
  userAgent?: string | undefined;
}

/** Amazon WAF, page with a challenge only (AmazonTask). */
export interface AmazonChallengeOnlyTask {
  type: 'AmazonTask';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Link to challenge.js */
  challengeScript: string;
  /** Empty string allowed and expected */
  context: string;
  /** Empty string allowed and expected */
  iv: string;
  /** True yields aws-waf-token cookie; false voucher pair */
  cookieSolution?: boolean | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

export interface AmazonChallengeOnlySolutionCookies {
  /** When cookieSolution is true (there when cookieSolution is true) */
  'aws-waf-token'?: string | undefined;
}

/** The solution of AmazonChallengeOnlyTask. */
export interface AmazonChallengeOnlySolution {
  /** When cookieSolution is false (there when cookieSolution is false, or cookieSolution is absent) */
  captcha_voucher?: string | undefined;
  cookies?: AmazonChallengeOnlySolutionCookies | undefined;
  /** When cookieSolution is false (there when cookieSolution is false, or cookieSolution is absent) */
  existing_token?: string | undefined;
  /** In a sample of the documentation and in the .NET client */
  userAgent?: string | undefined;
}

/** metadata of DatadomeTask. */
export interface DatadomeTaskMetadata {
  /** Full captcha-delivery URL; t=bv means proxy blocked */
  captchaUrl?: string | undefined;
  /** Form datadome=VALUE */
  datadomeCookie: string;
  /** new takes i.js and c.js; without it i.js alone */
  datadomeVersion?: 'new' | (string & {}) | undefined;
  /** 403 page; alternative to captchaUrl */
  htmlPageBase64?: string | Uint8Array | undefined;
}

/** DataDome (CustomTask). */
export interface DatadomeTask {
  type: 'CustomTask';
  class: 'DataDome';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Holds what the kind of challenge needs */
  metadata: DatadomeTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

export interface DatadomeSolutionDomainsValue {
  /** Cookie name to value */
  cookies: { [name: string]: string };
  localStorage?: { [name: string]: string } | null | undefined;
}

/** The solution of DatadomeTask. */
export interface DatadomeSolution {
  data?: { [name: string]: unknown } | null | undefined;
  /** Host name to data map */
  domains: { [name: string]: DatadomeSolutionDomainsValue };
  fingerprint?: { [name: string]: unknown } | null | undefined;
  headers?: { [name: string]: unknown } | null | undefined;
  url?: string | null | undefined;
}

/** metadata of TendiTask. */
export interface TendiTaskMetadata {
  /** TCaptcha*.js, TJNCaptcha*.js or TJCaptcha*.js link */
  captchaUrl?: string | undefined;
  /** Aid of the site, good for one task; only where the site uses Aid */
  aidEncrypted?: string | undefined;
}

/** TenDI (Tencent) (CustomTask). */
export interface TendiTask {
  type: 'CustomTask';
  class: 'TenDI';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** captchaAppId (aid) as string */
  websiteKey: string;
  /** Holds captchaUrl and aidEncrypted */
  metadata?: TendiTaskMetadata | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

export interface TendiSolutionData {
  randstr: string;
  ticket: string;
}

export interface TendiSolutionHeaders {
  'User-Agent'?: string | undefined;
}

/** The solution of TendiTask. */
export interface TendiSolution {
  data: TendiSolutionData;
  headers?: TendiSolutionHeaders | undefined;
}

/** Basilisk (CustomTask). */
export interface BasiliskTask {
  type: 'CustomTask';
  class: 'Basilisk';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** data-sitekey or site_key of check-site */
  websiteKey: string;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

export interface BasiliskSolutionData {
  captcha_response: string;
}

export interface BasiliskSolutionHeaders {
  'User-Agent'?: string | undefined;
}

/** The solution of BasiliskTask. */
export interface BasiliskSolution {
  data: BasiliskSolutionData;
  headers?: BasiliskSolutionHeaders | undefined;
}

/** metadata of ImpervaTask. */
export interface ImpervaTaskMetadata {
  /** _Incapsula_Resource script name with query */
  incapsulaScriptUrl: string;
  /** Another spelling of incapsulaScriptUrl. */
  incapsulaScriptBase64?: string | undefined;
  /** incap_sess_* and visid_incap_* pairs joined by ; */
  incapsulaCookies: string;
  /** Another spelling of incapsulaCookies. */
  incapsulaCookie?: string | undefined;
  /** Another spelling of incapsulaCookies. */
  incapsulaSessionCookie?: string | undefined;
  /** Endpoint receiving reese84 fingerprint */
  reese84UrlEndpoint?: string | undefined;
}

/** Imperva (Incapsula) (CustomTask). */
export interface ImpervaTask {
  type: 'CustomTask';
  class: 'Imperva';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Holds what the kind of challenge needs */
  metadata: ImpervaTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

export interface ImpervaSolutionDomainsValue {
  /** ___utmvc, reese84; values may carry cookie attributes */
  cookies: { [name: string]: string };
}

/** The solution of ImpervaTask. */
export interface ImpervaSolution {
  /** Keyed by origin with scheme in sample */
  domains: { [name: string]: ImpervaSolutionDomainsValue };
}

/** metadata of TemuTask. */
export interface TemuTaskMetadata {
  /** document.cookie of the challenge page */
  cookie: string;
}

/** Temu (CustomTask). */
export interface TemuTask {
  type: 'CustomTask';
  class: 'Temu';
  /** Full bgn_verification.html URL */
  websiteURL: string;
  /** Holds what the kind of challenge needs */
  metadata: TemuTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

export interface TemuSolutionDomainsValue {
  /** Cookie name to value; they replace those of the site */
  cookies: { [name: string]: string };
}

/** The solution of TemuTask. */
export interface TemuSolution {
  /** Host name to data map */
  domains: { [name: string]: TemuSolutionDomainsValue };
}

/** metadata of AltchaTask. */
export interface AltchaTaskMetadata {
  /** challenge hash */
  challenge: string;
  /** site's maxnumber, sent as string */
  iterations: string;
  /** Complete salt including query part */
  salt: string;
  /** challenge signature */
  signature: string;
}

/** ALTCHA (CustomTask). */
export interface AltchaTask {
  type: 'CustomTask';
  class: 'altcha';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** May be an empty string; the documentation wants it, JavaScript client 2.6.1 leaves it out */
  websiteKey?: string | undefined;
  /** Holds what the kind of challenge needs */
  metadata: AltchaTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

export interface AltchaSolutionData {
  /** Found number */
  number: number;
  /** base64 JSON with all proof fields */
  token: string;
}

/** The solution of AltchaTask. */
export interface AltchaSolution {
  data: AltchaSolutionData;
}

/** metadata of CastleTask. */
export interface CastleTaskMetadata {
  /** Link to cw.js */
  wUrl: string;
  /** Link to csw.js */
  swUrl: string;
  /** Tokens wanted; larger values clamp to 49 */
  count?: number | undefined;
}

/** Castle (CustomTask). */
export interface CastleTask {
  type: 'CustomTask';
  class: 'Castle';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Publishable key pk_... */
  websiteKey: string;
  /** Holds what the kind of challenge needs */
  metadata: CastleTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

export interface CastleSolutionData {
  /** Same __cuid session */
  tokens: string[];
}

export interface CastleSolutionDomainsValueCookies {
  __cuid: string;
}

export interface CastleSolutionDomainsValue {
  cookies: CastleSolutionDomainsValueCookies;
}

/** The solution of CastleTask. */
export interface CastleSolution {
  data: CastleSolutionData;
  domains: { [name: string]: CastleSolutionDomainsValue };
}

/** metadata of TspdTask. */
export interface TspdTaskMetadata {
  /** TS* cookies joined by ; */
  tspdCookie: string;
  /** base64 of whole challenge page */
  htmlPageBase64: string | Uint8Array;
}

/** TSPD (F5) (CustomTask). */
export interface TspdTask {
  type: 'CustomTask';
  class: 'tspd';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Another spelling of websiteURL. */
  websiteUrl?: string | undefined;
  /** Holds what the kind of challenge needs */
  metadata: TspdTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** Try https only where http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** Name at the proxy; no percent sign */
  proxyLogin: string;
  /** Password at the proxy; no percent sign */
  proxyPassword: string;
}

export interface TspdSolutionDomainsValue {
  /** Spelled Cookies in sample; TSPD_101_DID may be absent */
  Cookies?: { [name: string]: string } | undefined;
  /** Spelled Cookies in sample; TSPD_101_DID may be absent */
  cookies?: { [name: string]: string } | undefined;
}

/** The solution of TspdTask. */
export interface TspdSolution {
  /** Host to data; spelled Domains in sample */
  Domains?: { [name: string]: TspdSolutionDomainsValue } | undefined;
  /** Host to data; spelled Domains in sample */
  domains?: { [name: string]: TspdSolutionDomainsValue } | undefined;
}

/** metadata of HuntXhdTask. */
export interface HuntXhdTaskMetadata {
  /** Full hd-api api.js URL */
  apiGetLib: string;
}

/** HUNT, X-HD value (CustomTask). */
export interface HuntXhdTask {
  type: 'CustomTask';
  class: 'HUNT';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Holds what the kind of challenge needs */
  metadata: HuntXhdTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** Try https only where http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** Name at the proxy; no percent sign */
  proxyLogin: string;
  /** Password at the proxy; no percent sign */
  proxyPassword: string;
}

export interface HuntXhdSolutionData {
  /** X-HD or captcha token depending on scenario */
  token?: string | undefined;
}

/** The solution of HuntXhdTask. */
export interface HuntXhdSolution {
  data?: HuntXhdSolutionData | undefined;
  /** X-HD or captcha token depending on scenario */
  token?: string | undefined;
}

/** metadata of HuntMetaTokenTask. */
export interface HuntMetaTokenTaskMetadata {
  /** Full hd-api api.js URL */
  apiGetLib: string;
  /** Site meta.token; exclusive with widgetUrl */
  data: string;
}

/** HUNT, by the meta.token of the site (CustomTask). */
export interface HuntMetaTokenTask {
  type: 'CustomTask';
  class: 'HUNT';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Holds what the kind of challenge needs */
  metadata: HuntMetaTokenTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** Try https only where http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** Name at the proxy; no percent sign */
  proxyLogin: string;
  /** Password at the proxy; no percent sign */
  proxyPassword: string;
}

export interface HuntMetaTokenSolutionData {
  /** X-HD or captcha token depending on scenario */
  token?: string | undefined;
}

/** The solution of HuntMetaTokenTask. */
export interface HuntMetaTokenSolution {
  data?: HuntMetaTokenSolutionData | undefined;
  /** X-HD or captcha token depending on scenario */
  token?: string | undefined;
}

/** metadata of HuntWidgetTask. */
export interface HuntWidgetTaskMetadata {
  /** Full hd-api api.js URL */
  apiGetLib: string;
  /** Complete widget URL; exclusive with data */
  widgetUrl: string;
}

/** HUNT, by the URL of the widget (CustomTask). */
export interface HuntWidgetTask {
  type: 'CustomTask';
  class: 'HUNT';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Holds what the kind of challenge needs */
  metadata: HuntWidgetTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** Try https only where http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** Name at the proxy; no percent sign */
  proxyLogin: string;
  /** Password at the proxy; no percent sign */
  proxyPassword: string;
}

export interface HuntWidgetSolutionData {
  /** X-HD or captcha token depending on scenario */
  token?: string | undefined;
}

/** The solution of HuntWidgetTask. */
export interface HuntWidgetSolution {
  data?: HuntWidgetSolutionData | undefined;
  /** X-HD or captcha token depending on scenario */
  token?: string | undefined;
}

/** metadata of AlibabaTask. */
export interface AlibabaTaskMetadata {
  /** Scenario id */
  sceneId: string;
  /** First label of captcha-open host */
  prefix: string;
  /** Only if site exposes it */
  userId?: string | undefined;
  /** Secondary id */
  userUserId?: string | undefined;
  /** e.g. 1.0 */
  verifyType?: string | undefined;
  /** Region of the server; it decides the token: cn gives WEB#, sgp gives SG_WEB# */
  region?: 'cn' | 'sgp' | (string & {}) | undefined;
  /** Site traceid; capital U */
  UserCertifyId?: string | undefined;
  /** Dynamic AliyunCaptcha.js link */
  apiGetLib?: string | undefined;
  /** true adds cookies (ssxmod_itna, ssxmod_itna2); for sites behind Alibaba's own WAF */
  cookieRequired?: boolean | undefined;
}

/** Alibaba (TRACELESS or checkbox), standard and extended (CustomTask). */
export interface AlibabaTask {
  type: 'CustomTask';
  class: 'alibaba';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Holds what the kind of challenge needs */
  metadata: AlibabaTaskMetadata;
  /** Samples send the word customTask */
  websiteKey?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

export interface AlibabaSolutionData {
  /** JSON text: sceneId, certifyId, deviceToken, data */
  tokens?: string | undefined;
}

export interface AlibabaSolutionDomainsValue {
  /** When cookieRequired is true (there when metadata.cookieRequired is true) */
  cookies?: { [name: string]: string } | undefined;
}

/** The solution of AlibabaTask. */
export interface AlibabaSolution {
  data?: AlibabaSolutionData | undefined;
  domains?: { [name: string]: AlibabaSolutionDomainsValue } | undefined;
}

/** metadata of AlibabaPunishTask. */
export interface AlibabaPunishTaskMetadata {
  /** Full _____tmd_____/punish URL with port and query */
  punishUrl: string;
  /** Scenario id */
  sceneId?: string | undefined;
  /** First label of captcha-open host */
  prefix?: string | undefined;
  /** Only if site exposes it */
  userId?: string | undefined;
  /** Secondary id */
  userUserId?: string | undefined;
  /** e.g. 1.0 */
  verifyType?: string | undefined;
  /** Region of the server; it decides the token: cn gives WEB#, sgp gives SG_WEB# */
  region?: 'cn' | 'sgp' | (string & {}) | undefined;
  /** Site traceid; capital U */
  UserCertifyId?: string | undefined;
  /** Dynamic AliyunCaptcha.js link */
  apiGetLib?: string | undefined;
  /** true adds cookies (ssxmod_itna, ssxmod_itna2); for sites behind Alibaba's own WAF */
  cookieRequired?: boolean | undefined;
}

/** Alibaba, by punishUrl (CustomTask). */
export interface AlibabaPunishTask {
  type: 'CustomTask';
  class: 'alibaba';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Holds what the kind of challenge needs */
  metadata: AlibabaPunishTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

export interface AlibabaPunishSolutionData {
  /** JSON text: sceneId, certifyId, deviceToken, data */
  tokens?: string | undefined;
}

export interface AlibabaPunishSolutionDomainsValue {
  /** When cookieRequired is true (there when metadata.cookieRequired is true) */
  cookies?: { [name: string]: string } | undefined;
}

/** The solution of AlibabaPunishTask. */
export interface AlibabaPunishSolution {
  data?: AlibabaPunishSolutionData | undefined;
  domains?: { [name: string]: AlibabaPunishSolutionDomainsValue } | undefined;
}

/** metadata of FriendlyTask. */
export interface FriendlyTaskMetadata {
  /** v1 widget.module.min.js or v2 site.min.js URL */
  apiGetLib: string;
}

/** Friendly Captcha (CustomTask). */
export interface FriendlyTask {
  type: 'CustomTask';
  class: 'friendly';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Friendly Captcha sitekey */
  websiteKey: string;
  /** Holds what the kind of challenge needs */
  metadata: FriendlyTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Only cookies of these hosts come back */
  domains?: string[] | null | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

export interface FriendlySolutionData {
  /** v1 frc-captcha-solution, v2 frc-captcha-response */
  token: string;
}

/** The solution of FriendlyTask. */
export interface FriendlySolution {
  data: FriendlySolutionData;
}

/** Binance login (BinanceTask). */
export interface BinanceTask {
  type: 'BinanceTask';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** bizId, bizType or bizCode */
  websiteKey: string;
  /** Dynamic validateId/securityId value */
  validateId: string;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of BinanceTask. */
export interface BinanceSolution {
  /** Only the .NET client knows of it */
  cookies?: { [name: string]: string } | undefined;
  /** Starts with captcha# */
  token: string;
  userAgent?: string | undefined;
}

/** Prosopo Procaptcha (ProsopoTask). */
export interface ProsopoTask {
  type: 'ProsopoTask';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Prosopo-Site-Key header value */
  websiteKey: string;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of ProsopoTask. */
export interface ProsopoSolution {
  /** Hex string starting 0x */
  token: string;
}

/** Yidun (NetEase) (YidunTask). */
export interface YidunTask {
  type: 'YidunTask';
  class?: undefined;
  /** Referer value of get/check request */
  websiteURL: string;
  /** id value of get/check request */
  websiteKey: string;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Full https URL of load.min.js */
  yidunGetLib?: string | undefined;
  /** Custom API host without scheme */
  yidunApiServerSubdomain?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of YidunTask. */
export interface YidunSolution {
  token: string;
}

/** Yidun (NetEase) Enterprise (YidunTask). */
export interface YidunEnterpriseTask {
  type: 'YidunTask';
  class?: undefined;
  /** Referer value of get/check request */
  websiteURL: string;
  /** id value of get/check request */
  websiteKey: string;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Full https URL of load.min.js; recommended with challenge, hcg and hct */
  yidunGetLib?: string | undefined;
  /** Host only; not c.dun.163.com or c-v6.dun.163.com; needed when Custom API server in use */
  yidunApiServerSubdomain?: string | undefined;
  /** From cscPreprocess request */
  challenge?: string | undefined;
  /** Hash paired with challenge */
  hcg?: string | undefined;
  /** Millisecond timestamp; needs 64 bits */
  hct?: number | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of YidunEnterpriseTask. */
export interface YidunEnterpriseSolution {
  token: string;
}

/** MTCaptcha (MTCaptchaTask). */
export interface MtcaptchaTask {
  type: 'MTCaptchaTask';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** sk value, MTPublic-... */
  websiteKey: string;
  /** act value; send only when non-default */
  pageAction?: string | undefined;
  /** Invisible widget */
  isInvisible?: boolean | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true asks for a token that was not given out before; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Try https only where http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local proxies
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** Name at the proxy; no percent sign */
  proxyLogin?: string | undefined;
  /** Password at the proxy; no percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of MtcaptchaTask. */
export interface MtcaptchaSolution {
  /** Form v1(...) */
  token: string;
}

/** What the catalogue knows, by id: the task, its solution, and the members that tell it from the others. */
export interface Catalogue {
  recaptcha_v2: {
    task: RecaptchaV2Task;
    solution: RecaptchaV2Solution;
    type: 'RecaptchaV2Task' | 'NoCaptchaTask' | 'NoCaptchaTaskProxyless';
    class: undefined;
    selected: undefined;
  };
  recaptcha_v2_enterprise: {
    task: RecaptchaV2EnterpriseTask;
    solution: RecaptchaV2EnterpriseSolution;
    type: 'RecaptchaV2EnterpriseTask' | 'RecaptchaV2EnterpriseTaskProxyless';
    class: undefined;
    selected: undefined;
  };
  recaptcha_v3: {
    task: RecaptchaV3Task;
    solution: RecaptchaV3Solution;
    type: 'RecaptchaV3TaskProxyless';
    class: undefined;
    selected: undefined;
  };
  recaptcha_v3_enterprise: {
    task: RecaptchaV3EnterpriseTask;
    solution: RecaptchaV3EnterpriseSolution;
    type: 'RecaptchaV3EnterpriseTask';
    class: undefined;
    selected: undefined;
  };
  turnstile: {
    task: TurnstileTask;
    solution: TurnstileSolution;
    type: 'TurnstileTask' | 'TurnstileTaskProxyless';
    class: undefined;
    selected: undefined;
  };
  turnstile_challenge_token: {
    task: TurnstileChallengeTokenTask;
    solution: TurnstileChallengeTokenSolution;
    type: 'TurnstileTask' | 'TurnstileTaskProxyless';
    class: undefined;
    selected: 'token';
  };
  turnstile_cf_clearance: {
    task: TurnstileCfClearanceTask;
    solution: TurnstileCfClearanceSolution;
    type: 'TurnstileTask';
    class: undefined;
    selected: 'cf_clearance';
  };
  turnstile_wait_room: {
    task: TurnstileWaitRoomTask;
    solution: TurnstileWaitRoomSolution;
    type: 'TurnstileTask';
    class: undefined;
    selected: 'wait_room';
  };
  geetest_v3: {
    task: GeetestV3Task;
    solution: GeetestV3Solution;
    type: 'GeeTestTask' | 'GeeTestTaskProxyless';
    class: undefined;
    selected: 3 | '3' | undefined;
  };
  geetest_v4: {
    task: GeetestV4Task;
    solution: GeetestV4Solution;
    type: 'GeeTestTask' | 'GeeTestTaskProxyless';
    class: undefined;
    selected: 4 | '4';
  };
  geetest_v3_operation_site: {
    task: GeetestV3OperationSiteTask;
    solution: GeetestV3OperationSiteSolution;
    type: 'GeeTestTask' | 'GeeTestTaskProxyless';
    class: undefined;
    selected: 3 | '3' | undefined;
  };
  image_to_text: {
    task: ImageToTextTask;
    solution: ImageToTextSolution;
    type: 'ImageToTextTask';
    class: undefined;
    selected: undefined;
  };
  complex_image_recaptcha: {
    task: ComplexImageRecaptchaTask;
    solution: ComplexImageRecaptchaSolution;
    type: 'ComplexImageTask';
    class: 'recaptcha';
    selected: undefined;
  };
  complex_image_hcaptcha: {
    task: ComplexImageHcaptchaTask;
    solution: ComplexImageHcaptchaSolution;
    type: 'ComplexImageTask';
    class: 'hcaptcha';
    selected: undefined;
  };
  complex_image_funcaptcha: {
    task: ComplexImageFuncaptchaTask;
    solution: ComplexImageFuncaptchaSolution;
    type: 'ComplexImageTask';
    class: 'funcaptcha';
    selected: undefined;
  };
  complex_image_recognition: {
    task: ComplexImageRecognitionTask;
    solution: ComplexImageRecognitionSolution;
    type: 'ComplexImageTask';
    class: 'recognition';
    selected: undefined;
  };
  recognition_oocl_rotate_new: {
    task: RecognitionOoclRotateNewTask;
    solution: RecognitionOoclRotateNewSolution;
    type: 'ComplexImageTask';
    class: 'recognition';
    selected: undefined;
  };
  recognition_oocl_rotate_double_new: {
    task: RecognitionOoclRotateDoubleNewTask;
    solution: RecognitionOoclRotateDoubleNewSolution;
    type: 'ComplexImageTask';
    class: 'recognition';
    selected: undefined;
  };
  recognition_betpunch_3x3_rotate: {
    task: RecognitionBetpunch3x3RotateTask;
    solution: RecognitionBetpunch3x3RotateSolution;
    type: 'ComplexImageTask';
    class: 'recognition';
    selected: undefined;
  };
  recognition_baidu: {
    task: RecognitionBaiduTask;
    solution: RecognitionBaiduSolution;
    type: 'ComplexImageTask';
    class: 'recognition';
    selected: undefined;
  };
  recognition_bls_3x3: {
    task: RecognitionBls3x3Task;
    solution: RecognitionBls3x3Solution;
    type: 'ComplexImageTask';
    class: 'recognition';
    selected: undefined;
  };
  recognition_shein: {
    task: RecognitionSheinTask;
    solution: RecognitionSheinSolution;
    type: 'ComplexImageTask';
    class: 'recognition';
    selected: undefined;
  };
  recognition_bills_audio: {
    task: RecognitionBillsAudioTask;
    solution: RecognitionBillsAudioSolution;
    type: 'ComplexImageTask';
    class: 'recognition';
    selected: undefined;
  };
  recognition_dli: {
    task: RecognitionDliTask;
    solution: RecognitionDliSolution;
    type: 'ComplexImageTask';
    class: 'recognition';
    selected: undefined;
  };
  recognition_math_sum: {
    task: RecognitionMathSumTask;
    solution: RecognitionMathSumSolution;
    type: 'ComplexImageTask';
    class: 'recognition';
    selected: undefined;
  };
  recognition_portugal_text_find_icon: {
    task: RecognitionPortugalTextFindIconTask;
    solution: RecognitionPortugalTextFindIconSolution;
    type: 'ComplexImageTask';
    class: 'recognition';
    selected: undefined;
  };
  funcaptcha: {
    task: FuncaptchaTask;
    solution: FuncaptchaSolution;
    type: 'FunCaptchaTask' | 'FunCaptchaTaskProxyless';
    class: undefined;
    selected: undefined;
  };
  hcaptcha: {
    task: HcaptchaTask;
    solution: HcaptchaSolution;
    type: 'HCaptchaTask' | 'HCaptchaTaskProxyless';
    class: undefined;
    selected: undefined;
  };
  amazon_captcha_key: {
    task: AmazonCaptchaKeyTask;
    solution: AmazonCaptchaKeySolution;
    type: 'AmazonTask';
    class: undefined;
    selected: undefined;
  };
  amazon_challenge_and_captcha: {
    task: AmazonChallengeAndCaptchaTask;
    solution: AmazonChallengeAndCaptchaSolution;
    type: 'AmazonTask';
    class: undefined;
    selected: undefined;
  };
  amazon_challenge_only: {
    task: AmazonChallengeOnlyTask;
    solution: AmazonChallengeOnlySolution;
    type: 'AmazonTask';
    class: undefined;
    selected: undefined;
  };
  datadome: {
    task: DatadomeTask;
    solution: DatadomeSolution;
    type: 'CustomTask';
    class: 'DataDome';
    selected: undefined;
  };
  tendi: {
    task: TendiTask;
    solution: TendiSolution;
    type: 'CustomTask';
    class: 'TenDI';
    selected: undefined;
  };
  basilisk: {
    task: BasiliskTask;
    solution: BasiliskSolution;
    type: 'CustomTask';
    class: 'Basilisk';
    selected: undefined;
  };
  imperva: {
    task: ImpervaTask;
    solution: ImpervaSolution;
    type: 'CustomTask';
    class: 'Imperva';
    selected: undefined;
  };
  temu: {
    task: TemuTask;
    solution: TemuSolution;
    type: 'CustomTask';
    class: 'Temu';
    selected: undefined;
  };
  altcha: {
    task: AltchaTask;
    solution: AltchaSolution;
    type: 'CustomTask';
    class: 'altcha';
    selected: undefined;
  };
  castle: {
    task: CastleTask;
    solution: CastleSolution;
    type: 'CustomTask';
    class: 'Castle';
    selected: undefined;
  };
  tspd: {
    task: TspdTask;
    solution: TspdSolution;
    type: 'CustomTask';
    class: 'tspd';
    selected: undefined;
  };
  hunt_xhd: {
    task: HuntXhdTask;
    solution: HuntXhdSolution;
    type: 'CustomTask';
    class: 'HUNT';
    selected: undefined;
  };
  hunt_meta_token: {
    task: HuntMetaTokenTask;
    solution: HuntMetaTokenSolution;
    type: 'CustomTask';
    class: 'HUNT';
    selected: undefined;
  };
  hunt_widget: {
    task: HuntWidgetTask;
    solution: HuntWidgetSolution;
    type: 'CustomTask';
    class: 'HUNT';
    selected: undefined;
  };
  alibaba: {
    task: AlibabaTask;
    solution: AlibabaSolution;
    type: 'CustomTask';
    class: 'alibaba';
    selected: undefined;
  };
  alibaba_punish: {
    task: AlibabaPunishTask;
    solution: AlibabaPunishSolution;
    type: 'CustomTask';
    class: 'alibaba';
    selected: undefined;
  };
  friendly: {
    task: FriendlyTask;
    solution: FriendlySolution;
    type: 'CustomTask';
    class: 'friendly';
    selected: undefined;
  };
  binance: {
    task: BinanceTask;
    solution: BinanceSolution;
    type: 'BinanceTask';
    class: undefined;
    selected: undefined;
  };
  prosopo: {
    task: ProsopoTask;
    solution: ProsopoSolution;
    type: 'ProsopoTask';
    class: undefined;
    selected: undefined;
  };
  yidun: {
    task: YidunTask;
    solution: YidunSolution;
    type: 'YidunTask';
    class: undefined;
    selected: undefined;
  };
  yidun_enterprise: {
    task: YidunEnterpriseTask;
    solution: YidunEnterpriseSolution;
    type: 'YidunTask';
    class: undefined;
    selected: undefined;
  };
  mtcaptcha: {
    task: MtcaptchaTask;
    solution: MtcaptchaSolution;
    type: 'MTCaptchaTask';
    class: undefined;
    selected: undefined;
  };
}

/** The members of a task that say which entry of the catalogue is meant. */
export interface Chosen<Type, Class, Selected> {
  type: Type;
  class?: Class;
  cloudflareTaskType?: Selected;
  version?: Selected;
}

/** Any of the tasks that the catalogue knows. */
export type AnyTask =
  | RecaptchaV2Task
  | RecaptchaV2EnterpriseTask
  | RecaptchaV3Task
  | RecaptchaV3EnterpriseTask
  | TurnstileTask
  | TurnstileChallengeTokenTask
  | TurnstileCfClearanceTask
  | TurnstileWaitRoomTask
  | GeetestV3Task
  | GeetestV4Task
  | GeetestV3OperationSiteTask
  | ImageToTextTask
  | ComplexImageRecaptchaTask
  | ComplexImageHcaptchaTask
  | ComplexImageFuncaptchaTask
  | ComplexImageRecognitionTask
  | RecognitionOoclRotateNewTask
  | RecognitionOoclRotateDoubleNewTask
  | RecognitionBetpunch3x3RotateTask
  | RecognitionBaiduTask
  | RecognitionBls3x3Task
  | RecognitionSheinTask
  | RecognitionBillsAudioTask
  | RecognitionDliTask
  | RecognitionMathSumTask
  | RecognitionPortugalTextFindIconTask
  | FuncaptchaTask
  | HcaptchaTask
  | AmazonCaptchaKeyTask
  | AmazonChallengeAndCaptchaTask
  | AmazonChallengeOnlyTask
  | DatadomeTask
  | TendiTask
  | BasiliskTask
  | ImpervaTask
  | TemuTask
  | AltchaTask
  | CastleTask
  | TspdTask
  | HuntXhdTask
  | HuntMetaTokenTask
  | HuntWidgetTask
  | AlibabaTask
  | AlibabaPunishTask
  | FriendlyTask
  | BinanceTask
  | ProsopoTask
  | YidunTask
  | YidunEnterpriseTask
  | MtcaptchaTask;
