"""Solves every type that the service's official Python client supports, against the stand-in.

Usage: solve.py URL FILE; each task that the client sends is added to the file, as a line of its class and its JSON.
"""

import asyncio
import base64
import json
import sys

import capmonstercloudclient.requests as requests
from capmonstercloudclient import CapMonsterClient, ClientOptions

SITE = {"websiteUrl": "https://example.com/page"}
KEYED = {**SITE, "websiteKey": "made-up-site-key"}
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) made-up"
PROXY = requests.ProxyInfo(
    proxyType="http", proxyAddress="203.0.113.7", proxyPort=8080, proxyLogin="login", proxyPassword="word"
)
IMAGE = b"\x89PNG\r\n\x1a\n" + bytes(200)
IMAGES = {"imagesBase64": [base64.b64encode(IMAGE).decode()]}
PAGE = base64.b64encode(b"<html></html>").decode()

# For each class what it is made of: least first, then everything it knows.
CASES = {
    "RecaptchaV2Request": [
        KEYED,
        {**KEYED, "dataSValue": "s", "userAgent": AGENT, "cookies": "a=1; b=2", "isInvisible": True, "proxy": PROXY},
    ],
    "RecaptchaV2EnterpriseRequest": [
        KEYED,
        {
            **KEYED,
            "enterprisePayload": "s",
            "apiDomain": "www.google.com",
            "pageAction": "login",
            "userAgent": AGENT,
            "cookies": "a=1",
            "proxy": PROXY,
        },
        {**KEYED, "recaptchaDataSValue": "s"},
    ],
    "RecaptchaV3ProxylessRequest": [KEYED, {**KEYED, "minScore": 0.3, "pageAction": "login", "isEnterprise": True}],
    "RecaptchaV3EnterpriseRequest": [KEYED, {**KEYED, "minScore": 0.7, "pageAction": "login"}],
    "ImageToTextRequest": [
        {"image_bytes": IMAGE},
        {"image_bytes": IMAGE, "module_name": "yandex", "threshold": 80, "case": True, "numeric": 1, "math": False},
        {"image_bytes": IMAGE, "numeric": 0},
    ],
    "FuncaptchaRequest": [
        {**SITE, "websitePublicKey": "made-up", "proxy": PROXY},
        {
            **SITE,
            "websitePublicKey": "made-up",
            "funcaptchaApiJSSubdomain": "api.example.com",
            "data": '{"blob":"x"}',
            "cookies": "a=1",
            "userAgent": AGENT,
            "proxy": PROXY,
        },
    ],
    "HcaptchaRequest": [
        KEYED,
        {
            **KEYED,
            "is_invisible": True,
            "data": "x",
            "user_agent": AGENT,
            "cookies": "a=1",
            "fallbackToActualUA": True,
            "proxy": PROXY,
        },
    ],
    "GeetestRequest": [
        {**SITE, "gt": "022397c99c9f646f6477822485f30404", "challenge": "a66f31a53a404af8d1f271eec5138aa1"},
        {
            **SITE,
            "gt": "54088bb07d2df3c46b79f80300b0abbe",
            "version": 4,
            "initParameters": {"riskType": "slide"},
            "geetestApiServerSubdomain": "api.geetest.com",
            "geetestGetLib": '{"geetest": "/static/js/geetest.js"}',
            "user_agent": AGENT,
            "proxy": PROXY,
        },
    ],
    "TurnstileRequest": [
        {"websiteURL": SITE["websiteUrl"], "websiteKey": "0x4AAAAAAA"},
        {"websiteURL": SITE["websiteUrl"], "websiteKey": "0x4AAAAAAA", "pageAction": "login", "apiJsUrl": "https://e.com/api.js"},
        {
            "websiteURL": SITE["websiteUrl"],
            "websiteKey": "0x4AAAAAAA",
            "cloudflareTaskType": "token",
            "pageAction": "managed",
            "data": "x",
            "pageData": "y",
            "userAgent": AGENT,
        },
        {
            "websiteURL": SITE["websiteUrl"],
            "websiteKey": "0x4AAAAAAA",
            "cloudflareTaskType": "cf_clearance",
            "htmlPageBase64": PAGE,
            "userAgent": AGENT,
            "proxy": PROXY,
        },
        {
            "websiteURL": SITE["websiteUrl"],
            "websiteKey": "0x4AAAAAAA",
            "cloudflareTaskType": "wait_room",
            "htmlPageBase64": PAGE,
            "userAgent": AGENT,
            "proxy": PROXY,
        },
    ],
    "RecaptchaComplexImageTaskRequest": [
        {**IMAGES, "metadata": {"Task": "Click on traffic lights", "Grid": "3x3"}},
        {
            "imagesUrls": ["https://example.com/1.png"],
            "metadata": {"TaskDefinition": "/m/015qff", "Grid": "4x4"},
            "userAgent": AGENT,
            "websiteUrl": SITE["websiteUrl"],
        },
    ],
    "HcaptchaComplexImageTaskRequest": [
        {**IMAGES, "metadata": {"Task": "Please click each image containing a mountain"}},
        {
            "imagesUrls": ["https://example.com/1.png"],
            "exampleImageUrls": ["https://example.com/0.png"],
            "metadata": {"Task": "Please click each image containing a mountain"},
            "userAgent": AGENT,
            "websiteUrl": SITE["websiteUrl"],
        },
    ],
    "FunCaptchaComplexImageTaskRequest": [
        {**IMAGES, "metadata": {"Task": "Pick the penguin"}},
        {"imagesUrls": ["https://example.com/1.png"], "metadata": {"Task": "Pick the penguin"}, "userAgent": AGENT},
    ],
    "RecognitionComplexImageTaskRequest": [
        {**IMAGES, "metadata": {"Task": "shein"}},
        {"imagesBase64": IMAGES["imagesBase64"] * 9, "metadata": {"Task": "bls_3x3", "TaskArgument": "123"}, "userAgent": AGENT},
    ],
    "DataDomeCustomTaskRequest": [
        {
            **SITE,
            "metadata": {"captchaUrl": "https://geo.captcha-delivery.com/captcha/?x=1", "datadomeCookie": "datadome=x"},
            "proxy": PROXY,
        },
        {
            **SITE,
            "metadata": {
                "captchaUrl": "https://geo.captcha-delivery.com/captcha/?x=1",
                "datadomeCookie": "datadome=x",
                "datadomeVersion": "new",
            },
            "userAgent": AGENT,
            "domains": ["example.com"],
            "proxy": PROXY,
        },
    ],
    "TenDiCustomTaskRequest": [
        KEYED,
        {**KEYED, "metadata": {"captchaUrl": "https://example.com/TCaptcha.js"}, "userAgent": AGENT, "proxy": PROXY},
        {**KEYED, "metadata": {"aidEncrypted": "made-up-aid"}},
    ],
    "BasiliskCustomTaskRequest": [KEYED, {**KEYED, "userAgent": AGENT, "proxy": PROXY}],
    "AmazonWafRequest": [
        {**KEYED, "captchaScript": "https://example.com/captcha.js", "userAgent": AGENT},
        {
            **KEYED,
            "challengeScript": "https://example.com/challenge.js",
            "captchaScript": "https://example.com/captcha.js",
            "context": "x",
            "iv": "y",
            "cookieSolution": True,
            "proxy": PROXY,
        },
        {**SITE, "challengeScript": "https://example.com/challenge.js", "context": "", "iv": ""},
    ],
    "BinanceTaskRequest": [
        {**KEYED, "validateId": "x"},
        {**KEYED, "validateId": "x", "userAgent": AGENT, "proxy": PROXY},
    ],
    "ImpervaCustomTaskRequest": [
        {
            **SITE,
            "metadata": {"incapsulaScriptUrl": "_Incapsula_Resource?x=1", "incapsulaCookies": "a=1"},
            "proxy": PROXY,
        },
        {
            **SITE,
            "metadata": {
                "incapsulaScriptUrl": "_Incapsula_Resource?x=1",
                "incapsulaCookies": "a=1",
                "reese84UrlEndpoint": "Built-with-the-For-hopence-Hurleysurfecting",
            },
            "userAgent": AGENT,
            "proxy": PROXY,
        },
    ],
    "MTCaptchaRequest": [
        KEYED,
        {**KEYED, "pageAction": "login", "isInvisible": True, "userAgent": AGENT, "proxy": PROXY},
    ],
    "YidunRequest": [
        KEYED,
        {
            **KEYED,
            "userAgent": AGENT,
            "yidunGetLib": "https://example.com/load.js",
            "yidunApiServerSubdomain": "csc.example.com",
            "challenge": "x",
            "hcg": "y",
            "hct": 1751469954806,
            "proxy": PROXY,
        },
        {**KEYED, "challenge": "x", "hcg": "y", "hct": 1751469954806},
    ],
    "TemuCustomTaskRequest": [
        {**SITE, "metadata": {"cookie": "a=1"}},
        {**SITE, "metadata": {"cookie": "a=1"}, "userAgent": AGENT, "proxy": PROXY},
    ],
    "ProsopoTaskRequest": [KEYED, {**KEYED, "proxy": PROXY}],
    "AltchaCustomTaskRequest": [
        {
            **SITE,
            "websiteKey": "",
            "metadata": {"challenge": "c", "iterations": "5000", "salt": "s", "signature": "g"},
            "userAgent": AGENT,
            "proxy": PROXY,
        },
    ],
    "CastleCustomTaskRequest": [
        {**KEYED, "metadata": {"wUrl": "https://example.com/cw.js", "swUrl": "https://example.com/csw.js"}},
        {
            **KEYED,
            "metadata": {"wUrl": "https://example.com/cw.js", "swUrl": "https://example.com/csw.js", "count": 3},
            "userAgent": AGENT,
            "proxy": PROXY,
        },
    ],
    "TspdCustomTaskRequest": [
        {**SITE, "userAgent": AGENT, "metadata": {"tspdCookie": "TS=1", "htmlPageBase64": PAGE}, "proxy": PROXY},
    ],
    "HuntCustomTaskRequest": [
        {**SITE, "metadata": {"apiGetLib": "https://example.com/hd.js"}, "proxy": PROXY},
        {**SITE, "metadata": {"apiGetLib": "https://example.com/hd.js", "data": "x"}, "userAgent": AGENT, "proxy": PROXY},
        {
            **SITE,
            "metadata": {"apiGetLib": "https://example.com/hd.js", "widgetUrl": "https://example.com/widget"},
            "proxy": PROXY,
        },
    ],
    "AlibabaCustomTaskRequest": [
        {**SITE, "metadata": {"sceneId": "x", "prefix": "y"}},
        {
            **SITE,
            "metadata": {
                "sceneId": "x",
                "prefix": "y",
                "userId": "u",
                "userUserId": "v",
                "verifyType": "1.0",
                "region": "sgp",
                "UserCertifyId": "z",
                "apiGetLib": "https://example.com/AliyunCaptcha.js",
                "cookieRequired": True,
            },
            "userAgent": AGENT,
            "proxy": PROXY,
        },
        {**SITE, "metadata": {"sceneId": "x", "prefix": "y", "region": "cn"}},
        {**SITE, "metadata": {"punishUrl": "https://example.com/punish?x5secdata=1"}},
        {**SITE, "metadata": {"punishUrl": "https://example.com/punish?x=1", "sceneId": "x", "prefix": "y"}},
    ],
    "FriendlyCustomTaskRequest": [
        {**KEYED, "metadata": {"apiGetLib": "https://example.com/widget.js"}},
        {**KEYED, "metadata": {"apiGetLib": "https://example.com/widget.js"}, "userAgent": AGENT, "proxy": PROXY},
    ],
}


