/**
 * Runs what an element of the page asks for, before the parser goes on; true when that is done, or under way. What is asked for
 * later on is run as on other pages.
 */
function runNow(wanted: Wanted, makeText: () => string | null | undefined, isNew: boolean): boolean {
  if (!ofDocument('currentScript') || isOfAnotherRelease(wanted)) return false;
  var text = makeText();
  var hash = typeof text === 'string' && hashNow(text);
  if (!hash || hash.indexOf(wanted.sha256) !== 0) return writeLink(wanted);
  wanted.sha256 = hash;
  announce(wanted);
  runInline(wanted, text!);
  settle(wanted, text!, isNew);
  if (!isRunning) writeCookie();
  return true;
}

/**
 * Has the parser load the whole text, which it waits for as for every script in the page's source. False where it cannot be
 * told to: behind its back, a page would be written anew.
 */
function writeLink(wanted: Wanted): boolean {
  var all = ofDocument('getElementsByTagName').call(document, '*');
  // A script that the parser has just met is the last element there is.
  if (ofDocument('readyState') !== 'loading' || all[all.length - 1] !== ofDocument('currentScript'))
    return false;
  var url = urlOfText(wanted);
  var element = makeLink(wanted, url);
  if (nonce) element.setAttribute('nonce', nonce);
  try {
    ofDocument('write').call(document, element.outerHTML);
  } catch (error) {
    // In XHTML, or by the page's policy, nothing can be written.
    return false;
  }
  forget(wanted.asset);
  announce(wanted);
  var written = all[all.length - 1] as HTMLScriptElement;
  written.onload = function () {
    copy(wanted, url);
  };
  written.onerror = function () {
    retract(wanted.asset);
    reportLater(failureOf(wanted, url));
  };
  return true;
}
