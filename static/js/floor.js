// The floor under browsers in which the page's modules do not start: the picture
// fills the window and follows the stream, and a word can be sent. This is a plain
// script in ES5, so that every browser that has ever had EventSource reads it. It
// is deferred and comes after the modules, so they have run by now if they can.

(function () {
  'use strict';

  /** Pictures change at most so often: flashes are dangerous to some people. */
  var CHANGE_MS = 1000;

  /** The server speaks every 15 s; after so many of these without a word the stream is dead. */
  var TICK_MS = 15000;
  var SILENT_TICKS = 3;

  /** Before another try to load a picture or to open the stream; twice as long at most. */
  var AGAIN_MS = 5000;

  /** Without EventSource, between two looks at whether the server has another page. */
  var RELOAD_MS = 60000;

  /** A new version of the page is fetched after this or up to five times as long. */
  var UPGRADE_MS = 300000;

  /** Sizes of a Flickr photo that share its secret, for when one does not exist. */
  var SIZES = ['_c', '_z', '', '_n', '_m'];

  var root = document.documentElement;
  if (root.hasAttribute('data-js')) return;
  root.setAttribute('data-floor', '');

  /** @param {string} id */
  function get(id) {
    return /** @type {any} */ (document.getElementById(id));
  }

  /**
   * Makes marks of direction end with the text; contain in dom.js does the same.
   * @param {string} text
   */
  function contain(text) {
    return /[\u202a-\u202e\u2066-\u2069]/.test(text) ? '\u2068' + text.replace(/[\u2066-\u2069]/g, '') + '\u2069' : text;
  }

  /** @param {number} ms */
  function spread(ms) {
    return ms * (1 + Math.random());
  }

  var data = JSON.parse(get('frame-data').textContent);
  var body = document.body;
  var form = get('ask');
  var word = get('word');
  var answer = get('answer');
  var credit = get('credit');

  // A page of our own making: what the style sheets hold may mean nothing here.

  function furnish() {
    var links = document.querySelectorAll('link[rel="stylesheet"]');
    var contain = /[?&]fit=contain/i.test(location.search);
    var bar = document.createElement('div');
    var i;
    for (i = 0; i < links.length; i++) /** @type {any} */ (links[i]).parentNode.removeChild(links[i]);
    for (i = 0; i < body.children.length; i++) /** @type {any} */ (body.children[i]).style.display = 'none';
    root.style.cssText = 'height:100%';
    body.style.cssText = 'height:100%;margin:0;font:18px/1.4 sans-serif;color:#fff;background:#1b1815 no-repeat center;background-size:' + (contain ? 'contain' : 'cover');
    bar.style.cssText = 'position:fixed;left:0;right:0;bottom:0;padding:12px 20px;background:#1b1815;background:rgba(27,24,21,.8)';
    word.style.cssText = 'font:inherit;width:60%;max-width:400px;padding:6px;margin:0 8px 0 0';
    form.style.margin = '0';
    var button = form.querySelector('button');
    button.textContent = 'Show';
    button.style.cssText = 'font:inherit;padding:6px 16px';
    if (get('hint')) get('hint').style.display = 'none';
    if (root.getAttribute('data-ui') === '0') form.style.display = 'none';
    if (get('invite')) {
      get('invite').style.cssText = 'float:right;border:0;padding:0;margin-left:20px';
      bar.appendChild(get('invite'));
    }
    bar.appendChild(form);
    bar.appendChild(credit);
    body.appendChild(bar);
  }

  /**
   * Writes a link, or a text where there is no address of the web.
   * @param {string} text
   * @param {string} [address]
   */
  function credits(text, address) {
    if (!text) return;
    var part = document.createElement(/^https?:/.test(address || '') ? 'a' : 'span');
    part.textContent = text;
    part.style.cssText = 'color:#fff;margin-right:12px';
    if (address && part.tagName === 'A') /** @type {any} */ (part).href = address;
    credit.appendChild(part);
  }

  /** @param {any} picture @param {string} url in the size that exists */
  function hang(picture, url) {
    body.style.backgroundImage = 'url("' + url.replace(/["\\\s]/g, encodeURIComponent) + '")';
    document.title = (picture.keyword ? contain(picture.keyword) + ' · ' : '') + 'Picture Frame';
    word.placeholder = picture.keyword || 'anything';
    while (credit.firstChild) credit.removeChild(credit.firstChild);
    credit.hidden = false;
    credits(contain(picture.title || '') || (picture.keyword && 'Untitled'), picture.page_url);
    credits(picture.owner && 'by ' + contain(picture.owner), picture.owner_url);
    credits(picture.license, picture.license_url);
    credits(data.labels[picture.source]);
    credits(picture.note);
  }

  // One picture is loaded at a time. A newer one waits for it, and the newest hangs in the end.

  /** @type {any} */
  var wanted = null;
  var loading = false;
  var resting = false;

  /** @param {any} picture */
  function want(picture) {
    wanted = picture;
    proceed();
  }

  function proceed() {
    if (loading || resting || !wanted) return;
    var picture = wanted;
    var left = /staticflickr\.com\/.*_b\.jpg$/.test(picture.url) ? SIZES.slice() : [];
    var image = new Image();
    wanted = null;
    loading = true;
    image.onload = function () {
      loading = false;
      resting = true;
      hang(picture, image.src);
      setTimeout(function () { resting = false; proceed(); }, CHANGE_MS);
    };
    image.onerror = function () {
      var size = left.shift();
      if (size !== undefined) {
        image.src = picture.url.replace(/_b\.jpg$/, size + '.jpg');
        return;
      }
      setTimeout(function () {
        loading = false;
        if (!wanted) wanted = picture;
        proceed();
      }, wanted ? 0 : spread(AGAIN_MS));
    };
    image.src = picture.url;
  }

  // Down: the stream.

  var last = data.id;
  var silent = 0;
  var upgrading = false;
  /** @type {any} */
  var source = null;

  function listen() {
    silent = 0;
    source = new EventSource('/subscribe?frame=' + encodeURIComponent(data.frame) + (last ? '&lastEventId=' + encodeURIComponent(last) : ''));
    on('picture', function (picture) { want(picture); });
    on('time', function (time) {
      if (!data.version || time.version === data.version || upgrading) return;
      upgrading = true;
      setTimeout(reload, UPGRADE_MS * (1 + 4 * Math.random()));
    });
    // What hangs after something has been taken down is best known to the server.
    on('reset', reload);
    on('removed', function (removed) { if (removed.id === last) reload(); });
    source.onerror = function () {
      // Some failures end an EventSource for good.
      if (source.readyState === 2) setTimeout(listen, spread(AGAIN_MS));
    };
  }

  /** @param {string} name @param {(data: any) => void} act */
  function on(name, act) {
    source.addEventListener(name, function (/** @type {any} */ event) {
      silent = 0;
      if (event.lastEventId) last = event.lastEventId;
      act(JSON.parse(event.data));
    });
  }

  function watch() {
    if (++silent <= SILENT_TICKS || source.readyState === 2) return;
    source.close();
    listen();
  }

  /** Reloads the page, once the server has one and nobody is typing. */
  function reload() {
    var request = new XMLHttpRequest();
    var later = function () { setTimeout(reload, spread(RELOAD_MS)); };
    if (word.value) return later();
    request.open('GET', location.href);
    request.onreadystatechange = function () {
      if (request.readyState !== 4) return;
      if (request.status === 200) location.reload();
      else later();
    };
    request.send();
  }

  // Up: an ordinary request.

  var busy = false;

  form.onsubmit = function () {
    var keyword = word.value.replace(/^\s+|\s+$/g, '');
    if (busy || !keyword) return false;
    var request = new XMLHttpRequest();
    busy = true;
    answer.textContent = 'Looking for “' + contain(keyword) + '” …';
    request.open('POST', form.action);
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    request.onreadystatechange = function () {
      if (request.readyState !== 4) return;
      busy = false;
      if (request.status === 200 || request.status === 202) {
        answer.textContent = '';
        word.value = '';
        if (!source) reload();
        return;
      }
      var problem;
      try { problem = JSON.parse(request.responseText).detail; } catch (e) { /* said below */ }
      answer.textContent = problem || 'The frame could not be reached. Press Enter to try again.';
    };
    request.send('keyword=' + encodeURIComponent(keyword));
    return false;
  };

  furnish();
  want(data.picture || { url: data.welcome, keyword: '' });
  if (data.fixed) return; // somebody wants to see that picture
  if (window.EventSource) {
    listen();
    setInterval(watch, TICK_MS);
  } else {
    setTimeout(reload, spread(RELOAD_MS));
  }
})();
