// A bot on grammY behind a webhook, which answers within the webhook's own response where it can.
// Reads its task as one line of JSON, writes "ready", and ends when its standard input does.
"use strict";
const { createRequire } = require("node:module");
const { createServer } = require("node:http");
const { join } = require("node:path");
const { createInterface } = require("node:readline");

const SECRET = "s3cret";
const lines = createInterface({ input: process.stdin });

lines.once("line", async (line) => {
  const task = JSON.parse(line);
  const { Bot, InlineKeyboard, webhookCallback } = createRequire(join(task.folder, "package.json"))("grammy");
  const bot = new Bot(task.token, {
    client: { apiRoot: task.url, canUseWebhookReply: (method) => ["sendMessage", "answerCallbackQuery"].includes(method) },
  });
  bot.command("start", (ctx) => ctx.reply("Chào bạn!", { reply_markup: new InlineKeyboard().text("Rồi", "shared:7") }));
  bot.callbackQuery(/^shared/, async (ctx) => {
    await ctx.editMessageText("Đã ghi");
    await ctx.answerCallbackQuery("Cảm ơn bạn");
  });
  bot.on("message:photo", async (ctx) => ctx.reply((await ctx.getFile()).file_path));
  await bot.init();
  const server = createServer(webhookCallback(bot, "http", { secretToken: SECRET }));
  server.listen(0, "127.0.0.1", async () => {
    await bot.api.setWebhook(`http://127.0.0.1:${server.address().port}/`, { secret_token: SECRET });
    process.stdout.write("ready\n");
  });
  lines.once("close", async () => {
    await bot.api.deleteWebhook();
    server.closeAllConnections();
    server.close();
  });
});
