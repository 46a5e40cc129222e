export const name = 'name';
export let top = 'top';
export var location = 'location';
const document = 'document';
let self = 'self';
function URL() {}
export { document, self };
const url = URL.name;
export { url as URL };
