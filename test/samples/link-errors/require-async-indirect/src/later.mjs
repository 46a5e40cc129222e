for await (const each of []) result(each);
export {};
