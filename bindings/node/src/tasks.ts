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
  /** One-time data-s attribute; fetch a new one for each task */
  recaptchaDataSValue?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Cookies, written name1=value1; name2=value2 */
  cookies?: string | undefined;
  /** true if the widget has no checkbox */
  isInvisible?: boolean | undefined;
  /** true requests a token that no other task received */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of RecaptchaV2Task. */
export interface RecaptchaV2Solution {
  /** In one sample of the documentation; the Go client expects it */
  cookies?: { [name: string]: string } | undefined;
  /** Token for the field g-recaptcha-response, 500 to 2190 bytes */
  gRecaptchaResponse: string;
  /** Present for some sites; submit the token with this user agent */
  userAgent?: string | undefined;
}

/** enterprisePayload of RecaptchaV2EnterpriseTask. */
export interface RecaptchaV2EnterpriseTaskEnterprisePayload {
  /** Value of s; new for each rendering */
  s?: string | undefined;
}

/** reCAPTCHA v2 Enterprise (RecaptchaV2EnterpriseTask). */
export interface RecaptchaV2EnterpriseTask {
  type: 'RecaptchaV2EnterpriseTask' | 'RecaptchaV2EnterpriseTaskProxyless';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Value of data-sitekey, or of k in the iframe's URL */
  websiteKey: string;
  /** Send it only if the site uses another action */
  pageAction?: string | undefined;
  /** More arguments of grecaptcha.enterprise.render */
  enterprisePayload?: RecaptchaV2EnterpriseTaskEnterprisePayload | string | undefined;
  /** Host of the script, such as www.google.com or www.recaptcha.net */
  apiDomain?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Cookies, written name1=value1; name2=value2 */
  cookies?: string | undefined;
  /** One-time data-s attribute; fetch a new one for each task */
  recaptchaDataSValue?: string | undefined;
  /** true requests a token that no other task received; documented for reCAPTCHA v2 and v3 only */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of RecaptchaV2EnterpriseTask. */
export interface RecaptchaV2EnterpriseSolution {
  /** Only the Go client has it */
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
  /** Value of render in the URL of api.js */
  websiteKey: string;
  /** true for reCAPTCHA Enterprise; the service also accepts 1 and 0 */
  isEnterprise?: true | false | 1 | 0 | undefined;
  /** Requested score; the documentation recommends it */
  minScore?: number | undefined;
  /** Action passed to grecaptcha.execute */
  pageAction?: string | undefined;
  /** true requests a token that no other task received */
  nocache?: boolean | undefined;
}

/** The solution of RecaptchaV3Task. */
export interface RecaptchaV3Solution {
  /** In one sample of the documentation; the Go client expects it */
  cookies?: { [name: string]: string } | undefined;
  /** Token for the field g-recaptcha-response, 500 to 2190 bytes */
  gRecaptchaResponse: string;
  /** Present for some sites; submit the token with this user agent */
  userAgent?: string | undefined;
}

/** reCAPTCHA v3 Enterprise (RecaptchaV3EnterpriseTask). */
export interface RecaptchaV3EnterpriseTask {
  type: 'RecaptchaV3EnterpriseTask';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Value of render in the URL of enterprise.js */
  websiteKey: string;
  /** Requested score */
  minScore?: number | undefined;
  /** Send it only if the site uses another action */
  pageAction?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

/** The solution of RecaptchaV3EnterpriseTask. */
export interface RecaptchaV3EnterpriseSolution {
  /** Token for the field g-recaptcha-response, 500 to 2190 bytes */
  gRecaptchaResponse: string;
  /** Present for some sites; submit the token with this user agent */
  userAgent?: string | undefined;
}

/** Cloudflare Turnstile widget (TurnstileTask). */
export interface TurnstileTask {
  type: 'TurnstileTask' | 'TurnstileTaskProxyless';
  class?: undefined;
  cloudflareTaskType?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Turnstile site key; usually begins with 0x4 */
  websiteKey: string;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Action in the render call */
  pageAction?: string | undefined;
  /** Another spelling of pageAction. */
  PageAction?: string | undefined;
  /** cData in the render call */
  data?: string | undefined;
  /** Another spelling of data. */
  Data?: string | undefined;
  /** URL of the script */
  apiJsUrl?: string | undefined;
  /** true requests a token that no other task received; documented for reCAPTCHA v2 and v3 only */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of TurnstileTask. */
export interface TurnstileSolution {
  /** Value for the form field or the callback */
  token: string;
  /** User agent that the service used */
  userAgent?: string | undefined;
}

/** Cloudflare challenge page, answered with a token (TurnstileTask). */
export interface TurnstileChallengeTokenTask {
  type: 'TurnstileTask' | 'TurnstileTaskProxyless';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Site key of the challenge page */
  websiteKey: string;
  /** Selects this form of the task */
  cloudflareTaskType: 'token';
  /** Usually managed or non-interactive */
  pageAction: string;
  /** Another spelling of pageAction. */
  PageAction?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent: string;
  /** cData in the render call */
  data: string;
  /** Another spelling of data. */
  Data?: string | undefined;
  /** chlPageData in the render call */
  pageData: string;
  /** Another spelling of pageData. */
  PageData?: string | undefined;
  /** URL of the challenge script */
  apiJsUrl?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of TurnstileChallengeTokenTask. */
export interface TurnstileChallengeTokenSolution {
  /** Value for the form field or the callback */
  token: string;
  /** User agent that the service used */
  userAgent?: string | undefined;
}

/** Cloudflare challenge page, answered with the cf_clearance cookie (TurnstileTask). */
export interface TurnstileCfClearanceTask {
  type: 'TurnstileTask';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Any text */
  websiteKey: string;
  /** Selects this form of the task */
  cloudflareTaskType: 'cf_clearance';
  /** base64 of the page that came with status 403 */
  htmlPageBase64: string | Uint8Array;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent: string;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** User name for the proxy, without a percent sign */
  proxyLogin: string;
  /** Password for the proxy, without a percent sign */
  proxyPassword: string;
}

/** The solution of TurnstileCfClearanceTask. */
export interface TurnstileCfClearanceSolution {
  /** Value of the cookie cf_clearance */
  cf_clearance: string;
}

/** Cloudflare Waiting Room (TurnstileTask). */
export interface TurnstileWaitRoomTask {
  type: 'TurnstileTask';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Any text */
  websiteKey: string;
  /** Selects this form of the task */
  cloudflareTaskType: 'wait_room';
  /** base64 of the Waiting Room page */
  htmlPageBase64: string | Uint8Array;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent: string;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** User name for the proxy, without a percent sign */
  proxyLogin: string;
  /** Password for the proxy, without a percent sign */
  proxyPassword: string;
}

/** The solution of TurnstileWaitRoomTask. */
export interface TurnstileWaitRoomSolution {
  /** Value of the cookie cf_clearance */
  cf_clearance: string;
}

/** GeeTest v3 (GeeTestTask). */
export interface GeetestV3Task {
  type: 'GeeTestTask' | 'GeeTestTaskProxyless';
  class?: undefined;
  /** URL of the page that initialises the widget (the Referer of gettype.php) */
  websiteURL: string;
  /** Identifier of the site; does not change */
  gt: string;
  /** Valid once; fetch a new one just before each task. Only the site of geetest_v3_operation_site needs none */
  challenge: string;
  /** Version of GeeTest; the documentation requires it, some official clients omit it */
  version?: 3 | '3' | undefined;
  /** Host of the API, if the site uses another than api.geetest.com */
  geetestApiServerSubdomain?: string | undefined;
  /** Path of the script: JSON in a string */
  geetestGetLib?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of GeetestV3Task. */
export interface GeetestV3Solution {
  challenge: string;
  /** Ends with |jordan in the documentation's sample */
  seccode: string;
  validate: string;
}

/** initParameters of GeetestV4Task. */
export interface GeetestV4TaskInitParameters {
  /** Kind of challenge, such as slide */
  riskType?: string | undefined;
}

/** GeeTest v4 (GeeTestTask). */
export interface GeetestV4Task {
  type: 'GeeTestTask' | 'GeeTestTaskProxyless';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** captcha_id of the site */
  gt: string;
  /** Version of GeeTest */
  version: 4 | '4';
  /** Host of the API, if the site uses another than api.geetest.com */
  geetestApiServerSubdomain?: string | undefined;
  /** Path of the script: JSON in a string */
  geetestGetLib?: string | undefined;
  /** More initialisation values */
  initParameters?: GeetestV4TaskInitParameters | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of GeetestV4Task. */
export interface GeetestV4Solution {
  captcha_id: string;
  captcha_output: string;
  /** Unix time, as a string */
  gen_time: string;
  lot_number: string;
  pass_token: string;
}

/** GeeTest v3 on the one site where challenge is the name of an operation (GeeTestTask). */
export interface GeetestV3OperationSiteTask {
  type: 'GeeTestTask' | 'GeeTestTaskProxyless';
  class?: undefined;
  /** URL on the one site that this form is for; the documentation masks its name */
  websiteURL: string;
  /** The same value for the whole site */
  gt: string;
  /** Name of an operation, not a key that changes */
  challenge?: 'SendEmailCode' | 'SendVerifyCode' | 'ClaimUserTask' | 'OpenMysteryBox' | 'BuyGGShop' | 'PrepareBuyGGRaffleTickets' | 'AddTypedCredentialItems' | 'CreateReportTicket' | 'PrepareParticipate' | 'RefreshCredentialValue' | 'SyncCredentialValue' | 'GetSocialAuthUrl' | (string & {}) | undefined;
  /** Version of GeeTest */
  version?: 3 | '3' | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
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
  /** The picture as base64, on one line, without the prefix data: */
  body: string | Uint8Array;
  /** Recognition module; private modules have other names, so any value is accepted */
  capMonsterModule?: 'amazon' | 'apple' | 'botdetect' | 'facebook' | 'gmx' | 'google' | 'hotmail' | 'mailru' | 'okeng' | 'okrus' | 'partiallyblur' | 'ramblerrus' | 'ramblerrusnew' | 'solvemedia' | 'steam' | 'vk' | 'whatsapp' | 'wikimedia_paddle_ensemble' | 'yandex' | 'yandexnew' | 'yandexwave' | 'yandexwavelatin' | 'captcha_math' | 'sat' | 'bls_text' | 'universal' | 'ok' | 'oknew' | 'special' | (string & {}) | undefined;
  /** Another spelling of capMonsterModule. */
  CapMonsterModule?: 'amazon' | 'apple' | 'botdetect' | 'facebook' | 'gmx' | 'google' | 'hotmail' | 'mailru' | 'okeng' | 'okrus' | 'partiallyblur' | 'ramblerrus' | 'ramblerrusnew' | 'solvemedia' | 'steam' | 'vk' | 'whatsapp' | 'wikimedia_paddle_ensemble' | 'yandex' | 'yandexnew' | 'yandexwave' | 'yandexwavelatin' | 'captcha_math' | 'sat' | 'bls_text' | 'universal' | 'ok' | 'oknew' | 'special' | (string & {}) | undefined;
  /** Least confidence in percent; below it the task fails with ERROR_CAPTCHA_UNSOLVABLE and costs nothing */
  recognizingThreshold?: number | undefined;
  /** true if upper and lower case differ */
  case?: boolean | undefined;
  /** Another spelling of case. */
  Case?: boolean | undefined;
  /** 1 if the text has digits only */
  numeric?: 0 | 1 | undefined;
  /** true to calculate the expression in the picture; not with the module captcha_math */
  math?: boolean | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

/** The solution of ImageToTextTask. */
export interface ImageToTextSolution {
  /** Only the Go client has it */
  cookies?: { [name: string]: string } | undefined;
  /** The text in the picture */
  text: string;
}

/** metadata of ComplexImageRecaptchaTask. */
export interface ComplexImageRecaptchaTaskMetadata {
  /** Size of the grid; 1x1 for a single new tile */
  Grid: '4x4' | '3x3' | '1x1';
  /** Code such as /m/015qff, from the response to reload or userverify */
  TaskDefinition?: string | undefined;
  /** The instruction, in English */
  Task?: string | undefined;
}

/** Tiles of a reCAPTCHA grid (ComplexImageTask). */
export interface ComplexImageRecaptchaTask {
  type: 'ComplexImageTask';
  class: 'recaptcha';
  /** URLs of the pictures; give this or imagesBase64 */
  imageUrls?: string[] | undefined;
  /** The pictures as base64, without the prefix data: */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Data for this kind of challenge */
  metadata: ComplexImageRecaptchaTaskMetadata;
  /** User agent for downloading imageUrls */
  userAgent?: string | undefined;
  /** URL of the page that shows the challenge */
  websiteURL?: string | undefined;
  /** Another spelling of websiteURL. */
  websiteUrl?: string | undefined;
  /** Only in samples of the browser extension, with the value 60 */
  recognizingThreshold?: number | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

/** The solution of ComplexImageRecaptchaTask. */
export interface ComplexImageRecaptchaSolution {
  /** true for each tile to click, row by row */
  answer: boolean[];
}

/** metadata of ComplexImageHcaptchaTask. */
export interface ComplexImageHcaptchaTaskMetadata {
  /** The instruction, in English */
  Task: string;
}

/** Tiles of an hCaptcha grid (ComplexImageTask). */
export interface ComplexImageHcaptchaTask {
  type: 'ComplexImageTask';
  class: 'hcaptcha';
  /** URLs of the pictures; give this or imagesBase64 */
  imageUrls?: string[] | undefined;
  /** The pictures as base64, without the prefix data: */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** URL of the sample picture; not together with exampleImagesBase64 */
  exampleImageUrls?: string[] | undefined;
  /** The sample picture as base64; not together with exampleImageUrls */
  exampleImagesBase64?: Array<string | Uint8Array> | undefined;
  /** Data for this kind of challenge */
  metadata: ComplexImageHcaptchaTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** URL of the page that shows the challenge */
  websiteURL?: string | undefined;
  /** Another spelling of websiteURL. */
  websiteUrl?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface ComplexImageHcaptchaSolutionMetadata {
  /** Grid or NumericArray, according to the .NET client */
  AnswerType?: 'Grid' | 'NumericArray' | undefined;
}

/** The solution of ComplexImageHcaptchaTask. */
export interface ComplexImageHcaptchaSolution {
  /** metadata.AnswerType decides its form, according to the .NET client */
  answer: boolean[] | number[];
  metadata?: ComplexImageHcaptchaSolutionMetadata | undefined;
}

/** metadata of ComplexImageFuncaptchaTask. */
export interface ComplexImageFuncaptchaTaskMetadata {
  /** The instruction, in English */
  Task: string;
}

/** Tiles of a FunCaptcha (ComplexImageTask). */
export interface ComplexImageFuncaptchaTask {
  type: 'ComplexImageTask';
  class: 'funcaptcha';
  /** URLs of the pictures; give this or imagesBase64 */
  imageUrls?: string[] | undefined;
  /** The pictures as base64, without the prefix data: */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** Data for this kind of challenge */
  metadata: ComplexImageFuncaptchaTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** URL of the page that shows the challenge */
  websiteURL?: string | undefined;
  /** Another spelling of websiteURL. */
  websiteUrl?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

/** The solution of ComplexImageFuncaptchaTask. */
export interface ComplexImageFuncaptchaSolution {
  /** true for each tile to click, row by row */
  answer: boolean[];
}

/** metadata of ComplexImageRecognitionTask. */
export interface ComplexImageRecognitionTaskMetadata {
  /** Name of the recognition module; any value is accepted, and each documented one has an entry of its own */
  Task: 'oocl_rotate_new' | 'oocl_rotate_double_new' | 'betpunch_3x3_rotate' | 'baidu' | 'bls_3x3' | 'shein' | 'bills_audio' | 'dli' | 'MathSum' | 'portugal_text_find_icon' | (string & {});
  /** What to look for */
  TaskArgument?: string | undefined;
  /** Kind of the data */
  PayloadType?: 'Audio' | undefined;
}

/** Pictures for the recognition module that metadata.Task names (ComplexImageTask). */
export interface ComplexImageRecognitionTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** The pictures as base64; metadata.Task decides how many, and in which order */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** URLs of the pictures, instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Data for this kind of challenge */
  metadata: ComplexImageRecognitionTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** URL of the page that shows the challenge */
  websiteURL?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface ComplexImageRecognitionSolutionMetadata {
  /** NumericArray, Grid, Coordinate or Text */
  AnswerType: 'NumericArray' | 'Grid' | 'Coordinate' | 'Text';
}

/** The solution of ComplexImageRecognitionTask. */
export interface ComplexImageRecognitionSolution {
  /** metadata.AnswerType decides its form */
  answer: number[] | boolean[] | Array<{ [name: string]: unknown }> | string;
  metadata: ComplexImageRecognitionSolutionMetadata;
}

/** metadata of RecognitionOoclRotateNewTask. */
export interface RecognitionOoclRotateNewTaskMetadata {
  /** Name of the recognition module */
  Task: 'oocl_rotate_new';
}

/** Recognition module oocl_rotate_new: turn one circle (ComplexImageTask). */
export interface RecognitionOoclRotateNewTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** The pictures as base64, in the order background, circle */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** URLs of the pictures, instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Data for this kind of challenge */
  metadata: RecognitionOoclRotateNewTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionOoclRotateNewSolutionMetadata {
  /** NumericArray */
  AnswerType: 'NumericArray';
}

/** The solution of RecognitionOoclRotateNewTask. */
export interface RecognitionOoclRotateNewSolution {
  /** Degrees to turn the circle clockwise */
  answer: number[];
  metadata: RecognitionOoclRotateNewSolutionMetadata;
}

/** metadata of RecognitionOoclRotateDoubleNewTask. */
export interface RecognitionOoclRotateDoubleNewTaskMetadata {
  /** Name of the recognition module */
  Task: 'oocl_rotate_double_new';
}

/** Recognition module oocl_rotate_double_new: turn ring and circle (ComplexImageTask). */
export interface RecognitionOoclRotateDoubleNewTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** The pictures as base64, in the order background, ring, circle */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** URLs of the pictures, instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Data for this kind of challenge */
  metadata: RecognitionOoclRotateDoubleNewTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionOoclRotateDoubleNewSolutionMetadata {
  /** NumericArray */
  AnswerType: 'NumericArray';
}

/** The solution of RecognitionOoclRotateDoubleNewTask. */
export interface RecognitionOoclRotateDoubleNewSolution {
  /** Degrees to turn the ring counterclockwise, and the circle clockwise */
  answer: number[];
  metadata: RecognitionOoclRotateDoubleNewSolutionMetadata;
}

/** metadata of RecognitionBetpunch3x3RotateTask. */
export interface RecognitionBetpunch3x3RotateTaskMetadata {
  /** Name of the recognition module */
  Task: 'betpunch_3x3_rotate';
}

/** Recognition module betpunch_3x3_rotate: turn nine tiles (ComplexImageTask). */
export interface RecognitionBetpunch3x3RotateTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** The nine tiles as base64, in the order of the picture */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** URLs of the pictures, instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Data for this kind of challenge */
  metadata: RecognitionBetpunch3x3RotateTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionBetpunch3x3RotateSolutionMetadata {
  /** NumericArray */
  AnswerType: 'NumericArray';
}

/** The solution of RecognitionBetpunch3x3RotateTask. */
export interface RecognitionBetpunch3x3RotateSolution {
  /** For each tile the number of counterclockwise turns, 1 to 3; 4 for none */
  answer: number[];
  metadata: RecognitionBetpunch3x3RotateSolutionMetadata;
}

/** metadata of RecognitionBaiduTask. */
export interface RecognitionBaiduTaskMetadata {
  /** Name of the recognition module */
  Task: 'baidu';
}

/** Recognition module baidu: turn a picture upright (ComplexImageTask). */
export interface RecognitionBaiduTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** The picture as base64 */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** URLs of the pictures, instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Data for this kind of challenge */
  metadata: RecognitionBaiduTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionBaiduSolutionMetadata {
  /** NumericArray */
  AnswerType: 'NumericArray';
}

/** The solution of RecognitionBaiduTask. */
export interface RecognitionBaiduSolution {
  /** Degrees to turn the picture clockwise */
  answer: number[];
  metadata: RecognitionBaiduSolutionMetadata;
}

/** metadata of RecognitionBls3x3Task. */
export interface RecognitionBls3x3TaskMetadata {
  /** Name of the recognition module */
  Task: 'bls_3x3';
  /** Number to look for, as a string */
  TaskArgument: string;
}

/** Recognition module bls_3x3: tiles with a number (ComplexImageTask). */
export interface RecognitionBls3x3Task {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** The nine tiles as base64 */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** URLs of the pictures, instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Data for this kind of challenge */
  metadata: RecognitionBls3x3TaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionBls3x3SolutionMetadata {
  /** Grid */
  AnswerType: 'Grid';
}

/** The solution of RecognitionBls3x3Task. */
export interface RecognitionBls3x3Solution {
  /** true for each tile with the number */
  answer: boolean[];
  metadata: RecognitionBls3x3SolutionMetadata;
}

/** metadata of RecognitionSheinTask. */
export interface RecognitionSheinTaskMetadata {
  /** Name of the recognition module */
  Task: 'shein';
}

/** Recognition module shein: points to click (ComplexImageTask). */
export interface RecognitionSheinTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** The picture as base64 */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** URLs of the pictures, instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Data for this kind of challenge */
  metadata: RecognitionSheinTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionSheinSolutionMetadata {
  /** Coordinate */
  AnswerType: 'Coordinate';
}

/** The solution of RecognitionSheinTask. */
export interface RecognitionSheinSolution {
  /** Points to click, in order: X and Y are numbers */
  answer: Array<{ [name: string]: unknown }>;
  metadata: RecognitionSheinSolutionMetadata;
}

/** metadata of RecognitionBillsAudioTask. */
export interface RecognitionBillsAudioTaskMetadata {
  /** Name of the recognition module */
  Task: 'bills_audio';
  /** Kind of the data */
  PayloadType: 'Audio';
}

/** Recognition module bills_audio: digits in a sound (ComplexImageTask). */
export interface RecognitionBillsAudioTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** The sound (WAV) as base64, despite the member's name */
  imagesBase64: Array<string | Uint8Array>;
  /** Data for this kind of challenge */
  metadata: RecognitionBillsAudioTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionBillsAudioSolutionMetadata {
  /** Text */
  AnswerType: 'Text';
}

/** The solution of RecognitionBillsAudioTask. */
export interface RecognitionBillsAudioSolution {
  /** The digits in the sound */
  answer: number[];
  metadata: RecognitionBillsAudioSolutionMetadata;
}

/** metadata of RecognitionDliTask. */
export interface RecognitionDliTaskMetadata {
  /** Name of the recognition module */
  Task: 'dli';
}

/** Recognition module dli: a number from a picture (ComplexImageTask). */
export interface RecognitionDliTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** The picture as base64, with its text */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** URLs of the pictures, instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Data for this kind of challenge */
  metadata: RecognitionDliTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionDliSolutionMetadata {
  /** Text */
  AnswerType: 'Text';
}

/** The solution of RecognitionDliTask. */
export interface RecognitionDliSolution {
  /** The number, as a string */
  answer: string;
  metadata: RecognitionDliSolutionMetadata;
}

/** metadata of RecognitionMathSumTask. */
export interface RecognitionMathSumTaskMetadata {
  /** Name of the recognition module */
  Task: 'MathSum';
}

/** Recognition module MathSum: the result of a sum (ComplexImageTask). */
export interface RecognitionMathSumTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** The picture as base64 */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** URLs of the pictures, instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Data for this kind of challenge */
  metadata: RecognitionMathSumTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionMathSumSolutionMetadata {
  /** Text */
  AnswerType: 'Text';
}

/** The solution of RecognitionMathSumTask. */
export interface RecognitionMathSumSolution {
  /** The result, as a string */
  answer: string;
  metadata: RecognitionMathSumSolutionMetadata;
}

/** metadata of RecognitionPortugalTextFindIconTask. */
export interface RecognitionPortugalTextFindIconTaskMetadata {
  /** Name of the recognition module */
  Task: 'portugal_text_find_icon';
  /** The instruction; write characters outside ASCII as the literal text \uXXXX */
  TaskArgument: string;
}

/** Recognition module portugal_text_find_icon: which of five icons (ComplexImageTask). */
export interface RecognitionPortugalTextFindIconTask {
  type: 'ComplexImageTask';
  class: 'recognition';
  /** One picture as base64, with the five icons side by side */
  imagesBase64?: Array<string | Uint8Array> | undefined;
  /** URLs of the pictures, instead of imagesBase64 */
  imageUrls?: string[] | undefined;
  /** Data for this kind of challenge */
  metadata: RecognitionPortugalTextFindIconTaskMetadata;
  /** Official clients send it */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
}

export interface RecognitionPortugalTextFindIconSolutionMetadata {
  /** NumericArray */
  AnswerType: 'NumericArray';
}

/** The solution of RecognitionPortugalTextFindIconTask. */
export interface RecognitionPortugalTextFindIconSolution {
  /** Number of the icon, 1 to 5 */
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
  /** JSON text such as {"blob":"..."}; needed if the site uses data[blob] */
  data?: string | undefined;
  /** Host of surl, without scheme; send it only if the site uses another than the default */
  funcaptchaApiJSSubdomain?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Cookies, written name1=value1; name2=value2 */
  cookies?: string | undefined;
  /** true requests a token that no other task received; documented for reCAPTCHA v2 and v3 only */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of FuncaptchaTask. */
export interface FuncaptchaSolution {
  /** Arkose token; its parts are separated by | */
  Token?: string | undefined;
  /** Only the Go client has it */
  cookies?: { [name: string]: string } | undefined;
  /** Arkose token; its parts are separated by | */
  token?: string | undefined;
  /** User agent that the service used */
  userAgent?: string | undefined;
}

/** hCaptcha (HCaptchaTask). */
export interface HcaptchaTask {
  type: 'HCaptchaTask' | 'HCaptchaTaskProxyless';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** hCaptcha site key */
  websiteKey: string;
  /** true if the widget is invisible */
  isInvisible?: boolean | undefined;
  /** rqdata or gid; valid once, mostly for invisible widgets */
  data?: string | undefined;
  /** A Windows user agent; see fallbackToActualUA */
  userAgent?: string | undefined;
  /** Cookies, written name1=value1; name2=value2 */
  cookies?: string | undefined;
  /** true: the service may use and return its own user agent; false: it uses yours, or answers ERROR_WRONG_USERAGENT */
  fallbackToActualUA?: boolean | null | undefined;
  /** true requests a token that no other task received; no longer documented for hCaptcha */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of HcaptchaTask. */
export interface HcaptchaSolution {
  /** Only the Go client has it */
  cookies?: { [name: string]: string } | undefined;
  /** hCaptcha token, despite the member's name */
  gRecaptchaResponse: string;
  /** Value of hcaptcha.getRespKey(), if there is one */
  respKey?: string | undefined;
  /** Submit the token with this user agent */
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
  /** URL of jsapi.js */
  captchaScript: string;
  /** true for the cookie aws-waf-token, false for captcha_voucher and existing_token */
  cookieSolution?: boolean | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

export interface AmazonCaptchaKeySolutionCookies {
  /** The cookie aws-waf-token (present if cookieSolution is true) */
  'aws-waf-token'?: string | undefined;
}

/** The solution of AmazonCaptchaKeyTask. */
export interface AmazonCaptchaKeySolution {
  /** The voucher (present if cookieSolution is false, or cookieSolution is absent) */
  captcha_voucher?: string | undefined;
  cookies?: AmazonCaptchaKeySolutionCookies | undefined;
  /** The token that belongs to captcha_voucher (present if cookieSolution is false, or cookieSolution is absent) */
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
  /** URL of challenge.js */
  challengeScript: string;
  /** gokuProps.key */
  websiteKey: string;
  /** gokuProps.context */
  context: string;
  /** gokuProps.iv */
  iv: string;
  /** URL of captcha.js; a page with a challenge only has none, and older documentation asks for any string there */
  captchaScript?: string | undefined;
  /** true for the cookie aws-waf-token, false for captcha_voucher and existing_token */
  cookieSolution?: boolean | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

export interface AmazonChallengeAndCaptchaSolutionCookies {
  /** The cookie aws-waf-token (present if cookieSolution is true) */
  'aws-waf-token'?: string | undefined;
}

/** The solution of AmazonChallengeAndCaptchaTask. */
export interface AmazonChallengeAndCaptchaSolution {
  /** The voucher (present if cookieSolution is false, or cookieSolution is absent) */
  captcha_voucher?: string | undefined;
  cookies?: AmazonChallengeAndCaptchaSolutionCookies | undefined;
  /** The token that belongs to captcha_voucher (present if cookieSolution is false, or cookieSolution is absent) */
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
  /** URL of challenge.js */
  challengeScript: string;
  /** An empty string */
  context: string;
  /** An empty string */
  iv: string;
  /** true for the cookie aws-waf-token, false for captcha_voucher and existing_token */
  cookieSolution?: boolean | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

export interface AmazonChallengeOnlySolutionCookies {
  /** The cookie aws-waf-token (present if cookieSolution is true) */
  'aws-waf-token'?: string | undefined;
}

/** The solution of AmazonChallengeOnlyTask. */
export interface AmazonChallengeOnlySolution {
  /** The voucher (present if cookieSolution is false, or cookieSolution is absent) */
  captcha_voucher?: string | undefined;
  cookies?: AmazonChallengeOnlySolutionCookies | undefined;
  /** The token that belongs to captcha_voucher (present if cookieSolution is false, or cookieSolution is absent) */
  existing_token?: string | undefined;
  /** In a sample of the documentation and in the .NET client */
  userAgent?: string | undefined;
}

/** metadata of DatadomeTask. */
export interface DatadomeTaskMetadata {
  /** Whole captcha-delivery URL; t=bv in it means that the proxy is blocked */
  captchaUrl?: string | undefined;
  /** The cookie, written datadome=VALUE */
  datadomeCookie: string;
  /** new if the page loads i.js and c.js; none if it loads i.js only */
  datadomeVersion?: 'new' | (string & {}) | undefined;
  /** base64 of the page that came with status 403; an alternative to captchaUrl */
  htmlPageBase64?: string | Uint8Array | undefined;
}

/** DataDome (CustomTask). */
export interface DatadomeTask {
  type: 'CustomTask';
  class: 'DataDome';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Data for this kind of challenge */
  metadata: DatadomeTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

export interface DatadomeSolutionDomainsValue {
  /** Names of cookies and their values */
  cookies: { [name: string]: string };
  localStorage?: { [name: string]: string } | null | undefined;
}

/** The solution of DatadomeTask. */
export interface DatadomeSolution {
  data?: { [name: string]: unknown } | null | undefined;
  /** Host names, and the data of each */
  domains: { [name: string]: DatadomeSolutionDomainsValue };
  fingerprint?: { [name: string]: unknown } | null | undefined;
  headers?: { [name: string]: unknown } | null | undefined;
  url?: string | null | undefined;
}

/** metadata of TendiTask. */
export interface TendiTaskMetadata {
  /** URL of TCaptcha*.js, TJNCaptcha*.js or TJCaptcha*.js */
  captchaUrl?: string | undefined;
  /** Encrypted aid, valid for one task; only for sites that use it */
  aidEncrypted?: string | undefined;
}

/** TenDI (Tencent) (CustomTask). */
export interface TendiTask {
  type: 'CustomTask';
  class: 'TenDI';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** captchaAppId (aid), as a string */
  websiteKey: string;
  /** captchaUrl and aidEncrypted */
  metadata?: TendiTaskMetadata | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
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
  /** Value of data-sitekey, or site_key of check-site */
  websiteKey: string;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
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
  /** Name of the script _Incapsula_Resource, with its query */
  incapsulaScriptUrl: string;
  /** Another spelling of incapsulaScriptUrl. */
  incapsulaScriptBase64?: string | undefined;
  /** The cookies incap_sess_* and visid_incap_*, joined by ; */
  incapsulaCookies: string;
  /** Another spelling of incapsulaCookies. */
  incapsulaCookie?: string | undefined;
  /** Another spelling of incapsulaCookies. */
  incapsulaSessionCookie?: string | undefined;
  /** Endpoint that receives the reese84 fingerprint */
  reese84UrlEndpoint?: string | undefined;
}

/** Imperva (Incapsula) (CustomTask). */
export interface ImpervaTask {
  type: 'CustomTask';
  class: 'Imperva';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Data for this kind of challenge */
  metadata: ImpervaTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

export interface ImpervaSolutionDomainsValue {
  /** ___utmvc, reese84; a value may have cookie attributes */
  cookies: { [name: string]: string };
}

/** The solution of ImpervaTask. */
export interface ImpervaSolution {
  /** Origins (with scheme, in the documentation's sample), and the data of each */
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
  /** Whole URL of bgn_verification.html */
  websiteURL: string;
  /** Data for this kind of challenge */
  metadata: TemuTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

export interface TemuSolutionDomainsValue {
  /** Names of cookies and their values; they replace those of the site */
  cookies: { [name: string]: string };
}

/** The solution of TemuTask. */
export interface TemuSolution {
  /** Host names, and the data of each */
  domains: { [name: string]: TemuSolutionDomainsValue };
}

/** metadata of AltchaTask. */
export interface AltchaTaskMetadata {
  /** Hash of the challenge */
  challenge: string;
  /** maxnumber of the site, as a string */
  iterations: string;
  /** Whole salt, with its query */
  salt: string;
  /** Signature of the challenge */
  signature: string;
}

/** ALTCHA (CustomTask). */
export interface AltchaTask {
  type: 'CustomTask';
  class: 'altcha';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** May be an empty string; the documentation requires it, JavaScript client 2.6.1 omits it */
  websiteKey?: string | undefined;
  /** Data for this kind of challenge */
  metadata: AltchaTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

export interface AltchaSolutionData {
  /** The number of the proof */
  number: number;
  /** base64 of JSON with all fields of the proof */
  token: string;
}

/** The solution of AltchaTask. */
export interface AltchaSolution {
  data: AltchaSolutionData;
}

/** metadata of CastleTask. */
export interface CastleTaskMetadata {
  /** URL of cw.js */
  wUrl: string;
  /** URL of csw.js */
  swUrl: string;
  /** Number of tokens; the service takes a larger value as 49 */
  count?: number | undefined;
}

/** Castle (CustomTask). */
export interface CastleTask {
  type: 'CustomTask';
  class: 'Castle';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Publishable key, pk_... */
  websiteKey: string;
  /** Data for this kind of challenge */
  metadata: CastleTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

export interface CastleSolutionData {
  /** Tokens of one __cuid session */
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
  /** The cookies TS*, joined by ; */
  tspdCookie: string;
  /** base64 of the whole challenge page */
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
  /** Data for this kind of challenge */
  metadata: TspdTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** Use https only if http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** User name for the proxy, without a percent sign */
  proxyLogin: string;
  /** Password for the proxy, without a percent sign */
  proxyPassword: string;
}

export interface TspdSolutionDomainsValue {
  /** Names of cookies and their values; the documentation's sample writes Cookies, and TSPD_101_DID may be absent */
  Cookies?: { [name: string]: string } | undefined;
  /** Names of cookies and their values; the documentation's sample writes Cookies, and TSPD_101_DID may be absent */
  cookies?: { [name: string]: string } | undefined;
}

/** The solution of TspdTask. */
export interface TspdSolution {
  /** Host names, and the data of each; the documentation's sample writes Domains */
  Domains?: { [name: string]: TspdSolutionDomainsValue } | undefined;
  /** Host names, and the data of each; the documentation's sample writes Domains */
  domains?: { [name: string]: TspdSolutionDomainsValue } | undefined;
}

/** metadata of HuntXhdTask. */
export interface HuntXhdTaskMetadata {
  /** Whole URL of the api.js of hd-api */
  apiGetLib: string;
}

/** HUNT, X-HD value (CustomTask). */
export interface HuntXhdTask {
  type: 'CustomTask';
  class: 'HUNT';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Data for this kind of challenge */
  metadata: HuntXhdTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** Use https only if http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** User name for the proxy, without a percent sign */
  proxyLogin: string;
  /** Password for the proxy, without a percent sign */
  proxyPassword: string;
}

export interface HuntXhdSolutionData {
  /** X-HD, or the captcha token */
  token?: string | undefined;
}

/** The solution of HuntXhdTask. */
export interface HuntXhdSolution {
  data?: HuntXhdSolutionData | undefined;
  /** X-HD, or the captcha token */
  token?: string | undefined;
}

/** metadata of HuntMetaTokenTask. */
export interface HuntMetaTokenTaskMetadata {
  /** Whole URL of the api.js of hd-api */
  apiGetLib: string;
  /** meta.token of the site; not together with widgetUrl */
  data: string;
}

/** HUNT, with the meta.token of the site (CustomTask). */
export interface HuntMetaTokenTask {
  type: 'CustomTask';
  class: 'HUNT';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Data for this kind of challenge */
  metadata: HuntMetaTokenTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** Use https only if http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** User name for the proxy, without a percent sign */
  proxyLogin: string;
  /** Password for the proxy, without a percent sign */
  proxyPassword: string;
}

export interface HuntMetaTokenSolutionData {
  /** X-HD, or the captcha token */
  token?: string | undefined;
}

/** The solution of HuntMetaTokenTask. */
export interface HuntMetaTokenSolution {
  data?: HuntMetaTokenSolutionData | undefined;
  /** X-HD, or the captcha token */
  token?: string | undefined;
}

/** metadata of HuntWidgetTask. */
export interface HuntWidgetTaskMetadata {
  /** Whole URL of the api.js of hd-api */
  apiGetLib: string;
  /** Whole URL of the widget; not together with data */
  widgetUrl: string;
}

/** HUNT, with the URL of the widget (CustomTask). */
export interface HuntWidgetTask {
  type: 'CustomTask';
  class: 'HUNT';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Data for this kind of challenge */
  metadata: HuntWidgetTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** Use https only if http fails */
  proxyType: 'http' | 'https' | 'socks4' | 'socks5';
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress: string;
  /** Port of the proxy */
  proxyPort: number;
  /** User name for the proxy, without a percent sign */
  proxyLogin: string;
  /** Password for the proxy, without a percent sign */
  proxyPassword: string;
}

export interface HuntWidgetSolutionData {
  /** X-HD, or the captcha token */
  token?: string | undefined;
}

/** The solution of HuntWidgetTask. */
export interface HuntWidgetSolution {
  data?: HuntWidgetSolutionData | undefined;
  /** X-HD, or the captcha token */
  token?: string | undefined;
}

/** metadata of AlibabaTask. */
export interface AlibabaTaskMetadata {
  /** Id of the scenario */
  sceneId: string;
  /** First label of the captcha-open host */
  prefix: string;
  /** User id; only if the site shows it */
  userId?: string | undefined;
  /** Second user id */
  userUserId?: string | undefined;
  /** Kind of verification, such as 1.0 */
  verifyType?: string | undefined;
  /** Region of the server; with cn the token begins with WEB#, with sgp with SG_WEB# */
  region?: 'cn' | 'sgp' | (string & {}) | undefined;
  /** traceid of the site; the U is a capital letter */
  UserCertifyId?: string | undefined;
  /** URL of AliyunCaptcha.js; it changes */
  apiGetLib?: string | undefined;
  /** true adds the cookies ssxmod_itna and ssxmod_itna2, for sites behind Alibaba's WAF */
  cookieRequired?: boolean | undefined;
}

/** Alibaba (TRACELESS or checkbox), standard and extended (CustomTask). */
export interface AlibabaTask {
  type: 'CustomTask';
  class: 'alibaba';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Data for this kind of challenge */
  metadata: AlibabaTaskMetadata;
  /** Samples send the word customTask */
  websiteKey?: string | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

export interface AlibabaSolutionData {
  /** JSON text with sceneId, certifyId, deviceToken and data */
  tokens?: string | undefined;
}

export interface AlibabaSolutionDomainsValue {
  /** Names of cookies and their values (present if metadata.cookieRequired is true) */
  cookies?: { [name: string]: string } | undefined;
}

/** The solution of AlibabaTask. */
export interface AlibabaSolution {
  data?: AlibabaSolutionData | undefined;
  domains?: { [name: string]: AlibabaSolutionDomainsValue } | undefined;
}

/** metadata of AlibabaPunishTask. */
export interface AlibabaPunishTaskMetadata {
  /** Whole URL of _____tmd_____/punish, with port and query */
  punishUrl: string;
  /** Id of the scenario */
  sceneId?: string | undefined;
  /** First label of the captcha-open host */
  prefix?: string | undefined;
  /** User id; only if the site shows it */
  userId?: string | undefined;
  /** Second user id */
  userUserId?: string | undefined;
  /** Kind of verification, such as 1.0 */
  verifyType?: string | undefined;
  /** Region of the server; with cn the token begins with WEB#, with sgp with SG_WEB# */
  region?: 'cn' | 'sgp' | (string & {}) | undefined;
  /** traceid of the site; the U is a capital letter */
  UserCertifyId?: string | undefined;
  /** URL of AliyunCaptcha.js; it changes */
  apiGetLib?: string | undefined;
  /** true adds the cookies ssxmod_itna and ssxmod_itna2, for sites behind Alibaba's WAF */
  cookieRequired?: boolean | undefined;
}

/** Alibaba, with punishUrl (CustomTask). */
export interface AlibabaPunishTask {
  type: 'CustomTask';
  class: 'alibaba';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Data for this kind of challenge */
  metadata: AlibabaPunishTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

export interface AlibabaPunishSolutionData {
  /** JSON text with sceneId, certifyId, deviceToken and data */
  tokens?: string | undefined;
}

export interface AlibabaPunishSolutionDomainsValue {
  /** Names of cookies and their values (present if metadata.cookieRequired is true) */
  cookies?: { [name: string]: string } | undefined;
}

/** The solution of AlibabaPunishTask. */
export interface AlibabaPunishSolution {
  data?: AlibabaPunishSolutionData | undefined;
  domains?: { [name: string]: AlibabaPunishSolutionDomainsValue } | undefined;
}

/** metadata of FriendlyTask. */
export interface FriendlyTaskMetadata {
  /** URL of widget.module.min.js (v1) or site.min.js (v2) */
  apiGetLib: string;
}

/** Friendly Captcha (CustomTask). */
export interface FriendlyTask {
  type: 'CustomTask';
  class: 'friendly';
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Friendly Captcha site key */
  websiteKey: string;
  /** Data for this kind of challenge */
  metadata: FriendlyTaskMetadata;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** The solution has only the cookies of these hosts */
  domains?: string[] | null | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

export interface FriendlySolutionData {
  /** Value for frc-captcha-solution (v1) or frc-captcha-response (v2) */
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
  /** Value of validateId or securityId; it changes */
  validateId: string;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of BinanceTask. */
export interface BinanceSolution {
  /** Only the .NET client has it */
  cookies?: { [name: string]: string } | undefined;
  /** Begins with captcha# */
  token: string;
  userAgent?: string | undefined;
}

/** Prosopo Procaptcha (ProsopoTask). */
export interface ProsopoTask {
  type: 'ProsopoTask';
  class?: undefined;
  /** URL of the page with the challenge */
  websiteURL: string;
  /** Value of the header Prosopo-Site-Key */
  websiteKey: string;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of ProsopoTask. */
export interface ProsopoSolution {
  /** Hexadecimal, begins with 0x */
  token: string;
}

/** Yidun (NetEase) (YidunTask). */
export interface YidunTask {
  type: 'YidunTask';
  class?: undefined;
  /** Referer of the get or check request */
  websiteURL: string;
  /** id in the get or check request */
  websiteKey: string;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Whole https URL of load.min.js */
  yidunGetLib?: string | undefined;
  /** Host of the site's own API, without scheme */
  yidunApiServerSubdomain?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
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
  /** Referer of the get or check request */
  websiteURL: string;
  /** id in the get or check request */
  websiteKey: string;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** Whole https URL of load.min.js; recommended with challenge, hcg and hct */
  yidunGetLib?: string | undefined;
  /** Host of the site's own API, without scheme; needed if it is not c.dun.163.com or c-v6.dun.163.com */
  yidunApiServerSubdomain?: string | undefined;
  /** From the cscPreprocess request */
  challenge?: string | undefined;
  /** Hash that belongs to challenge */
  hcg?: string | undefined;
  /** Time in milliseconds; needs 64 bits */
  hct?: number | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
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
  /** Value of sk, MTPublic-... */
  websiteKey: string;
  /** Value of act; send it only if it is not the default */
  pageAction?: string | undefined;
  /** true if the widget is invisible */
  isInvisible?: boolean | undefined;
  /** A Windows user agent; getUserAgent returns the current one */
  userAgent?: string | undefined;
  /** true requests a token that no other task received; the JavaScript client sends it with every type */
  nocache?: boolean | undefined;
  /** Use https only if http fails */
  proxyType?: 'http' | 'https' | 'socks4' | 'socks5' | undefined;
  /**
   * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local proxies
   * do not work
   */
  proxyAddress?: string | undefined;
  /** Port of the proxy */
  proxyPort?: number | undefined;
  /** User name for the proxy, without a percent sign */
  proxyLogin?: string | undefined;
  /** Password for the proxy, without a percent sign */
  proxyPassword?: string | undefined;
}

/** The solution of MtcaptchaTask. */
export interface MtcaptchaSolution {
  /** Written v1(...) */
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
