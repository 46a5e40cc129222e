result(await { then: (resolve) => resolve('thenable') });
result(await typeof this);
result(typeof (await this));
const inner = async () => (await 3) + (await 4);
result(await inner());
