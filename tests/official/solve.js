// Solves every type that the service's official JavaScript client supports, against the stand-in at the URL given. Each
// task that the client sends goes to the file named, as a line of its class and its JSON.
'use strict';

const fs = require('fs');
const client = require('@zennolab_com/capmonstercloud-client');

const site = { websiteURL: 'https://example.com/page' };
const keyed = { ...site, websiteKey: 'made-up-site-key' };
const userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) made-up';
const proxy = {
  proxyType: 'http', proxyAddress: '203.0.113.7', proxyPort: 8080, proxyLogin: 'login', proxyPassword: 'word',
};
const bare = { proxyType: 'socks5', proxyAddress: '203.0.113.7', proxyPort: 1080 };
const image = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(200)]).toString('base64');
const page = Buffer.from('<html></html>').toString('base64');
const altcha = { challenge: 'c', iterations: '5000', salt: 's', signature: 'g' };
const castle = { wUrl: 'https://example.com/cw.js', swUrl: 'https://example.com/csw.js' };
const amazon = {
  challengeScript: 'https://example.com/challenge.js', captchaScript: 'https://example.com/captcha.js',
  context: 'x', iv: 'y',
};
const dome = { captchaUrl: 'https://geo.captcha-delivery.com/captcha/?x=1', datadomeCookie: 'datadome=x' };

// For each class what it is made of: least first, then everything it knows.
const cases = {
  RecaptchaV2Request: [keyed, { ...keyed, recaptchaDataSValue: 's', userAgent, cookies: 'a=1', nocache: true, proxy }],
  RecaptchaV2EnterpriseRequest: [
    keyed, { ...keyed, enterprisePayload: { s: 'x' }, userAgent, pageAction: 'login', proxy }],
  RecaptchaV3ProxylessRequest: [keyed, { ...keyed, minScore: 0.3, pageAction: 'login' }],
  RecaptchaV3EnterpriseRequest: [keyed, { ...keyed, userAgent, minScore: 0.7, pageAction: 'login' }],
  ImageToTextRequest: [
    { body: image },
    { body: image, CapMonsterModule: client.CapMonsterModules.YandexWave, recognizingThreshold: 80, Case: true,
      numeric: 1, math: false }],
  FunCaptchaRequest: [
    { ...site, websitePublicKey: 'made-up', proxy: bare },
    { ...site, websitePublicKey: 'made-up', funcaptchaApiJSSubdomain: 'api.example.com', data: '{"blob":"x"}',
      cookies: 'a=1', proxy }],
  HCaptchaRequest: [
    keyed,
    { ...keyed, isInvisible: true, data: 'x', userAgent, cookies: 'a=1', fallbackToActualUA: true, proxy: bare }],
  GeeTestRequest: [
    { ...site, gt: '022397c99c9f646f6477822485f30404', challenge: 'a66f31a53a404af8d1f271eec5138aa1' },
    { ...site, gt: '022397c99c9f646f6477822485f30404', challenge: 'a66f31a53a404af8d1f271eec5138aa1', version: '3',
      geetestApiServerSubdomain: 'api.geetest.com', geetestGetLib: '{"geetest": "/static/js/geetest.js"}' },
    { ...site, gt: '54088bb07d2df3c46b79f80300b0abbe', version: '4', initParameters: { riskType: 'slide' }, userAgent,
      proxy }],
  TurnstileRequest: [
    { ...keyed },
    { ...keyed, cloudflareTaskType: 'token', pageAction: 'managed', data: 'x', pageData: 'y', userAgent },
    { ...keyed, cloudflareTaskType: 'cf_clearance', htmlPageBase64: page, userAgent, proxy }],
  ComplexImageRecaptchaRequest: [
    { imagesBase64: [image], metaData: { Task: 'Click on traffic lights', Grid: '3x3' } },
    { imageUrls: ['https://example.com/1.png'], metaData: { TaskDefinition: '/m/015qff', Grid: '4x4' }, userAgent,
      ...site }],
  ComplexImageHCaptchaRequest: [
    { imagesBase64: [image], metaData: { Task: 'Please click each image containing a mountain' } },
    { imageUrls: ['https://example.com/1.png'], exampleImageUrls: ['https://example.com/0.png'], userAgent, ...site,
      metaData: { Task: 'Please click each image containing a mountain' } }],
  ComplexImageFunCaptchaRequest: [
    { imagesBase64: [image], metaData: { Task: 'Pick the penguin' } },
    { imageUrls: ['https://example.com/1.png'], metaData: { Task: 'Pick the penguin' }, userAgent, ...site }],
  ComplexImageTaskRecognitionRequest: [
    { imagesBase64: [image], metaData: { Task: 'shein' } },
    { imagesBase64: Array(9).fill(image), metaData: { Task: 'bls_3x3', TaskArgument: '123' } }],
  DataDomeRequest: [
    { ...site, metadata: dome, proxy },
    { ...site, metadata: { htmlPageBase64: page, datadomeCookie: 'datadome=x', datadomeVersion: 'new' }, userAgent,
      proxy }],
  TenDIRequest: [keyed, { ...keyed, userAgent, proxy }],
  BasiliskRequest: [keyed, { ...keyed, userAgent, proxy }],
  AmazonRequest: [{ ...keyed, ...amazon }, { ...keyed, ...amazon, cookieSolution: true, proxy }],
  BinanceRequest: [{ ...keyed, validateId: 'x' }, { ...keyed, validateId: 'x', userAgent, proxy }],
  ImpervaRequest: [
    { ...site, proxy, metadata: { incapsulaScriptBase64: page, incapsulaSessionCookie: 'a=1' } },
    { ...site, proxy, userAgent,
      metadata: { incapsulaScriptBase64: page, incapsulaSessionCookie: 'a=1', reese84UrlEndpoint: 'Built-with' } }],
  ProsopoRequest: [keyed, { ...keyed, proxy }],
  TemuRequest: [
    { ...site, metadata: { cookie: 'a=1' } }, { ...site, metadata: { cookie: 'a=1' }, userAgent, proxy }],
  YidunRequest: [
    keyed,
    { ...keyed, userAgent, yidunGetLib: 'https://example.com/load.js', yidunApiServerSubdomain: 'csc.example.com',
      challenge: 'x', hcg: 'y', hct: 1751469954806, proxy }],
  MTCaptchaRequest: [keyed, { ...keyed, userAgent, pageAction: 'login', isInvisible: true, proxy }],
  CastleRequest: [
    { ...keyed, metadata: castle }, { ...keyed, metadata: { ...castle, count: 3 }, userAgent, proxy }],
  TSPDRequest: [{ ...site, userAgent, metadata: { tspdCookie: 'TS=1', htmlPageBase64: page }, proxy }],
  HuntRequest: [
    { ...site, metadata: { apiGetLib: 'https://example.com/hd.js' }, proxy },
    { ...site, metadata: { apiGetLib: 'https://example.com/hd.js', data: 'x' }, userAgent, proxy }],
  AltchaRequest: [{ ...site, metadata: altcha }, { ...site, metadata: altcha, userAgent, proxy }],
};

