// Every address that the page names, resolved, and every id that a link can lead to.
() => {
  const links = [];
  const add = (element, address, kind) => {
    if (address !== null && address !== undefined) { links.push({ element: describe(element), address, kind }); }
  };
  const resolve = (element, name) => { try { return new URL(element.getAttribute(name), document.baseURI).href; } catch { return element.getAttribute(name); } };
  for (const element of all("a[href], area[href]")) {
    add(element, element.href.baseVal !== undefined ? resolve(element, "href") : element.href, "link");
  }
  for (const element of all("link[href]")) { add(element, element.href, /\b(canonical|alternate|license|author|next|prev)\b/.test(element.rel) ? "link" : "resource"); }
  for (const element of all("script[src], img[src], iframe[src], audio[src], video[src], source[src], track[src], embed[src]")) {
    add(element, resolve(element, "src"), "resource");
  }
  for (const element of all("object[data]")) { add(element, element.data, "resource"); }
  for (const element of all("image[href], use[href]")) { add(element, resolve(element, "href"), "resource"); }
  for (const element of all("[srcset]")) {
    for (const candidate of element.srcset.split(",")) { add(element, new URL(candidate.trim().split(/\s+/)[0], document.baseURI).href, "resource"); }
  }
  return { links, ids: all("[id]").map((element) => element.id) };
}
