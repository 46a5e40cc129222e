/** Bits per digit of a mask, and the digits. */
var DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** States that a cookie names: the newest ones. What is held of others costs a whole text again. */
var MOST_STATES = 4;

/** Tells the server what is kept; lib/server/cookie.ts reads it. */
function writeCookie(): void {
  var index = readIndex();
  var masks: { [state: string]: number[] } = {};
  Object.keys(index).forEach(function (id) {
    var place = /^(\d+-[\w-]+)\.(\d+)$/.exec(index[id]![0]);
    if (place) addBit((masks[place[1]!] = masks[place[1]!] || []), +place[2]!);
  });
  var value = Object.keys(masks)
    .sort(function (a, b) {
      return parseInt(b, 10) - parseInt(a, 10);
    })
    .slice(0, MOST_STATES)
    .map(function (state) {
      return '.' + state + '.' + writeMask(masks[state]!);
    });
  setCookie(isForgetful ? '0' : (isLimited ? '2' : '1') + value.join(''), config.maxAge);
}

function addBit(mask: number[], index: number): void {
  var digit = Math.floor(index / 6);
  mask[digit] = mask[digit]! | (1 << (index % 6));
}

function writeMask(mask: number[]): string {
  var index = -1;
  var text = '';
  while (++index < mask.length) text += DIGITS.charAt(mask[index]! || 0);
  return text;
}

function setCookie(value: string, maxAge: number): void {
  var secure = location.protocol === 'https:' ? '; Secure' : '';
  try {
    // As by `document.cookie = …`, which an element that is called so would catch.
    Reflect.set(
      Document.prototype,
      'cookie',
      config.cookieName + '=' + value + '; Path=/; Max-Age=' + maxAge + '; SameSite=Lax' + secure,
      document,
    );
  } catch (error) {
    // A sandboxed page has none.
  }
}
