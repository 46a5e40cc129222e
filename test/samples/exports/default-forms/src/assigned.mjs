let x;
export default x = 'assigned';
