/** A script element, and whether it has been found. */
type FoundScript = HTMLScriptElement & { dynapack?: 1 };

/**
 * The script element that this is called in, whatever elements of the page are called. In shadow trees browsers name none:
 * there it is the first one with the attribute that has not been found before. Into closed trees nobody can look.
 */
function findScript(attribute: string): FoundScript | undefined {
  function search(root: ParentNode): FoundScript | undefined {
    var found: FoundScript | undefined;
    // Forms are no hosts, but their fields may have any name.
    root.querySelectorAll<FoundScript>(':not(form)').forEach(function (element) {
      if (found) return;
      if (element.shadowRoot) found = search(element.shadowRoot);
      else if (!element.dynapack && element.matches('script[' + attribute + ']')) found = element;
    });
    return found;
  }

  var script =
    (Reflect.get(Document.prototype, 'currentScript', document) as FoundScript | null) ||
    search(Reflect.get(Document.prototype, 'documentElement', document));
  if (script) script.dynapack = 1;
  return script;
}
