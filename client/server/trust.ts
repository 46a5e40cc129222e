/** Makes texts and URLs of scripts such as the page's Trusted Types let in, where the server names a policy. */
var policy: TrustedPolicy | undefined;

/** What the policy of the page's own must allow. */
interface TrustedPolicy {
  createScript(text: string): string;
  createScriptURL(url: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: TrustedPolicy): TrustedPolicy;
}

/** The policy, if the page asks for one. What is no property of its own may be an element that is called so. */
function findPolicy(): TrustedPolicy | undefined {
  var hasTypes = config.trustedTypes && Object.getOwnPropertyDescriptor(self, 'trustedTypes');
  if (!policy && hasTypes)
    policy = (self as unknown as { trustedTypes: PolicyFactory }).trustedTypes.createPolicy(
      config.trustedTypes!,
      { createScript: String, createScriptURL: String },
    );
  return policy;
}

function trustUrl(url: string): string {
  var own = findPolicy();
  return own ? own.createScriptURL(url) : url;
}

function trustText(text: string): string {
  var own = findPolicy();
  return own ? own.createScript(text) : text;
}
