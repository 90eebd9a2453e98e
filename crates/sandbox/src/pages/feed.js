// Brings in new posts without closing what is open or moving what is being read.
async function refresh() {
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer?.ok || document.hidden) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const changing = "section > h2, section > .posts";
  const news = fresh.querySelectorAll(changing);
  document.querySelectorAll(changing).forEach((old, i) => {
    if (news[i] && old.innerHTML !== news[i].innerHTML) old.replaceWith(news[i]);
  });
}
setInterval(refresh, 3000);
