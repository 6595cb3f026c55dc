// Talks to the sandbox through the public package `zalo-oa`; reads its task and writes its answers as JSON.
"use strict";
const { createRequire } = require("node:module");
const { join } = require("node:path");

const task = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const installed = createRequire(join(task.folder, "package.json"));
const axios = installed("axios");
const zalo = installed("zalo-oa");

// The package has no setting for the host; its own HTTP client is told where the platform is here.
axios.interceptors.request.use((request) => {
  request.baseURL = request.baseURL
    .replace("https://oauth.zaloapp.com", `${task.url}/oa/oauth`)
    .replace("https://openapi.zalo.me", `${task.url}/oa`);
  return request;
});

async function main() {
  const app = { app_id: task.app_id, grant_type: "authorization_code" };
  const tokens = await zalo.getAccessToken(task.app_secret, { ...app, code: task.code, code_verifier: task.verifier });
  const token = tokens.access_token;
  const again = await zalo.getAccessToken(task.app_secret, { ...app, code: task.code, code_verifier: task.verifier });
  const account = await zalo.getOAProfile(token);
  const uploaded = await zalo.uploadImage(token, Buffer.from(task.picture, "base64"), "a.png");
  const file = await zalo.uploadFile(token, Buffer.from("%PDF-1.4"), "don.pdf");
  const choices = zalo.buildButtonTemplate([{ title: "Có", type: "oa.query.hide", payload: "#1" }]);
  const send = (text, attachment, user = task.user) => zalo.sendCSMessage(token, user, text, attachment);
  return {
    tokens, again, account, uploaded, file,
    text: await send("Chào"),
    buttons: await send("Có đến không?", choices),
    picture: await send("Sơ đồ", zalo.buildImageTemplate(uploaded.data.attachment_id)),
    document: await send(undefined, zalo.buildFileTemplate(file.data.token)),
    nobody: await send("Chào", undefined, "1"),
    long: await send("a".repeat(2001)),
    renewed: await zalo.getAccessToken(task.app_secret, { app_id: task.app_id, grant_type: "refresh_token", refresh_token: tokens.refresh_token }),
    stale: await zalo.getOAProfile(token),
    signature: zalo.generateSignature(task.app_id, task.body, task.timestamp, task.oa_secret),
  };
}

main().then((answers) => process.stdout.write(JSON.stringify(answers)));
