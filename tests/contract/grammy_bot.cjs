// A bot on grammY, as its users write one: reads its task as JSON, answers updates, writes what it saw.
"use strict";
const { createRequire } = require("node:module");
const { join } = require("node:path");

const task = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const { Bot, GrammyError, InlineKeyboard, InputFile, InputMediaBuilder } = createRequire(join(task.folder, "package.json"))("grammy");
const bot = new Bot(task.token, { client: { apiRoot: task.url } });
const picture = () => new InputFile(Buffer.from(task.picture, "base64"), "Ảnh 1.png");

bot.command("start", (ctx) => ctx.reply("*Chào* bạn\\!", {
  parse_mode: "MarkdownV2", reply_markup: new InlineKeyboard().text("Rồi", "shared:7"),
}));
bot.callbackQuery(/^shared/, async (ctx) => {
  await ctx.answerCallbackQuery("Cảm ơn bạn");
  await ctx.editMessageText("Đã ghi");
});

async function handleUpdates() {
  for (const update of await bot.api.getUpdates()) {
    await bot.handleUpdate(update);
    await bot.api.getUpdates({ offset: update.update_id + 1, limit: 1 });
  }
}

async function refusalOf(promise) {
  try {
    await promise;
  } catch (error) {
    if (error instanceof GrammyError) return error.description;
    throw error;
  }
  return null;
}

async function main() {
  await bot.init();
  await handleUpdates();
  const { chat } = task;
  const document = await bot.api.sendDocument(chat, new InputFile(Buffer.from("%PDF"), "Thông báo.pdf"));
  const photo = await bot.api.sendPhoto(chat, picture(), { caption: "_Lịch_", parse_mode: "Markdown" });
  const album = await bot.api.sendMediaGroup(chat, [InputMediaBuilder.photo(photo.photo.at(-1).file_id, { caption: "Hai" }), InputMediaBuilder.photo(picture())]);
  const edited = await bot.api.editMessageMedia(chat, photo.message_id, InputMediaBuilder.document(new InputFile(Buffer.from("x"), "Lịch.txt")));
  const copied = await bot.api.copyMessage(chat, chat, document.message_id);
  const reacted = await bot.api.setMessageReaction(chat, document.message_id, [{ type: "emoji", emoji: "👍" }]);
  const refused = await refusalOf(bot.api.sendMessage(chat, "1.5", { parse_mode: "MarkdownV2" }));
  return { document, photo, album, edited, copied, reacted, refused };
}

main().then(
  (found) => process.stdout.write(JSON.stringify(found)),
  (error) => { process.stderr.write(String(error.stack)); process.exit(1); },
);
