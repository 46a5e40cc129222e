/** Where the command prints: standard output, standard error, or what stands in for them. */

export interface Output {
  isTTY?: boolean;
  write(text: string): unknown;
}
