/** What was asked for last, by key: as much of it as is worth keeping. */
export class Recent<Value> {
  private readonly values = new Map<string, Value>();

  /**
   * @param most how many are kept
   * @param make makes the value of a key that is not there
   * @param onDropped is given what is kept no more
   */
  constructor(
    private readonly most: number,
    private readonly make: (key: string) => Value,
    private readonly onDropped: (value: Value) => void = () => undefined,
  ) {}

  /** All that is kept. */
  all(): Value[] {
    return [...this.values.values()];
  }

  /** The value of the key, which is from now on the one that was asked for last. */
  get(key: string): Value {
    const value = this.values.get(key) ?? this.make(key);
    this.values.delete(key);
    this.values.set(key, value);
    for (const [oldest, dropped] of this.values) {
      if (this.values.size <= this.most) break;
      this.values.delete(oldest);
      this.onDropped(dropped);
    }
    return value;
  }
}
