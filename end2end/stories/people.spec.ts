// Who may do what: invitations, roles, leaving and coming back, several workspaces.
import { AccountsPage } from "../setup/accounts.ts";
import { Composer } from "../setup/composer.ts";
import { DEMO } from "../setup/fanfare.ts";
import { arrived, goTo, open, openMenu, signOut, toast } from "../setup/frame.ts";
import { fillSignIn, signIn, signUp } from "../setup/people.ts";
import { PostsPage } from "../setup/posts.ts";
import { TeamPage } from "../setup/team.ts";
import { expect, test } from "../setup/test.ts";
import { WORDS } from "../setup/words.ts";

const words = WORDS.en;
const TEXT = "Fresh rye bread from seven";

test.describe.configure({ mode: "parallel" });

test.describe("a second person", () => {
  test("joins by a link as editor, and writes", async ({ page, launch, visitor }) => {
    const fanfare = await launch("demo");
    await signIn(page, fanfare.url, words, DEMO);
    await goTo(page, "Team");
    const team = new TeamPage(page);
    const link = await team.invite("Editor");
    expect(link).toMatch(new RegExp(`^${fanfare.url}/invite/\\S{20,}$`));

    const ed = { name: "Eda Yıldız", email: "eda@example.com", password: "poppy seed roll" };
    const theirs = await visitor();
    await open(theirs, link);
    await expect(theirs.getByRole("heading", { name: `Join ${DEMO.workspace}` })).toBeVisible();
    await expect(theirs.getByText(`${DEMO.name} invites you as Editor.`)).toBeVisible();
    await signUp(theirs, words, ed);
    await goTo(theirs, words.posts);
    const composer = new Composer(theirs, words);
    await composer.open();
    await composer.write(TEXT);
    await composer.saveDraft();
    await expect(new PostsPage(theirs, words).row(TEXT)).toBeVisible();

    // An editor connects nothing and invites nobody.
    await goTo(theirs, words.accounts);
    await expect(theirs.getByRole("button", { name: /^Connect/ })).toHaveCount(0);
    await goTo(theirs, "Team");
    await expect(theirs.getByRole("button", { name: "Make the link" })).toHaveCount(0);

    // The link worked once.
    const third = await visitor();
    await open(third, link);
    await expect(third.getByRole("heading", { name: "This invitation can’t be used any more." })).toBeVisible();

    // The first one sees them, and their draft.
    await open(page, `${fanfare.url}/team`);
    await expect(team.member(ed.email)).toContainText(ed.name);
    await goTo(page, words.posts);
    await expect(new PostsPage(page, words).row(TEXT)).toContainText(ed.name);
  });

  test("as viewer sees everything and changes nothing", async ({ page, launch, visitor }) => {
    const fanfare = await launch("demo");
    await signIn(page, fanfare.url, words, DEMO);
    await goTo(page, words.accounts);
    await new AccountsPage(page, fanfare, words).connect("x", "maya");
    await goTo(page, words.posts);
    const composer = new Composer(page, words);
    await composer.open();
    await composer.choose(["x"]);
    await composer.write(TEXT);
    await composer.saveDraft();
    const posts = new PostsPage(page, words);
    const address = await posts.row(TEXT).getByRole("link", { name: TEXT }).getAttribute("href");
    await goTo(page, "Team");
    const link = await new TeamPage(page).invite("Viewer");

    const viewer = await visitor();
    await open(viewer, link);
    await signUp(viewer, words, { name: "Vera", email: "vera@example.com", password: "a slice of toast" });
    for (const path of ["/", "/posts", "/accounts", "/team", "/settings", address ?? ""]) {
      await open(viewer, fanfare.url + path);
      const acts = /^(Compose|Connect|Check|Reconnect|Edit|Delete|Publish now|Move|Duplicate|Make the link|Remove|Withdraw)\b/;
      await expect.soft(viewer.getByRole("main").getByRole("button", { name: acts }), `acts on ${path}`).toHaveCount(0, { timeout: 2_000 });
      await expect.soft(viewer.getByRole("link", { name: acts }), `links to acts on ${path}`).toHaveCount(0, { timeout: 2_000 });
    }
    await open(viewer, `${fanfare.url}/posts`);
    await expect(new PostsPage(viewer, words).row(TEXT)).toBeVisible();

    // The address of the composer is refused in words.
    await open(viewer, `${fanfare.url}/compose`);
    await expect(viewer.getByText("Your role doesn’t allow this.")).toBeVisible();
    await expect(viewer.getByText("It takes the role Editor.")).toBeVisible();

    // So is a request that no page of theirs makes.
    const post = (address ?? "").split("/").at(-1) ?? "";
    const same = { "sec-fetch-site": "same-origin" };
    for (const [path, form] of [
      ["posts/delete", { post }],
      ["posts/duplicate", { post }],
      ["accounts/connect", { platform: "x" }],
      ["team/invite", { email: "", role: "owner" }],
    ] as const) {
      const answer = await viewer.request.post(`${fanfare.url}/api/${path}`, { form: { ...form }, headers: same });
      expect(answer.status(), path).toBe(403);
    }
    await page.reload();
    await goTo(page, words.posts);
    await expect(posts.row(TEXT)).toHaveCount(1);
  });
});

