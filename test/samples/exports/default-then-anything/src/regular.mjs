export default /;}/g
