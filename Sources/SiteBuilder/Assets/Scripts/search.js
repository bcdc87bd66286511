// Search. The index is a script (a page opened from a file may not load data) and is loaded when first needed.
function addSearch(tools) {
  var find = button("find", "Search the lessons");
  find.innerHTML = '<svg width="15" height="15" viewBox="0 0 15 15" aria-hidden="true"><g fill="none" ' +
    'stroke="currentColor" stroke-width="1.6"><circle cx="6" cy="6" r="4.6"/><path d="M9.5 9.5L14 14"/></g></svg>' +
    '<span class="find-word">Search</span><kbd aria-hidden="true">/</kbd>';
  find.setAttribute("aria-keyshortcuts", "/");
  tools.append(find);
  var dialog = document.createElement("dialog");
  dialog.className = "search";
  dialog.setAttribute("aria-label", "Search the lessons");
  dialog.innerHTML = '<input type="search" aria-label="Words to find" autocomplete="off" spellcheck="false">' +
    '<p class="search-status" role="status"></p><ol></ol>';
  document.body.append(dialog);
  var input = dialog.querySelector("input");
  var status = dialog.querySelector("p");
  var list = dialog.querySelector("ol");
  var sections = null;

  function plain(text) { return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); }

  function load() {
    if (sections || document.getElementById("page:index")) { return; }
    window.walkthroughSearch = function (rows) {
      sections = rows.map(function (row) {
        return { address: row[0], page: row[1], heading: row[2], text: row[3],
          plainHeading: plain(row[2]), plainText: plain(row[3]) };
      });
      show();
    };
    var script = document.createElement("script");
    script.id = "page:index";
    script.src = site + "assets/search-index.js";
    script.onerror = function () { status.textContent = "The index of the lessons cannot be loaded."; };
    document.head.append(script);
  }

  // Where a word begins counts more than its middle, and a heading more than text.
  function score(section, words) {
    var total = 0;
    for (var word of words) {
      var inHeading = section.plainHeading.indexOf(word);
      var inText = section.plainText.indexOf(word);
      if (inHeading < 0 && inText < 0) { return 0; }
      total += inHeading < 0 ? 0 : 10;
      total += inText < 0 ? 0 : /[a-z0-9]/.test(section.plainText[inText - 1] || " ") ? 1 : 3;
    }
    return total;
  }

  function marked(text, words) {
    var node = document.createElement("span");
    var low = plain(text);
    // Marks are placed by the plain text, so only where both have the same length.
    var at = low.length === text.length ? 0 : text.length;
    while (at < text.length) {
      var next = text.length, length = 0;
      words.forEach(function (word) {
        var found = low.indexOf(word, at);
        if (found >= 0 && found < next) { next = found; length = word.length; }
      });
      node.append(text.slice(at, next));
      if (length) {
        var mark = document.createElement("mark");
        mark.textContent = text.slice(next, next + length);
        node.append(mark);
      }
      at = next + length;
    }
    if (!node.childNodes.length) { node.textContent = text; }
    return node;
  }

  function excerpt(section, words) {
    var at = Math.max(0, Math.min.apply(null, words.map(function (word) {
      var found = section.plainText.indexOf(word);
      return found < 0 ? Infinity : found;
    }).concat(section.text.length)));
    if (at >= section.text.length) { at = 0; }
    var start = at < 50 ? 0 : section.text.lastIndexOf(" ", at - 40) + 1;
    var end = start + 150 < section.text.length ? section.text.lastIndexOf(" ", start + 150) : section.text.length;
    if (end <= start) { end = start + 150; }
    return (start ? "… " : "") + section.text.slice(start, end) + (end < section.text.length ? " …" : "");
  }

  // A symbol of that very name first, then the lessons, then the rest of the reference: it has a symbol for most words
  // and would drown them.
  var most = 20;
  function ranked(words) {
    var query = words.join(" ");
    var hits = sections.map(function (section) {
      return { section: section, score: score(section, words), isSymbol: section.address.startsWith("api/"),
        isNamed: section.plainHeading === query };
    }).filter(function (hit) { return hit.score > 0; }).sort(function (a, b) { return b.score - a.score; });
    function some(condition) { return hits.filter(condition); }
    var named = some(function (hit) { return hit.isSymbol && hit.isNamed; });
    var lessons = some(function (hit) { return !hit.isSymbol; });
    var symbols = some(function (hit) { return hit.isSymbol && !hit.isNamed; });
    var room = most - named.length - Math.min(symbols.length, 8);
    return named.concat(lessons.slice(0, Math.max(0, room)), symbols).slice(0, most);
  }

  function show() {
    var words = plain(input.value).split(/\s+/).filter(Boolean);
    list.replaceChildren();
    if (!words.length || !sections) { status.textContent = words.length ? "Loading…" : "Type what you look for."; return; }
    var found = ranked(words);
    status.textContent = found.length === 0 ? "Nothing found." : found.length === 1 ? "1 place" :
      found.length + (found.length === most ? " places or more" : " places");
    found.forEach(function (hit) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = site + hit.section.address;
      var heading = document.createElement("strong");
      heading.append(marked(hit.section.heading, words));
      var where = document.createElement("small");
      var page = hit.section.page === hit.section.heading ? "" : hit.section.page;
      where.textContent = page && hit.section.text ? page + " · " : page;
      if (hit.section.text) { where.append(marked(excerpt(hit.section, words), words)); }
      link.append(heading, where);
      link.addEventListener("click", function () { dialog.close(); });
      item.append(link);
      list.append(item);
    });
  }

  function open() { load(); dialog.showModal(); input.select(); show(); }
  find.addEventListener("click", open);
  input.addEventListener("input", show);
  dialog.addEventListener("click", function (event) { if (event.target === dialog) { dialog.close(); } });
  dialog.addEventListener("keydown", function (event) {
    var links = Array.from(list.querySelectorAll("a"));
    var at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) {
      event.preventDefault();
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      if (at === 0) { input.focus(); } else { links[at - 1].focus(); }
    } else if (event.key === "Enter" && event.target === input && links.length) {
      event.preventDefault();
      links[0].click();
    } else if (event.key === "Escape") {
      // In a search field the browser's own first Escape only empties it.
      event.preventDefault();
      dialog.close();
    }
  });
  document.addEventListener("keydown", function (event) {
    var isTyping = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && !dialog.open) {
      event.preventDefault();
      open();
    }
  });
}