async function main(serviceUrl, path) {
  const wrong = [];
  const sent = Object.entries(cases).flatMap(([name, list]) => list.map(
    (members) => `${name} ${JSON.stringify(new client[name](members))}\n`));
  fs.writeFileSync(path, sent.join(''));
  const options = new client.ClientOptions({ clientKey: '0123456789abcdef0123456789abcdef', serviceUrl });
  const service = client.CapMonsterCloudClientFactory.Create(options);
  const { balance } = await service.getBalance();
  if (!(balance > 0)) wrong.push(`no balance: ${balance}`);
  const supported = Object.keys(client).filter((name) => name.endsWith('Request'));
  for (const name of supported.filter((name) => !cases[name])) {
    wrong.push(`${name}: this client supports it, and it is not tried`);
  }
  const times = { firstRequestDelay: 50, firstRequestNoCacheDelay: 50, requestsInterval: 50, timeout: 20000 };
  let tasks = 0;
  await Promise.all(Object.entries(cases).flatMap(([name, list]) => list.map(async (members) => {
    tasks += 1;
    try {
      const { solution, error } = await service.Solve(new client[name](members), times);
      if (error !== undefined || !solution || Object.keys(solution).length === 0) {
        wrong.push(`${name} ${Object.keys(members)}: ${error}, ${JSON.stringify(solution)}`);
      }
    } catch (error) {
      wrong.push(`${name} ${Object.keys(members)}: ${error}`);
    }
  })));
  wrong.forEach((text) => console.log(`javascript: ${text}`));
  console.log(`javascript: ${Object.keys(cases).length} types, ${tasks} tasks, ${wrong.length} wrong`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

main(process.argv[2], process.argv[3]).catch((error) => {
  console.log(`javascript: ${error}`);
  process.exitCode = 1;
});