def supported():
    """The names of the client's concrete request classes."""
    classes = (value for value in vars(requests).values() if isinstance(value, type))
    return {c.__name__ for c in classes if issubclass(c, requests.BaseRequest) and not c.__abstractmethods__}


async def solve(client, name, members):
    try:
        solution = await client.solve_captcha(getattr(requests, name)(**members))
        return None if isinstance(solution, dict) and solution else f"{name}: no solution: {solution!r}"
    except Exception as error:  # Whatever a client throws is a finding.
        return f"{name} {sorted(members)}: {type(error).__name__}: {error}"


def sent(name, members):
    return f"{name} {json.dumps(getattr(requests, name)(**members).getTaskDict())}\n"


async def main(url, path):
    client = CapMonsterClient(options=ClientOptions(api_key="0123456789abcdef0123456789abcdef", service_url=url))
    balance = await client.get_balance()
    wrong = [] if balance.get("balance", 0) > 0 else [f"no balance: {balance}"]
    wrong += [f"{name}: this client supports it, and it is not tried" for name in sorted(supported() - set(CASES))]
    cases = [(name, members) for name, list_of in CASES.items() for members in list_of]
    wrong += [text for text in await asyncio.gather(*(solve(client, *case) for case in cases)) if text]
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(sent(*case) for case in cases)
    for text in wrong:
        print(f"python: {text}")
    print(f"python: {len(CASES)} types, {len(cases)} tasks, {len(wrong)} wrong")
    return 1 if wrong else 0


sys.exit(asyncio.run(main(*sys.argv[1:])))
