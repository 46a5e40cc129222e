/** What the server passes: this is the parameter of the function that the build puts around all files. */
declare var config: {
  cookieName: string;
  endpoint: string;
  maxAge: number;
  timeout: number;
  trustedTypes?: string;
};

/** What is kept of an asset beside its text: where cookies have it, how its version is called, the SHA-256 of its text. */
type Kept = [place: string, name: string, hash: string];

/** What a page says of an asset. */
interface Wanted {
  asset: string;
  /** How the version is called. */
  called: string;
  /** base64url of the SHA-256 of the text; its beginning at least, or nothing when the page does not know. */
  sha256: string;
  /** Id of a state, a dot, and the index in its bit mask; empty when no cookie can say it. */
  position: string;
  isStyle: boolean;
  /** The file name of a bundle in its release, where the page says it. */
  served?: string | undefined;
}
