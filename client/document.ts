/**
 * What the browser itself gives as a property of the document. An element of the page whose name is that of a property
 * stands before it: after `<img name="currentScript">`, `document.currentScript` is the image.
 */
function ofDocument<Name extends keyof Document>(name: Name): Document[Name] {
  return Reflect.get(Document.prototype, name, document);
}