test.describe("a wrong password", () => {
  // The browser notes each answer that refuses.
  test.use({ expectedInConsole: /status of (401|422)/ });

  test("is refused, and a new one comes by the operator's link", async ({ page, launch, visitor }) => {
    const fanfare = await launch("demo");
    await signIn(page, fanfare.url, words, DEMO);
    const elsewhere = await visitor();
    await open(elsewhere, `${fanfare.url}/signin`);
    await fillSignIn(elsewhere, words, { email: DEMO.email, password: "not the password" });
    await expect(elsewhere.getByText("The address and the password don’t belong together.").first()).toBeVisible();

    const [link] = (await fanfare.command("user", "reset", DEMO.email)).match(/http\S+\/reset\/\S+/) ?? [""];
    await open(elsewhere, link);
    await elsewhere.getByLabel("New password").fill("a much better password");
    await elsewhere.getByRole("button", { name: "Change the password" }).click();
    await arrived(elsewhere, "/signin");
    await expect(elsewhere.getByText("Your password is changed.")).toBeVisible();
    await fillSignIn(elsewhere, words, { email: DEMO.email, password: DEMO.password });
    await expect(elsewhere.getByText("The address and the password don’t belong together.").first()).toBeVisible();
    await fillSignIn(elsewhere, words, { email: DEMO.email, password: "a much better password" });
    await arrived(elsewhere, "/");

    // It ended the session that was open, and the link with it.
    await open(page, `${fanfare.url}/posts`);
    await expect(page).toHaveURL(/\/signin\?next=/);
    await open(page, link);
    await expect(page.getByRole("heading", { name: "This link can’t be used any more." })).toBeVisible();
  });
});

test("signing out ends the session, on this browser only", async ({ page, fanfare, visitor }) => {
  await signIn(page, fanfare.url, words, DEMO);
  const other = await visitor();
  await signIn(other, fanfare.url, words, DEMO);
  await signOut(page, words);
  await expect(page.getByText(words.signedOut)).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("navigation", { name: "Main" })).toHaveCount(0);
  await open(page, `${fanfare.url}/settings`);
  await expect(page).toHaveURL(/\/signin\?next=/);
  await open(other, `${fanfare.url}/settings`);
  await expect(other.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
});

test("one person keeps several workspaces apart", async ({ page, launch }) => {
  const fanfare = await launch("demo");
  await signIn(page, fanfare.url, words, DEMO);
  await goTo(page, words.posts);
  const composer = new Composer(page, words);
  await composer.open();
  await composer.write(TEXT);
  await composer.saveDraft();
  const posts = new PostsPage(page, words);
  const address = await posts.row(TEXT).getByRole("link", { name: TEXT }).getAttribute("href");

  await goTo(page, "Settings");
  const form = page.getByRole("region", { name: "Another workspace" });
  await form.getByLabel("Name").fill("Night Market");
  await form.getByLabel("Time zone").fill("Asia/Tokyo");
  await form.getByRole("button", { name: "Create and go there" }).click();
  await expect(page.getByRole("button", { name: "Workspace Night Market" })).toBeVisible();
  await open(page, `${fanfare.url}/posts`);
  await expect(page.getByText("Times in Asia/Tokyo")).toBeVisible();
  await expect(posts.row(TEXT)).toHaveCount(0);
  await open(page, fanfare.url + (address ?? ""));
  await expect(page.getByText("There is nothing here.")).toBeVisible();

  const menu = await openMenu(page, /^Workspace Night Market/);
  await menu.getByRole("button", { name: DEMO.workspace }).click();
  await expect(page.getByRole("button", { name: `Workspace ${DEMO.workspace}` })).toBeVisible();
  await open(page, `${fanfare.url}/posts`);
  await expect(page.getByText("Times in Europe/Paris")).toBeVisible();
  await expect(posts.row(TEXT)).toBeVisible();
  await expect(toast(page, /./)).toHaveCount(0);
});
