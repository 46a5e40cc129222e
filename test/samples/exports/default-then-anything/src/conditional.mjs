export default 1 + 1 ? true : false // end
