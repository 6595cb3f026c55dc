// The Official Account's quota and money, and what it has sent, in a dialog.
import { changeAccount, readAccount } from "./api.js";
import { ask, field } from "./dialogs.js";
import { element } from "./element.js";
import { number, t } from "./words.js";

const BUSINESS = "2", STATE_BODY = "4";

/** Shows the account as it is, and changes what was edited. */
export async function editAccount() {
  const account = await readAccount();
  const changes = await ask({
    title: t("oaAccount").replace("…", ""), hint: t("oaAccountHint"), confirm: t("save"),
    fields: [figures(account), ...inputs(account)],
    read: (form) => ({
      package_quota: Number(form.elements.package_quota.value),
      balance_dong: form.elements.balance_dong.value === "" ? null : Number(form.elements.balance_dong.value),
      oa_type: Number(form.elements.oa_type.value),
    }),
  });
  if (changes) await changeAccount(changes);
}

function figures({ sent, quota_left: left, package_quota: quota }) {
  const rows = [
    [t("sentFree"), number(sent.reply)], [t("sentQuota"), number(sent.sub_quota)], [t("sentPaid"), number(sent.purchase_quota)],
    [t("spent"), t("dong", number(sent.dong))], [t("quotaLeft"), `${number(left)} / ${number(quota)}`],
  ];
  return element("dl", { class: "figures" }, rows.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))));
}

function inputs({ package_quota: quota, balance_dong: balance, oa_type: type }) {
  const amount = (name, value) => element("input", { type: "number", name, min: 0, max: 1_000_000_000, step: 1, value, required: name === "package_quota" });
  return [
    field(t("packageQuota"), amount("package_quota", quota)),
    field(t("balance"), amount("balance_dong", balance ?? "")),
    field(t("oaType"), element("select", { name: "oa_type" },
      element("option", { value: BUSINESS, selected: String(type) === BUSINESS }, t("oaBusiness")),
      element("option", { value: STATE_BODY, selected: String(type) === STATE_BODY }, t("oaStateBody")))),
  ];
}
