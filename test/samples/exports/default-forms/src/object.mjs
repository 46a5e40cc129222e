export default { is: 'object' };
