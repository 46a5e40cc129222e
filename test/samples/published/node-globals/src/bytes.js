export const bytes = Buffer.from([1, 2]).toString('base64');
